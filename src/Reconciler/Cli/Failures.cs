using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>What the world did, as a message and an exit code.</summary>
internal static class Failures
{
    /// <summary>Tells a failure.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="surroundings">Where it is told.</param>
    /// <param name="cancellationToken">Whether a person stopped the program.</param>
    /// <returns>The exit code.</returns>
    public static ExitCode Tell(Exception failure, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var (code, message, exit) = Meaning(failure, cancellationToken);
        surroundings.Terminal.Fail(code, message);
        if (code == "OSG0002" && surroundings.Environment.ContainsKey("ODOOSKY_TRACE")) surroundings.Terminal.Say(failure.ToString());
        return exit;
    }

    private static (string Code, string Message, ExitCode Exit) Meaning(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => ("OSG0003", "interrupted; the next pass goes on from here.", ExitCode.Interrupted),
        GitFailure { Kind: GitFailureKind.Timeout } timeout => ("OSG0603", timeout.Message, ExitCode.Timeout),
        GitHubFailure { Kind: GitHubFailureKind.Unauthorized } refused => ("OSG0611", refused.Message, ExitCode.Credentials),
        GitHubFailure { Kind: GitHubFailureKind.Limited } limited => ("OSG0612", limited.Message, ExitCode.Timeout),
        GitHubFailure { Kind: GitHubFailureKind.Timeout } late => ("OSG0613", late.Message, ExitCode.Timeout),
        ProposalRefusal refusal => ("OSG0610", refusal.Message, ExitCode.Error),
        GitHubFailure github => ("OSG0610", github.Message, ExitCode.Error),
        ClusterFailure { Kind: ClusterFailureKind.Unauthorized } refused => (ClusterCodes.Unread, refused.Message, ExitCode.Credentials),
        ClusterFailure cluster => (ClusterCodes.Unread, cluster.Message, ExitCode.Error),
        GitFailure { LacksCredentials: true } git => ("OSG0602", git.Message, ExitCode.Credentials),
        GitFailure git => ("OSG0601", git.Message, ExitCode.Error),
        DesiredFailure desired => ("OSG0604", desired.Message, ExitCode.Error),
        IOException or UnauthorizedAccessException => ("OSG0004", failure.Message, ExitCode.Error),
        _ => ("OSG0002", $"this is a fault in the program, not in what you did: {failure.GetType().Name}: {failure.Message}. ODOOSKY_TRACE=1 shows where.", ExitCode.Error),
    };
}
