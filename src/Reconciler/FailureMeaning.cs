using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Replicas;
using OdooSky.GitOps.Reconciler.Suspensions;

namespace OdooSky.GitOps.Reconciler;

/// <summary>What kind of end a failure is.</summary>
internal enum FailureEnd
{
    /// <summary>Something did not work.</summary>
    Error,

    /// <summary>Credentials are missing or refused.</summary>
    Credentials,

    /// <summary>A wait reached its limit, or the forge's limits did.</summary>
    Timeout,

    /// <summary>A person stopped it.</summary>
    Interrupted,
}

/// <summary>What the world did, in words for people: the same on the command line and in the service.</summary>
/// <param name="Code">The stable code; each has a page in the docs.</param>
/// <param name="Message">What happened.</param>
/// <param name="End">What kind of end it is.</param>
internal sealed record FailureMeaning(string Code, string Message, FailureEnd End)
{
    /// <summary>A fault in the program itself.</summary>
    public const string Fault = "OSG0002";

    /// <summary>Whether the program is at fault, and not the world.</summary>
    public bool IsFault => Code == Fault;

    /// <summary>The meaning of what was thrown.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="cancellationToken">Whether a person stopped the program.</param>
    /// <returns>Its meaning.</returns>
    public static FailureMeaning Of(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => new("OSG0003", "interrupted; the next pass goes on from here.", FailureEnd.Interrupted),
        GitFailure { Kind: GitFailureKind.Timeout } timeout => new("OSG0603", timeout.Message, FailureEnd.Timeout),
        GitHubFailure { Kind: GitHubFailureKind.Unauthorized } refused => new("OSG0611", refused.Message, FailureEnd.Credentials),
        GitHubFailure { Kind: GitHubFailureKind.Limited } limited => new("OSG0612", limited.Message, FailureEnd.Timeout),
        GitHubFailure { Kind: GitHubFailureKind.Timeout } late => new("OSG0613", late.Message, FailureEnd.Timeout),
        ProposalRefusal refusal => new("OSG0610", refusal.Message, FailureEnd.Error),
        GitHubFailure github => new("OSG0610", github.Message, FailureEnd.Error),
        ClusterFailure { Kind: ClusterFailureKind.Unauthorized } refused => new(ClusterCodes.Unread, refused.Message, FailureEnd.Credentials),
        ClusterFailure cluster => new(ClusterCodes.Unread, cluster.Message, FailureEnd.Error),
        GitFailure { LacksCredentials: true } git => new("OSG0602", git.Message, FailureEnd.Credentials),
        GitFailure git => new("OSG0601", git.Message, FailureEnd.Error),
        SuspensionFailure suspension => new("OSG0606", suspension.Message, FailureEnd.Error),
        ReplicaFailure replicas => new(ReplicaCodes.Unreachable, replicas.Message, FailureEnd.Error),
        DesiredFailure desired => new("OSG0604", desired.Message, FailureEnd.Error),
        IOException or UnauthorizedAccessException => new("OSG0004", failure.Message, FailureEnd.Error),
        _ => new(Fault, $"this is a fault in the program, not in what you did: {failure.GetType().Name}: {failure.Message.TrimEnd('.')}. ODOOSKY_TRACE=1 shows where.", FailureEnd.Error),
    };
}
