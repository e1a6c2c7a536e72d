using System.Runtime.InteropServices;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>What kept GitHub from doing what it was asked to.</summary>
internal enum GitHubFailureKind
{
    /// <summary>None of the others; the words say what.</summary>
    Other,

    /// <summary>No connection came about (name, port, proxy): nothing was sent, and another try later is worth it.</summary>
    Unreachable,

    /// <summary>The certificate is not trusted: nothing was sent, and trying again changes nothing.</summary>
    Untrusted,

    /// <summary>The connection broke, or the answer was cut short: a write may have happened.</summary>
    Interrupted,

    /// <summary>No whole answer within the limit: a write may have happened.</summary>
    Timeout,

    /// <summary>5xx: a write may have happened.</summary>
    Fault,

    /// <summary>Success that is not GitHub's: a page, or other JSON. A proxy, or a wrong address. A write may have happened.</summary>
    NotGitHub,

    /// <summary>401, also after the credential was read or made anew.</summary>
    Unauthorized,

    /// <summary>403 that is no limit: the credential lacks a right.</summary>
    Forbidden,

    /// <summary>404: it is not there, or the credential may not see it.</summary>
    NotFound,

    /// <summary>301: the repository was renamed or moved.</summary>
    Renamed,

    /// <summary>409: something moved meanwhile; look again.</summary>
    Conflict,

    /// <summary>410.</summary>
    Gone,

    /// <summary>422: see <see cref="GitHubFailure.Errors"/>.</summary>
    Invalid,

    /// <summary>403 or 429 because of a limit, or a limit known from before: nothing happens until <see cref="GitHubFailure.ResumesAt"/>.</summary>
    Limited,
}

/// <summary>GitHub did not do what it was asked to. The message has GitHub's own words, and neither a host nor a token.</summary>
internal sealed class GitHubFailure : ExternalException
{
    public GitHubFailure()
    {
    }

    public GitHubFailure(string message)
        : base(message)
    {
    }

    public GitHubFailure(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public GitHubFailure(GitHubFailureKind kind, string message)
        : base(message) => Kind = kind;

    public GitHubFailureKind Kind { get; init; }

    /// <summary>HTTP's status, or null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>GitHub's own words alone; empty when it said nothing.</summary>
    public string Words { get; init; } = string.Empty;

    /// <summary>What GitHub found wrong, with 422.</summary>
    public IReadOnlyList<ApiErrorDetail> Errors { get; init; } = [];

    /// <summary>With <see cref="GitHubFailureKind.Limited"/>: when it goes on, by this machine's clock.</summary>
    public DateTimeOffset? ResumesAt { get; init; }

    /// <summary>With <see cref="GitHubFailureKind.Renamed"/>: the path of the new place on the same host, or null.</summary>
    public string? Location { get; init; }

    /// <summary>Whether a write may have happened all the same: look before doing it again.</summary>
    public bool MayHaveHappened => Kind is GitHubFailureKind.Interrupted or GitHubFailureKind.Timeout or GitHubFailureKind.Fault or GitHubFailureKind.NotGitHub;

    /// <summary>Whether another try a little later may go better.</summary>
    public bool IsPassing => Kind is GitHubFailureKind.Unreachable or GitHubFailureKind.Interrupted or GitHubFailureKind.Timeout or GitHubFailureKind.Fault;

    /// <summary>Whether GitHub refuses because it is there already, in the words of a 422.</summary>
    public bool SaysAlreadyExists => Kind == GitHubFailureKind.Invalid
        && (Words.Contains("already exists", StringComparison.OrdinalIgnoreCase) || Errors.Any(error => error.Code == "already_exists"));
}
