using OdooSky.GitOps.Reconciler.Rollout;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>What must hold in every row, whatever else is said of it. The full second opinion is a <see cref="TruthOracle"/>.</summary>
public sealed class TruthTableTests
{
    [Fact]
    public void There_are_2160_rows_and_each_has_a_verdict_with_evidence()
    {
        Assert.Equal(2160, TruthTable.Rows.Distinct().Count());
        Assert.All(TruthTable.Rows, row => Assert.NotEmpty(TruthTable.Judge(row).Evidence));
    }

    [Fact]
    public void Nothing_is_live_without_our_overlay_a_fresh_status_and_the_pods_that_run_it()
    {
        var live = TruthTable.Rows.Where(row => TruthTable.Judge(row).Kind == VerdictKind.Live).ToList();

        Assert.NotEmpty(live);
        Assert.All(live, row =>
        {
            Assert.Equal(RowDeployment.Rolled, row.Deployment);
            Assert.True(row.Revision is RowRevision.Ours or RowRevision.LaterSameOverlay, row.ToString());
            Assert.True(row.Fresh || row.Operation == RowOperation.None, row.ToString());
            Assert.True(row.Operation is RowOperation.None or RowOperation.Succeeded, row.ToString());
            Assert.NotEqual(RowSync.Unknown, row.Sync);
        });
    }

    [Fact]
    public void Health_alone_never_changes_a_verdict()
    {
        var kinds = TruthTable.Rows.GroupBy(row => row with { Health = RowHealth.Healthy }, row => TruthTable.Judge(row).Kind);

        Assert.All(kinds, group => Assert.Single(group.Distinct()));
    }

    [Fact]
    public void A_history_that_is_too_short_is_unknown_in_every_row()
    {
        var kinds = TruthTable.Rows.Where(row => row.Revision == RowRevision.NotInHistory).Select(row => TruthTable.Judge(row).Kind);

        Assert.All(kinds, kind => Assert.Equal(VerdictKind.Unknown, kind));
    }
}
