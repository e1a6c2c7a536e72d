using System.Globalization;
using System.Net.Http.Headers;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>What came back: the status, the body, and the headers that count.</summary>
/// <param name="Status">HTTP's status.</param>
/// <param name="Body">The whole body.</param>
internal sealed record GitHubAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsJson { get; init; }

    public string? ETag { get; init; }

    /// <summary>The server's clock, to the second.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>How long to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is left of the quota.</summary>
    public int? Remaining { get; init; }

    /// <summary>When the quota starts anew, by the server's clock.</summary>
    public DateTimeOffset? Reset { get; init; }

    /// <summary>Where it is now, with 3xx.</summary>
    public Uri? Location { get; init; }

    /// <summary>Whether <c>Link</c> names a next page.</summary>
    public bool HasNext { get; init; }

    /// <summary>The scopes of a classic token; null: the token is of another kind.</summary>
    public string? Scopes { get; init; }

    /// <summary>When the token ends, as GitHub writes it; null: it does not end, or GitHub does not say.</summary>
    public string? TokenExpires { get; init; }

    /// <summary>The version of an enterprise server; null on github.com.</summary>
    public string? EnterpriseVersion { get; init; }

    /// <summary>Whether it looks like GitHub at all: its answers bear a request id.</summary>
    public bool HasRequestId { get; init; }

    public static GitHubAnswer Of(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var headers = response.Headers;
        return new GitHubAnswer((int)response.StatusCode, body)
        {
            IsJson = response.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.OrdinalIgnoreCase),
            ETag = headers.ETag?.ToString(),
            Date = headers.Date,
            RetryAfter = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date - headers.Date),
            Remaining = (int?)Number(headers, "X-RateLimit-Remaining"),
            Reset = Number(headers, "X-RateLimit-Reset") is { } reset ? DateTimeOffset.FromUnixTimeSeconds(reset) : null,
            Location = headers.Location,
            HasNext = Text(headers, "Link")?.Contains("rel=\"next\"", StringComparison.Ordinal) == true,
            Scopes = Text(headers, "X-OAuth-Scopes"),
            TokenExpires = Text(headers, "GitHub-Authentication-Token-Expiration"),
            EnterpriseVersion = Text(headers, "X-GitHub-Enterprise-Version"),
            HasRequestId = headers.Contains("X-GitHub-Request-Id"),
        };
    }

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static long? Number(HttpResponseHeaders headers, string name) =>
        long.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 253_402_300_800 ? number : null;
}
