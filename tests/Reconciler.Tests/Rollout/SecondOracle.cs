using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>
/// A second opinion on every <see cref="TruthRow"/>: what a careful person on call says who knows how Argo CD behaves (from the
/// recordings) and has not read the judge. It was written before the two were compared.
/// <code>
/// the revision Argo CD compared    and                                      says
/// not in the history at hand                                                Unknown: is our change in it?
/// without our change                                                        Waiting for Argo CD to get there
/// with a later overlay             not compared, and ours is what runs      Unknown
///                                  else                                     Superseded
/// with our overlay                 sync running, or to be retried           Waiting
///                                  sync failed                              Failed: nobody tries it again
///                                  compared before the sync ended           Waiting for the next comparison
///                                  comparison without a result              Unknown
///                                  never synced, out of sync                Waiting for the automated sync
///                                  another hash, out of sync                Waiting for the automated sync
///                                  another hash, in sync                    Unknown: something else decides
///                                  our hash, pods not ready                 Rolling
///                                  our hash, pods ready                     Live
/// </code>
/// Health is never asked: it speaks of every resource of the Application, and of the old pods until the roll begins.
/// </summary>
internal static class SecondOracle
{
    public static VerdictKind Says(TruthRow row) => row.Revision switch
    {
        RowRevision.NotInHistory => VerdictKind.Unknown,
        RowRevision.Older => VerdictKind.Waiting,
        RowRevision.LaterOtherOverlay => SaysOfALaterOverlay(row),
        _ => SaysOfOurOverlay(row),
    };

    // A broken successor may never have reached the cluster (07, 08d): what runs is still ours, and nobody can say for how long.
    private static VerdictKind SaysOfALaterOverlay(TruthRow row) =>
        row.Sync == RowSync.Unknown && RunsOurHash(row) ? VerdictKind.Unknown : VerdictKind.Superseded;

    private static VerdictKind SaysOfOurOverlay(TruthRow row) => row switch
    {
        { Operation: RowOperation.Running or RowOperation.Retrying } => VerdictKind.Waiting,
        { Operation: RowOperation.Failed or RowOperation.Error } => VerdictKind.Failed,
        { Operation: RowOperation.Succeeded, Fresh: false } => VerdictKind.Waiting,
        { Sync: RowSync.Unknown } => VerdictKind.Unknown,
        { Operation: RowOperation.None, Sync: RowSync.OutOfSync } => VerdictKind.Waiting,
        { Deployment: RowDeployment.OtherHash, Sync: RowSync.OutOfSync } => VerdictKind.Waiting,
        { Deployment: RowDeployment.OtherHash } => VerdictKind.Unknown,
        { Deployment: RowDeployment.Rolling } => VerdictKind.Rolling,
        _ => VerdictKind.Live,
    };

    private static bool RunsOurHash(TruthRow row) => row.Deployment is RowDeployment.Rolled or RowDeployment.Rolling;
}
