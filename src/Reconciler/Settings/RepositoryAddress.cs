using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Which texts name a repository that git may be asked for.</summary>
internal static class RepositoryAddress
{
    private static readonly string[] Schemes = ["file://", "https://", "ssh://"];

    /// <summary>A local path, <c>file://</c>, <c>https://</c>, <c>ssh://</c>, or <c>http://</c> on this machine; nothing that git takes for an option or a helper.</summary>
    public static bool IsValid(string text)
    {
        if (text.Length is 0 or > 2_000 || text[0] == '-' || text.Any(char.IsControl)) return false;
        if (!text.Contains(':', StringComparison.Ordinal)) return true;
        if (text.Contains(' ', StringComparison.Ordinal)) return false;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)) return false;
        return IsPlainHttpHere(address)
            || Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.Ordinal) && text.Length > scheme.Length && text[scheme.Length] != '-');
    }

    /// <summary>Whether an address is plain http to this machine, by number: nothing of it leaves the machine.</summary>
    public static bool IsPlainHttpHere(Uri address) => address.Scheme == Uri.UriSchemeHttp && RemoteAddress.IsThisMachine(address);

    /// <summary>Whether an address carries a password, or over https any user at all, which is how tokens are passed.</summary>
    public static bool HasCredentials(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        if (start < 0) return false;
        var rest = text[(start + 3)..];
        var authority = rest.Split('/', '?', '#')[0];
        var at = authority.LastIndexOf('@');
        return at >= 0 && (!text.StartsWith("ssh://", StringComparison.Ordinal) || authority[..at].Contains(':', StringComparison.Ordinal));
    }
}
