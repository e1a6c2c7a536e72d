using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Where a request goes, read from the raw target, since an encoded slash in a name is no slash of the path.</summary>
/// <param name="Path">The path as sent, without the API's own beginning on a GitHub Enterprise Server.</param>
/// <param name="Segments">Its segments, decoded.</param>
/// <param name="Query">The query, decoded.</param>
/// <param name="Raw">The path and query as sent.</param>
internal sealed record HttpTarget(string Path, IReadOnlyList<string> Segments, IReadOnlyDictionary<string, string> Query, string Raw)
{
    private const string EnterpriseRest = "/api/v3";

    /// <summary>Git over HTTP: <c>/owner/name.git/…</c>.</summary>
    public bool IsGit => Segments.Count > 2 && Segments[1].EndsWith(".git", StringComparison.Ordinal);

    /// <summary>GraphQL, at GitHub's address or an Enterprise Server's.</summary>
    public bool IsGraphQL => Path is "/graphql" or "/api/graphql";

    /// <summary>Reads it.</summary>
    public static HttpTarget Of(HttpContext http)
    {
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = raw.Split('?')[0];
        if (path.StartsWith(EnterpriseRest + "/", StringComparison.Ordinal)) path = path[EnterpriseRest.Length..];
        var query = http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        return new HttpTarget(path, [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)], query, raw);
    }
}
