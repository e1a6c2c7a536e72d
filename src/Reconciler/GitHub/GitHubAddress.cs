using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// Where an API is: https, or plain http to this machine by number, where nobody on a network can listen.
/// <code>
/// setting                          REST                             GraphQL                             Git's host
/// https://api.github.com           https://api.github.com/          https://api.github.com/graphql      github.com
/// https://api.acme.ghe.com         https://api.acme.ghe.com/        https://api.acme.ghe.com/graphql    acme.ghe.com
/// https://git.acme.test/api/v3     https://git.acme.test/api/v3/    https://git.acme.test/api/graphql   git.acme.test
/// https://git.acme.test            as the line above: an enterprise server's API is below /api/v3
/// </code>
/// </summary>
internal sealed record GitHubAddress
{
    private GitHubAddress(Uri rest, Uri graphQL) => (Rest, GraphQL) = (rest, graphQL);

    /// <summary>Ends with a slash.</summary>
    public Uri Rest { get; }

    public Uri GraphQL { get; }

    /// <summary>Reads a setting.</summary>
    /// <param name="api">An absolute address without credentials, https or on this machine; anything else is a fault of the caller.</param>
    /// <returns>The address.</returns>
    public static GitHubAddress Of(Uri api)
    {
        if ((api.Scheme != Uri.UriSchemeHttps && !RepositoryAddress.IsPlainHttpHere(api)) || api.UserInfo.Length > 0)
            throw new ArgumentException("GitHub's API is reached over https, without credentials.", nameof(api));
        var path = api.AbsolutePath.TrimEnd('/');
        if (path.Length == 0 && !HasApiHost(api)) path = "/api/v3";
        var root = path.EndsWith("/api/v3", StringComparison.Ordinal) ? path[..^"/v3".Length] : path;
        return new GitHubAddress(At(api, path + "/"), At(api, root + "/graphql"));
    }

    /// <summary>Whether it is plain http: then it is on this machine, and reached without a proxy.</summary>
    public bool IsPlain => Rest.Scheme == Uri.UriSchemeHttp;

    /// <summary>Whether a credential for this API may be shown to a Git server.</summary>
    /// <param name="remote">The address of a Git repository.</param>
    /// <returns>True for https on the API's own host, or on the one that it is the <c>api.</c> of; for plain http on the same port alone.</returns>
    public bool Serves(Uri remote) => IsPlain
        ? string.Equals(remote.GetLeftPart(UriPartial.Authority), Rest.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        : remote.Scheme == Uri.UriSchemeHttps && HasHost(remote.Host);

    /// <summary>Whether repositories on a host belong to this API.</summary>
    /// <param name="host">A host's name.</param>
    /// <returns>True for the API's own host, or the one that it is the <c>api.</c> of.</returns>
    public bool HasHost(string host) =>
        new[] { host, "api." + host }.Contains(Rest.Host, StringComparer.OrdinalIgnoreCase);

    public override string ToString() => Rest.ToString();

    private static bool HasApiHost(Uri api) => api.Host.StartsWith("api.", StringComparison.OrdinalIgnoreCase);

    private static Uri At(Uri api, string path) => new(new Uri(api.GetLeftPart(UriPartial.Authority)), path);
}
