namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>The stable codes of this room's problems.</summary>
internal static class GitProblems
{
    /// <summary>The address of a repository can't be used.</summary>
    public const string Address = "OSG0601";

    /// <summary>The file that names a signing key is missing or names none.</summary>
    public const string WrongSigningKey = "OSG0605";
}
