namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>The stable codes of problems in desired files. Each has a line in docs/reference/problems.md.</summary>
public static class DesiredCodes
{
    /// <summary>The catalogue or an instance's file is no YAML that Helm would read, or breaks a limit.</summary>
    public const string Unreadable = "OSG0101";

    /// <summary>More than one document in a file.</summary>
    public const string SeveralDocuments = "OSG0102";

    /// <summary>An anchor, an alias, a merge key or a tag.</summary>
    public const string Shorthand = "OSG0103";

    /// <summary>A key stands twice in one map.</summary>
    public const string DuplicateKey = "OSG0104";

    /// <summary>A key that the file kind does not have.</summary>
    public const string UnknownKey = "OSG0105";

    /// <summary>A value of another type than the key wants.</summary>
    public const string WrongType = "OSG0106";

    /// <summary>A key that must be there is missing.</summary>
    public const string MissingKey = "OSG0107";

    /// <summary>A value of the right type that is not allowed.</summary>
    public const string WrongValue = "OSG0108";

    /// <summary>A key that YAML does not read as text.</summary>
    public const string KeyNotText = "OSG0109";

    /// <summary>Another apiVersion or kind than the file must have.</summary>
    public const string WrongKind = "OSG0110";

    /// <summary>Warning: the last line has no line break.</summary>
    public const string CutShort = "OSG0111";

    /// <summary>A text with <c>{{</c>.</summary>
    public const string TemplateText = "OSG0112";

    /// <summary>A text with a control character or a character that turns the direction of writing.</summary>
    public const string ControlCharacter = "OSG0113";

    /// <summary>The desired state holds no instance at all.</summary>
    public const string EmptyResult = "OSG0120";

    /// <summary>An instance's code is none.</summary>
    public const string InvalidCode = "OSG0121";

    /// <summary>The file's name is not the code in it.</summary>
    public const string FileNameMismatch = "OSG0122";

    /// <summary>Two files name one instance, letter case aside.</summary>
    public const string DuplicateInstance = "OSG0123";

    /// <summary>A YAML file that is not read because of its name or folder.</summary>
    public const string MisplacedFile = "OSG0124";

    /// <summary>A target that the settings do not have, or none where several are.</summary>
    public const string WrongTarget = "OSG0125";

    /// <summary>A label that can't be a group's name or stand in a selector.</summary>
    public const string InvalidLabel = "OSG0126";

    /// <summary>An instance that shall be cloned from itself.</summary>
    public const string CloneOfItself = "OSG0127";

    /// <summary>An addon's code is none.</summary>
    public const string InvalidAddonCode = "OSG0130";

    /// <summary>An addon stands twice, letter case aside.</summary>
    public const string DuplicateAddon = "OSG0131";

    /// <summary>Two addons become one init container.</summary>
    public const string ContainerCollision = "OSG0132";

    /// <summary>An addon's init container would have a name that Kubernetes refuses.</summary>
    public const string ContainerName = "OSG0133";

    /// <summary>A source of another form than <c>^[a-z][a-z0-9-]*$</c>.</summary>
    public const string InvalidSource = "OSG0134";

    /// <summary>A source that the settings do not allow.</summary>
    public const string SourceNotAllowed = "OSG0135";

    /// <summary>A row that ships with Odoo and names an image or a version.</summary>
    public const string BuiltinWithImage = "OSG0136";

    /// <summary>A row without source, image or version, after the catalogue.</summary>
    public const string IncompleteAddon = "OSG0137";

    /// <summary>Warning: an image or version that no registry takes.</summary>
    public const string UnlikelyImage = "OSG0138";

    /// <summary><c>values.addons</c> or <c>values.instance</c>.</summary>
    public const string ReservedValues = "OSG0140";

    /// <summary>A value that is named like a secret.</summary>
    public const string SecretValue = "OSG0141";

    /// <summary>An <c>unset</c> entry that is no path of keys.</summary>
    public const string InvalidPath = "OSG0142";

    /// <summary>An <c>unset</c> path that meets <c>values</c> or another <c>unset</c> path.</summary>
    public const string UnsetOverlap = "OSG0143";

    /// <summary>An <c>unset</c> path under <c>addons</c> or <c>instance</c>.</summary>
    public const string ReservedUnset = "OSG0144";

    /// <summary>Warning: <c>image.tag</c> is of another series than <c>odoo</c>.</summary>
    public const string SeriesMismatch = "OSG0145";

    /// <summary>Warning: <c>image.tag</c> is a number, which renders without trailing zeros.</summary>
    public const string NumericTag = "OSG0146";

    /// <summary><c>values.addonsMountPath</c> is no absolute path of plain characters.</summary>
    public const string MountPath = "OSG0147";

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
