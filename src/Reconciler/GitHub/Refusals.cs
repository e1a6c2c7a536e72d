namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// What an answer that is no success means.
/// <code>
/// 301 308          renamed       401   unauthorized   404  not found     410  gone       5xx   fault (passing)
/// other 3xx        not GitHub    403   forbidden      409  conflict      422  invalid    else  other
/// </code>
/// Limits (403, 429) are told apart before, by <see cref="RateLimits"/>.
/// </summary>
internal static class Refusals
{
    public static GitHubFailure Of(GitHubCall call, GitHubAnswer answer, ErrorBody error)
    {
        var kind = KindOf(answer.Status);
        var words = error.Words.Length > 0 ? error.Words : Own(kind);
        return new GitHubFailure(kind, $"GitHub could not {call.Purpose}: {answer.Status} {words}{Advice(kind)}")
        {
            Status = answer.Status,
            Words = error.Words,
            Errors = error.Errors,
            Location = kind == GitHubFailureKind.Renamed ? answer.Location?.ToString() : null,
        };
    }

    private static GitHubFailureKind KindOf(int status) => status switch
    {
        301 or 308 => GitHubFailureKind.Renamed,
        >= 300 and < 400 => GitHubFailureKind.NotGitHub,
        401 => GitHubFailureKind.Unauthorized,
        403 => GitHubFailureKind.Forbidden,
        404 => GitHubFailureKind.NotFound,
        409 => GitHubFailureKind.Conflict,
        410 => GitHubFailureKind.Gone,
        422 => GitHubFailureKind.Invalid,
        >= 500 => GitHubFailureKind.Fault,
        _ => GitHubFailureKind.Other,
    };

    private static string Own(GitHubFailureKind kind) => kind switch
    {
        GitHubFailureKind.Fault => "a fault of the server",
        GitHubFailureKind.Renamed => "moved permanently",
        GitHubFailureKind.NotGitHub => "it sends us to another place",
        _ => "without a word of why",
    };

    private static string Advice(GitHubFailureKind kind) => kind switch
    {
        GitHubFailureKind.Unauthorized => ". The credential is wrong, expired or revoked: odoosky doctor says more.",
        GitHubFailureKind.Forbidden => ". The credential may not do this: odoosky doctor says which right is missing.",
        GitHubFailureKind.NotFound => ". It is not there, or the credential may not see it: odoosky doctor says more.",
        GitHubFailureKind.Renamed => ". The repository was renamed or moved: write its new address into the settings.",
        GitHubFailureKind.NotGitHub => ". Is forge.api right, and is there a proxy between?",
        _ => string.Empty,
    };
}
