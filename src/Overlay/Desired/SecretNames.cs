namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>
/// Tells by its name whether a leaf would hold a secret. Letter case and <c>-</c>, <c>_</c>, <c>.</c> and spaces are ignored.
/// It does when the name ends in <c>password</c>, <c>passwd</c>, <c>token</c>, <c>secret</c>, <c>privateKey</c>,
/// <c>apiKey</c> or their plural: <c>adminPassword</c>, <c>SMTP_PASSWD</c>, <c>auth-tokens</c>. A name that ends in
/// <c>existingSecret</c>, <c>pullSecret</c>, <c>fromSecret</c> or <c>tlsSecret</c> names a Secret and is none; nor is one
/// that goes on, such as <c>secretName</c> or <c>tokenTtl</c>.
/// </summary>
public static class SecretNames
{
    private static readonly string[] Secrets = ["password", "passwd", "token", "secret", "privatekey", "apikey"];
    private static readonly string[] References = ["existingsecret", "pullsecret", "fromsecret", "tlssecret"];

    /// <summary>Whether a leaf of this name would hold a secret.</summary>
    /// <param name="name">A key.</param>
    /// <returns>True when it must not be written.</returns>
    public static bool IsSecret(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var letters = string.Concat(name.Where(c => c is not ('-' or '_' or '.' or ' '))).ToLowerInvariant();
        var singular = letters.EndsWith('s') ? letters[..^1] : letters;
        return EndsInAny(singular, Secrets) && !EndsInAny(singular, References);
    }

    private static bool EndsInAny(string name, string[] endings) => endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));
}
