using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>How other tools answer the question, so that their answers can be seen beside ours. Both trust Synced and Healthy.</summary>
internal static class OtherRules
{
    /// <summary>Kargo: the Application is at exactly the commit that was asked for.</summary>
    public static bool RevisionEquality(RolloutCase c) => IsGreen(c) && c.Revision == c.Promise.Commit;

    /// <summary>GitOps Promoter: the Application is at the head of its branch.</summary>
    public static bool BranchHeadEquality(RolloutCase c, string head) => IsGreen(c) && c.Revision == head;

    private static bool IsGreen(RolloutCase c) =>
        c.Seen.Applications is [{ Status: { Health: "Healthy", Sync.Status: "Synced" } }];
}
