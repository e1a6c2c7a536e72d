using OdooSky.GitOps.Reconciler.Rollout;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>
/// Some Applications are out of sync for good: a resource that a webhook rewrites, an edit by hand without self-heal. What the
/// second opinion found there: a roll and its failure hid behind "waits for a sync" that was over.
/// </summary>
public sealed class OutOfSyncTests
{
    private static readonly TruthRow Rolling = new(RowSync.OutOfSync, RowHealth.Progressing, RowOperation.Succeeded, RowRevision.Ours, Fresh: true, RowDeployment.Rolling);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_roll_of_what_was_deployed_is_rolling_with_automated_sync_or_without(bool automated) =>
        AssertSays(VerdictKind.Rolling, ReasonCodes.RollingOut, Synced(TruthTable.Case(Rolling), automated));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_roll_past_its_deadline_has_failed_and_names_the_container(bool automated)
    {
        var c = Synced(TruthTable.Case(Rolling), automated);
        var condition = new ObjectCondition("Progressing", "False", "ProgressDeadlineExceeded", "ReplicaSet \"acme-odoo-1\" has timed out progressing.", TruthTable.Now);
        var missing = new ContainerState { Name = "addon-sale", Phase = ContainerPhase.Waiting, Reason = "ImagePullBackOff" };
        var deployment = c.Seen.Deployments[0];
        var failed = c with
        {
            Seen = c.Seen with
            {
                Deployments = [deployment with { Status = deployment.Status with { Conditions = [condition] } }],
                Pods = [c.Seen.Pods[0] with { InitContainers = [missing] }],
            },
        };

        AssertSays(VerdictKind.Failed, ReasonCodes.ProgressDeadlineExceeded, failed);
        Assert.Equal("addon-sale ImagePullBackOff", RolloutJudge.Judge(failed).Detail);
    }

    [Fact]
    public void A_window_of_the_project_does_not_hold_a_roll_that_has_begun()
    {
        var c = TruthTable.Case(Rolling);
        var project = new AppProjectState { Namespace = "argocd", Name = "default", SyncWindows = [new SyncWindow { Kind = "deny", Applications = ["ac*"] }] };

        AssertSays(VerdictKind.Rolling, ReasonCodes.RollingOut, c with { Seen = c.Seen with { Project = project } });
    }

    [Fact]
    public void What_was_never_synced_waits_whatever_hash_runs() =>
        AssertSays(VerdictKind.Waiting, ReasonCodes.OutOfSync, TruthTable.Case(Rolling with { Operation = RowOperation.None }));

    [Theory]
    [InlineData(RowDeployment.Rolled, VerdictKind.Unknown, ReasonCodes.SyncStatusUnknown)]
    [InlineData(RowDeployment.OtherHash, VerdictKind.Superseded, ReasonCodes.LaterChange)]
    public void A_later_change_takes_no_place_while_its_comparison_has_no_result_and_ours_runs(object deployment, object kind, string reason) =>
        AssertSays((VerdictKind)kind, reason, TruthTable.Case(Rolling with { Sync = RowSync.Unknown, Revision = RowRevision.LaterOtherOverlay, Deployment = (RowDeployment)deployment }));

    private static RolloutCase Synced(RolloutCase c, bool automated) =>
        c with { Seen = c.Seen with { Applications = [c.Application with { Spec = c.Application.Spec with { Automated = automated } }] } };

    private static void AssertSays(VerdictKind kind, string reason, RolloutCase c)
    {
        var verdict = RolloutJudge.Judge(c);
        Assert.Equal((kind, reason), (verdict.Kind, verdict.Reason));
    }
}
