using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>
/// Asks Argo CD to look again where it lags while somebody waits: it looks at Git by itself every three minutes. The clusters' client
/// keeps requests seldom; that the right is missing, or the cluster is away, is no reason to stop waiting.
/// <code>
/// the commit was not compared for half a minute         normal
/// Synced, and another hash runs, for a minute           hard: the rendered manifests are stale, unless most of the fleet is so
/// </code>
/// </summary>
/// <param name="rollouts">The clusters.</param>
/// <param name="time">The clock.</param>
internal sealed class Nudging(IRollouts rollouts, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, DateTimeOffset> since = new(StringComparer.Ordinal);

    /// <summary>Asks for all that lag.</summary>
    /// <param name="proofs">The verdicts.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task NudgeAsync(IReadOnlyCollection<InstanceProof> proofs, CancellationToken cancellationToken)
    {
        // Rendering a fleet anew would not bring the hashes of another chart.
        var isOff = Calibration.Of(proofs).IsOff;
        foreach (var proof in proofs)
        {
            if (proof.Application is not { } application) continue;
            if (KindFor(proof.Verdict, application, isOff) is not { } kind) since.Remove(application.Uid);
            else if (time.GetUtcNow() - Begun(application.Uid) >= (kind == RefreshKind.Hard ? 2 * Patience : Patience)) await AskAsync(application, kind, cancellationToken);
        }
    }

    private static RefreshKind? KindFor(Verdict verdict, ApplicationState application, bool isOff) => verdict.Reason switch
    {
        ReasonCodes.NotCompared or ReasonCodes.StatusOlderThanSync or ReasonCodes.RevisionIsNoCommit => RefreshKind.Normal,
        ReasonCodes.LiveHashDiffers when application.Status.Sync.Status == "Synced" && !isOff => RefreshKind.Hard,
        _ => null,
    };

    private DateTimeOffset Begun(string uid)
    {
        if (!since.TryGetValue(uid, out var begun)) since[uid] = begun = time.GetUtcNow();
        return begun;
    }

    private async Task AskAsync(ApplicationState application, RefreshKind kind, CancellationToken cancellationToken)
    {
        try
        {
            await rollouts.RefreshAsync(application, kind, cancellationToken);
        }
        catch (ClusterFailure)
        {
            // The next tick asks again; the verdict says that the cluster is away.
        }
    }
}
