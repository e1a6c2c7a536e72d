using System.Globalization;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>What a broken connection means, in words of our own: the system's name hosts and ports.</summary>
internal static class WireFaults
{
    public static GitHubFailure OfTimeout(GitHubCall call, TimeSpan limit) => new(
        GitHubFailureKind.Timeout,
        $"GitHub could not {call.Purpose}: there was no whole answer within {limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s.");

    public static GitHubFailure OfSize(GitHubCall call, int limit) => new(
        GitHubFailureKind.NotGitHub,
        $"GitHub could not {call.Purpose}: its answer is larger than {limit / 1024 / 1024} MiB.");

    public static GitHubFailure Of(GitHubCall call, Exception fault)
    {
        var error = (fault as HttpRequestException)?.HttpRequestError ?? (fault as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown;
        var (kind, words) = error switch
        {
            HttpRequestError.NameResolutionError => (GitHubFailureKind.Unreachable, "the name of its host is not known. Is forge.api right?"),
            HttpRequestError.ConnectionError => (GitHubFailureKind.Unreachable, "no connection came about. Is forge.api right, and is a proxy needed (HTTPS_PROXY)?"),
            HttpRequestError.ProxyTunnelError => (GitHubFailureKind.Unreachable, "the proxy made no connection. Are HTTPS_PROXY and NO_PROXY right?"),
            HttpRequestError.SecureConnectionError => (GitHubFailureKind.Untrusted, "its certificate is not trusted. An authority of your own is named with forge.caFile."),
            _ => (GitHubFailureKind.Interrupted, "the connection broke before the whole answer was here."),
        };
        return new GitHubFailure($"GitHub could not {call.Purpose}: {words}", fault) { Kind = kind };
    }
}
