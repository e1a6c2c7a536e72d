namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>The stable codes of problems in <c>restart-paths.yaml</c>. Each has a line in docs/reference/problems.md.</summary>
public static class RestartCodes
{
    /// <summary>The file is no YAML that Helm would read, or breaks a limit.</summary>
    public const string Unreadable = "OSG0451";

    /// <summary>More than one document in the file.</summary>
    public const string SeveralDocuments = "OSG0452";

    /// <summary>An anchor, an alias, a merge key or a tag.</summary>
    public const string Shorthand = "OSG0453";

    /// <summary>A key or a path stands twice.</summary>
    public const string DuplicateKey = "OSG0454";

    /// <summary>A key that the file does not have.</summary>
    public const string UnknownKey = "OSG0455";

    /// <summary>A value of another type than the key wants.</summary>
    public const string WrongType = "OSG0456";

    /// <summary>A key that must be there is missing.</summary>
    public const string MissingKey = "OSG0457";

    /// <summary>No path of keys, or no pod's role.</summary>
    public const string WrongValue = "OSG0458";

    /// <summary>A key that YAML does not read as text.</summary>
    public const string KeyNotText = "OSG0459";

    /// <summary>Another apiVersion or kind than the file must have.</summary>
    public const string WrongKind = "OSG0460";

    /// <summary>Warning: the last line has no line break.</summary>
    public const string CutShort = "OSG0461";

    /// <summary>A text with <c>{{</c>.</summary>
    public const string TemplateText = "OSG0462";

    /// <summary>A text with a control character.</summary>
    public const string ControlCharacter = "OSG0463";

    internal static StrictCodes Strict { get; } = new()
    {
        Unreadable = Unreadable,
        SeveralDocuments = SeveralDocuments,
        Shorthand = Shorthand,
        DuplicateKey = DuplicateKey,
        UnknownKey = UnknownKey,
        WrongType = WrongType,
        MissingKey = MissingKey,
        WrongValue = WrongValue,
        KeyNotText = KeyNotText,
        WrongKind = WrongKind,
        CutShort = CutShort,
        TemplateText = TemplateText,
        ControlCharacter = ControlCharacter,
    };
}
