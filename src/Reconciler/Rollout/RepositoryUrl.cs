namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// Tells whether two addresses mean one repository, as Argo CD does: letter case, <c>.git</c>, a closing slash, user and
/// transport don't count; a port does.
/// <code>
/// https://Git.example/Acme/fleet.git    git.example/acme/fleet
/// git@git.example:acme/fleet            git.example/acme/fleet
/// ssh://git@git.example:22/acme/fleet   git.example/acme/fleet
/// ssh://git@git.example:7999/acme/fleet git.example:7999/acme/fleet
/// </code>
/// </summary>
internal static class RepositoryUrl
{
    private static readonly Dictionary<string, string> UsualPorts = new(StringComparer.Ordinal) { ["https"] = "443", ["http"] = "80", ["ssh"] = "22", ["git"] = "9418" };

    public static bool AreSame(string one, string other) => string.Equals(one, other, StringComparison.Ordinal) || string.Equals(Normalize(one), Normalize(other), StringComparison.Ordinal);

    /// <summary>The common form of all spellings of one repository.</summary>
    public static string Normalize(string url)
    {
        var text = url.Trim().ToLowerInvariant();
        var mark = text.IndexOf("://", StringComparison.Ordinal);
        var rest = mark >= 0 ? FromUrl(text[..mark], text[(mark + 3)..]) : FromShort(text);
        rest = rest.TrimEnd('/');
        return rest.EndsWith(".git", StringComparison.Ordinal) ? rest[..^4].TrimEnd('/') : rest;
    }

    private static string FromUrl(string scheme, string rest)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (host, path) = slash < 0 ? (rest, "") : (rest[..slash], rest[slash..]);
        host = host[(host.LastIndexOf('@') + 1)..];
        return (UsualPorts.TryGetValue(scheme, out var port) && host.EndsWith(":" + port, StringComparison.Ordinal) ? host[..^(port.Length + 1)] : host) + path;
    }

    // user@host:path, as scp and git write it; a path is left as it is.
    private static string FromShort(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (colon <= 0 || (slash >= 0 && slash < colon)) return text;
        var host = text[(text.LastIndexOf('@', colon) + 1)..colon];
        return host + "/" + text[(colon + 1)..].TrimStart('/');
    }
}
