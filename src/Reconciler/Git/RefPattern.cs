namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Refs to look for on a remote: one, or all that stand under a name.</summary>
internal sealed record RefPattern
{
    private RefPattern(RefName name, bool isFolder) => (Name, IsFolder) = (name, isFolder);

    public RefName Name { get; }

    public bool IsFolder { get; }

    public static RefPattern Exactly(RefName name) => new(name, isFolder: false);

    /// <summary>Every ref below <c>name/</c>, and not <c>name</c> itself.</summary>
    public static RefPattern Under(RefName name) => new(name, isFolder: true);

    public bool Matches(RefName name) =>
        IsFolder ? name.Text.StartsWith(Name.Text + "/", StringComparison.Ordinal) : name == Name;
}
