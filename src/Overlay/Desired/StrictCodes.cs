namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>The stable problem codes that the strict reader uses for one family of files.</summary>
public sealed record StrictCodes
{
    /// <summary>The file is no YAML that Helm would read, or breaks a limit of size, depth or count.</summary>
    public required string Unreadable { get; init; }

    /// <summary>More than one YAML document in a file, or text behind the first.</summary>
    public required string SeveralDocuments { get; init; }

    /// <summary>An anchor, an alias, a merge key or a tag.</summary>
    public required string Shorthand { get; init; }

    /// <summary>A key stands twice in one map.</summary>
    public required string DuplicateKey { get; init; }

    /// <summary>A key that the file kind does not have.</summary>
    public required string UnknownKey { get; init; }

    /// <summary>A value of another type than the key wants.</summary>
    public required string WrongType { get; init; }

    /// <summary>A key that must be there is missing.</summary>
    public required string MissingKey { get; init; }

    /// <summary>A value of the right type that is not allowed.</summary>
    public required string WrongValue { get; init; }

    /// <summary>A key that YAML reads as a number, a boolean, null or a collection.</summary>
    public required string KeyNotText { get; init; }

    /// <summary>Another apiVersion or kind than the file must have.</summary>
    public required string WrongKind { get; init; }

    /// <summary>The last line has no line break: the file may be cut short.</summary>
    public required string CutShort { get; init; }

    /// <summary>A text with <c>{{</c>, which a template could execute.</summary>
    public required string TemplateText { get; init; }

    /// <summary>A text with a control character or a character that turns the direction of writing.</summary>
    public required string ControlCharacter { get; init; }
}
