using OdooSky.GitOps.Reconciler.Rollout;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>On a branch that many instances share, equality of revisions is the wrong question. Ours is asked beside it.</summary>
public sealed class SharedBranchTests
{
    [Theory]
    [InlineData("02-unrelated-commits-on-top")]
    [InlineData("16-helm-parameters-override")]
    [InlineData("17-superseded")]
    public void Revision_equality_is_wrong_for_seconds_where_the_judge_is_right(string scenario) =>
        AssertWrong(scenario, (c, _) => OtherRules.RevisionEquality(c));

    [Theory]
    [InlineData("10-comment-only-change")]
    [InlineData("16-helm-parameters-override")]
    [InlineData("17-superseded")]
    public void Branch_head_equality_is_wrong_for_seconds_where_the_judge_is_right(string scenario) =>
        AssertWrong(scenario, OtherRules.BranchHeadEquality);

    [Fact]
    public void On_a_busy_branch_neither_equality_ever_comes_true_and_the_judge_says_live()
    {
        var row = new TruthRow(RowSync.Synced, RowHealth.Healthy, RowOperation.Succeeded, RowRevision.LaterSameOverlay, Fresh: true, RowDeployment.Rolled);
        var c = TruthTable.Case(row);

        Assert.Equal(VerdictKind.Live, RolloutJudge.Judge(c).Kind);
        Assert.False(OtherRules.RevisionEquality(c));
        Assert.False(OtherRules.BranchHeadEquality(c, head: "3333333333333333333333333333333333333333"));
    }

    [Fact]
    public void Both_equalities_call_an_old_hash_live()
    {
        var row = new TruthRow(RowSync.Synced, RowHealth.Healthy, RowOperation.Succeeded, RowRevision.Ours, Fresh: true, RowDeployment.OtherHash);
        var c = TruthTable.Case(row);

        Assert.Equal((VerdictKind.Unknown, ReasonCodes.LiveHashDiffers), (RolloutJudge.Judge(c).Kind, RolloutJudge.Judge(c).Reason));
        Assert.True(OtherRules.RevisionEquality(c));
        Assert.True(OtherRules.BranchHeadEquality(c, c.Revision!));
    }

    [Fact]
    public void Where_all_is_green_each_equality_misses_live_rows_and_calls_others_live()
    {
        var green = TruthTable.Rows.Where(row => row is
        {
            Sync: RowSync.Synced, Health: RowHealth.Healthy,
            Revision: RowRevision.Ours or RowRevision.LaterSameOverlay or RowRevision.LaterOtherOverlay,
        }).Select(TruthTable.Case).ToList();

        Assert.Equal((3, 33), Wrong(green, OtherRules.RevisionEquality));
        Assert.Equal((3, 69), Wrong(green, c => OtherRules.BranchHeadEquality(c, head: "2222222222222222222222222222222222222222")));
    }

    private static (int Missed, int CalledLive) Wrong(IReadOnlyCollection<RolloutCase> cases, Func<RolloutCase, bool> other) =>
        (cases.Count(c => IsLive(c) && !other(c)), cases.Count(c => !IsLive(c) && other(c)));

    private static bool IsLive(RolloutCase c) => RolloutJudge.Judge(c).Kind == VerdictKind.Live;

    private static void AssertWrong(string scenario, Func<RolloutCase, string, bool> other)
    {
        var recording = Recording.Read(scenario);
        var (theirs, ours) = (0L, 0L);
        foreach (var moment in recording.Changes.SelectMany(change => Replay.Of(recording, change)))
        {
            var isLive = moment.Expected.Verdict == "Live";
            theirs += other(moment.Case, recording.HeadAt(moment.Ms)) == isLive ? 0 : moment.LastsMs;
            ours += (RolloutJudge.Judge(moment.Case).Kind == VerdictKind.Live) == isLive ? 0 : moment.LastsMs;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"theirs {theirs} ms, ours {ours} ms");
        Assert.True(theirs > 2000 && ours < 1000, $"theirs {theirs} ms, ours {ours} ms");
    }
}
