using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>The stable codes of problems in settings. Each has a line in docs/reference/problems.md.</summary>
internal static class SettingsCodes
{
    /// <summary>The file is no YAML, or breaks a limit.</summary>
    public const string Unreadable = "OSG0401";

    /// <summary>More than one document in a file.</summary>
    public const string SeveralDocuments = "OSG0402";

    /// <summary>An anchor, an alias, a merge key or a tag.</summary>
    public const string Shorthand = "OSG0403";

    /// <summary>A key stands twice in one map.</summary>
    public const string DuplicateKey = "OSG0404";

    /// <summary>A key that the settings do not have.</summary>
    public const string UnknownKey = "OSG0405";

    /// <summary>A value of another type than the key wants.</summary>
    public const string WrongType = "OSG0406";

    /// <summary>A key that must be there is missing.</summary>
    public const string MissingKey = "OSG0407";

    /// <summary>A value of the right type that is not allowed.</summary>
    public const string WrongValue = "OSG0408";

    /// <summary>A key that YAML does not read as text.</summary>
    public const string KeyNotText = "OSG0409";

    /// <summary>Another apiVersion or kind than the file must have.</summary>
    public const string WrongKind = "OSG0410";

    /// <summary>Warning: the last line has no line break.</summary>
    public const string CutShort = "OSG0411";

    /// <summary>A text with <c>{{</c>.</summary>
    public const string TemplateText = "OSG0412";

    /// <summary>A text with a control character.</summary>
    public const string ControlCharacter = "OSG0413";

    /// <summary>Credentials within an address.</summary>
    public const string Credentials = "OSG0420";

    /// <summary>Two settings that exclude or miss each other.</summary>
    public const string Conflict = "OSG0421";

    /// <summary>A flag or an environment variable that names no setting.</summary>
    public const string UnknownSetting = "OSG0422";

    /// <summary>A target that the settings do not have, or none named where several are.</summary>
    public const string WrongTarget = "OSG0423";

    /// <summary>A valid setting that this version does not act on.</summary>
    public const string NotSupported = "OSG0424";

    /// <summary>The file of the connection string of the replicas' database is missing or of no use.</summary>
    public const string NoConnection = "OSG0430";

    public static StrictCodes Strict { get; } = new()
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
