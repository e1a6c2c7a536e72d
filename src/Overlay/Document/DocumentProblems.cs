namespace OdooSky.GitOps.Overlay.Document;

/// <summary>The stable codes of this room's problems.</summary>
public static class DocumentProblems
{
    /// <summary>Helm fails on the file, or its reading is refused.</summary>
    public const string Unreadable = "OSG0201";

    /// <summary>The file holds several documents, or text that Helm ignores.</summary>
    public const string SeveralDocuments = "OSG0202";

    /// <summary>The file is not a map.</summary>
    public const string NotAMap = "OSG0203";

    /// <summary><c>addons</c> is not a list.</summary>
    public const string AddonsNotAList = "OSG0204";

    /// <summary>A row of <c>addons</c> is not a map.</summary>
    public const string RowNotAMap = "OSG0205";

    /// <summary>A managed key stands twice in one map.</summary>
    public const string DuplicateKey = "OSG0206";

    /// <summary><c>instance.code</c> is not the code of the file's folder.</summary>
    public const string OtherCode = "OSG0207";

    /// <summary>Warning: there is no <c>instance.code</c>.</summary>
    public const string NoCode = "OSG0208";

    /// <summary><c>instance.cloneFromCode</c> differs from the wish.</summary>
    public const string OtherCloneSource = "OSG0209";

    /// <summary>Warning: a clone source is wished for an overlay that was created without one.</summary>
    public const string LateCloneSource = "OSG0210";

    /// <summary>An anchor, an alias or a merge key stands in the part that must change.</summary>
    public const string SharedText = "OSG0211";

    /// <summary>The text is laid out in a way that is not edited.</summary>
    public const string Layout = "OSG0212";

    /// <summary>The edited text, read back, is not what was wished; nothing is written.</summary>
    public const string NotAsWished = "OSG0213";

    /// <summary>The wish contradicts itself, or names what it must not.</summary>
    public const string Wish = "OSG0214";
}
