namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Which texts are paths within a repository.</summary>
internal static class RepositoryPath
{
    private const int MaximumLength = 500;

    /// <summary>Relative, parts joined by single slashes, none of them <c>.</c>, <c>..</c> or <c>.git</c>, no backslash or control character.</summary>
    public static bool IsValid(string path) =>
        path.Length is > 0 and <= MaximumLength
        && !path.Any(c => c is '\\' or ':' || char.IsControl(c))
        && path.Split('/').All(part => part is not ("" or "." or "..") && part[0] != '-' && !part.Equals(".git", StringComparison.OrdinalIgnoreCase));
}
