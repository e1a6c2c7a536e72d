using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Tests.Proposals;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Life;

/// <summary>What people decided is found again in closed and merged pull requests, and in history.</summary>
public sealed class VerdictsTests
{
    private static readonly OverlayChange Acme = Changes.Update("acme");
    private static readonly ChangeSet Both = new("prod", "all-1", [Acme, Changes.Update("globex")]);

    private static Proposal Closed => new()
    {
        Number = 3,
        Branch = Both.Branch,
        State = ProposalState.Closed,
        Body = ProposalMarker.Of(Both).Text,
        EndedAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void A_closed_pull_request_declines_each_of_its_changes() =>
        Assert.Equal("declined: #3 was closed without a merge", Of([Closed])?.Reason);

    [Fact]
    public void Another_change_of_the_same_instance_is_not_declined() =>
        Assert.Null(new Verdicts([Closed], NoHistory).Of(Acme with { Digest = new string('f', 64) }, Known));

    [Fact]
    public void What_takes_a_decline_back()
    {
        Assert.Null(Of([Closed with { Labels = Closed.Labels.Add(ProposalLabels.Reopen) }]));
        Assert.Null(Of([Closed with { State = ProposalState.Open }]));
        Assert.Null(Of([Closed, Closed with { Number = 9, State = ProposalState.Open }]));
        Assert.Null(Of([Closed with { Body = ProposalMarker.Of(Both with { Changes = [Both.Changes[1]] }).Text }]));
    }

    [Fact]
    public void What_we_closed_ourselves_declines_nothing() =>
        Assert.Null(Of([Closed with { Body = (ProposalMarker.Of(Both) with { Withdrawn = "withdrawn" }).Text }]));

    [Fact]
    public void A_fork_declines_nothing() => Assert.Null(Of([Closed with { IsForeign = true }]));

    [Fact]
    public void The_same_change_again_after_its_merge_is_a_revert()
    {
        var merged = Closed with { State = ProposalState.Merged, MergeCommit = "c" };

        Assert.Equal(HoldKind.Reverted, Of([merged])?.Kind);
        Assert.Equal(HoldKind.JustMerged, new Verdicts([merged], NoHistory).Of(Acme, _ => false)?.Kind);
        Assert.Equal(HoldKind.Reverted, Of([Closed with { Body = (ProposalMarker.Of(Both) with { Withdrawn = ProposalMarker.Landed }).Text }])?.Kind);
    }

    [Fact]
    public void The_same_change_after_the_wish_went_back_and_forth_is_none()
    {
        var back = new ChangeSet("prod", "i-acme", [Acme with { Digest = new string('e', 64) }]);
        var merged = Closed with { State = ProposalState.Merged };
        var later = merged with { Number = 4, Body = ProposalMarker.Of(back).Text, EndedAt = DateTimeOffset.UnixEpoch.AddHours(1) };

        Assert.Null(Of([later, merged]));
    }

    [Fact]
    public void History_tells_of_a_revert_where_no_pull_request_does() => Assert.Equal(
        "reverted: the commit 012344444444 brought it to base, and somebody took it back",
        new Verdicts([], Landed(Acme.Digest, "r")).Of(Acme, Known)?.Reason);

    [Fact]
    public void Another_difference_with_the_same_wish_is_an_edit_of_base()
    {
        var wished = Acme with { DesiredRevision = "r" };

        Assert.True(new Verdicts([], Landed("another", "r")).IsEditOfBase(wished));
        Assert.False(new Verdicts([], Landed("another", "older")).IsEditOfBase(wished));
        Assert.False(new Verdicts([], NoHistory).IsEditOfBase(wished));
    }

    [Fact]
    public void A_set_too_large_for_its_marker_is_known_as_a_whole()
    {
        var large = Closed with { Body = ProposalMarker.Of(Both).Text.Replace($"\"changes\":{Json(Both)}", $"\"changes\":null,\"set\":\"{Digests.OfPlan(Both.Changes)}\"", StringComparison.Ordinal) };

        Assert.Null(large.Marker?.Changes);
        Assert.Equal(HoldKind.Declined, Verdicts.OfLarge(Both, [large])?.Kind);
        Assert.Equal(HoldKind.Unknown, Verdicts.OfLarge(Both, [large with { State = ProposalState.Merged }])?.Kind);
        Assert.Null(Verdicts.OfLarge(Both with { Changes = [Acme] }, [large]));
    }

    private static IReadOnlyDictionary<string, Landing> NoHistory => ImmutableDictionary<string, Landing>.Empty;

    private static ImmutableDictionary<string, Landing> Landed(string digest, string revision) =>
        ImmutableDictionary<string, Landing>.Empty.Add("acme", new Landing
        {
            Commit = ObjectId.TryParse("0123" + new string('4', 36))!,
            At = default,
            Code = InstanceCode.TryParse("acme")!,
            Origin = ChangeOrigin.Commit,
            Subject = "odoosky(prod): acme",
            Change = digest,
            DesiredRevision = revision,
        });

    private static string Json(ChangeSet set) => "{" + string.Join(',', set.Changes.Select(change => $"\"{change.Code}\":\"{change.Digest}\"")) + "}";

    private static bool Known(string commit) => true;

    private static HeldChange? Of(IEnumerable<Proposal> proposals) => new Verdicts(proposals, NoHistory).Of(Acme, Known);
}
