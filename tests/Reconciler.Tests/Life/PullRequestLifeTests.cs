using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Tests.Proposals;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Life;

/// <summary>Each row of the table that stands above the decider.</summary>
public sealed class PullRequestLifeTests
{
    private static readonly ObjectId Fork = ObjectId.TryParse(new string('a', 40))!;
    private static readonly ObjectId Head = ObjectId.TryParse(new string('b', 40))!;
    private static readonly ChangeSet Set = new("prod", "i-acme", [Changes.Update("acme")]);
    private static readonly BranchFacts Nothing = new(Set.Branch);

    private static BranchFacts Wanted => Nothing with { Wanted = Set };

    private static BranchContent Same => new(Head, Fork, [InstanceCode.TryParse("acme")!], Set.ContentDigest, IsOurs: true);

    private static BranchContent Other => Same with { Content = "other" };

    private static BranchContent Theirs => Other with { IsOurs = false };

    private static BranchContent Merged => Same with { ForkedAt = Head };

    private static Proposal Open => new() { Number = 7, Branch = Set.Branch, State = ProposalState.Open, Head = Head.Text, Body = ProposalMarker.Of(Set).Text };

    private static Proposal MergedProposal => Open with { Number = 6, State = ProposalState.Merged, EndedAt = DateTimeOffset.UnixEpoch };

    [Fact]
    public void Row_1_nothing_there_and_nothing_wanted() => Assert.IsType<Decision.Nothing>(PullRequestLife.Decide(Nothing));

    [Fact]
    public void Row_2_a_refused_change_keeps_its_branch_even_an_edited_one() =>
        Assert.Equal("declined", Decide<Decision.Rest>(Nothing with { Content = Theirs, Rests = "declined" }).Because);

    [Fact]
    public void Row_3_hands_off_a_branch_that_a_person_pushed_to()
    {
        Decide<Decision.HandsOff>(Wanted with { Content = Theirs, Open = Open });
        Decide<Decision.HandsOff>(Wanted with { Content = Theirs });
        Decide<Decision.HandsOff>(Nothing with { Content = Theirs, Open = Open });
        Decide<Decision.HandsOff>(Wanted with { Content = Theirs, Open = Open with { Conflicts = true }, OverlayMoved = true });
        Decide<Decision.HandsOff>(Nothing with { Content = Theirs, Open = Open, Rests = "acme is suspended" });
        Decide<Decision.HandsOff>(Wanted with { Content = Theirs with { ForkedAt = null }, Open = Open });
    }

    [Fact]
    public void Row_4_a_suspended_one_rests_as_it_is() =>
        Assert.Equal("acme is suspended", Decide<Decision.Rest>(Nothing with { Content = Same, Open = Open, Rests = "acme is suspended", IsSuspended = true }).Because);

    [Fact]
    public void Row_5_a_merged_one_goes_however_it_was_merged()
    {
        Assert.Equal("it was merged", Decide<Decision.Close>(Nothing with { Content = Merged }).Because);
        Assert.Equal("it was merged", Decide<Decision.Close>(Nothing with { Content = Same, Last = MergedProposal }).Because);
        Assert.Equal("it was merged", Decide<Decision.Close>(Nothing with { Content = Same, Open = Open, Landed = true }).Because);
        Assert.Equal("it was merged", Decide<Decision.Close>(Nothing with { Content = Theirs, Last = MergedProposal }).Because);
    }

    [Fact]
    public void Row_6_regrouped_instances_leave_their_old_pull_request() =>
        Assert.Equal("its instances are proposed on another branch now", Decide<Decision.Close>(Nothing with { Content = Same, Open = Open, Regrouped = true }).Because);

    [Fact]
    public void Row_7_a_wish_that_returned_to_what_base_has_closes()
    {
        Assert.Equal("base already says what is desired", Decide<Decision.Close>(Nothing with { Content = Same, Open = Open }).Because);
        Assert.Equal("base already says what is desired", Decide<Decision.Close>(Nothing with { Open = Open }).Because);
    }

    [Fact]
    public void Row_8_waits_for_another_branch_that_a_person_works_on() =>
        Assert.Equal("waits: odoosky/prod/all-1 still carries one of its instances", Decide<Decision.Limited>(Wanted with { CarriedBy = "odoosky/prod/all-1" }).Because);

    [Fact]
    public void Row_9_a_new_change_opens() => Assert.True(Decide<Decision.Open>(Wanted).Push);

    [Fact]
    public void Row_10_a_deleted_branch_of_an_open_pull_request_is_made_anew() =>
        Assert.Equal("its branch was deleted", Decide<Decision.Rebuild>(Wanted with { Open = Open }).Because);

    [Fact]
    public void Row_11_the_label_gives_an_edited_branch_back()
    {
        var labelled = Open with { Labels = Open.Labels.Add("Odoosky/Rebuild") };
        Assert.Equal("somebody asked to have it made anew", Decide<Decision.Rebuild>(Wanted with { Content = Theirs, Open = labelled }).Because);
        Assert.Equal("base already says what is desired", Decide<Decision.Close>(Nothing with { Content = Theirs, Open = labelled }).Because);
    }

    [Fact]
    public void Row_12_what_is_left_of_a_merged_branch_is_used_again()
    {
        Assert.True(Decide<Decision.Open>(Wanted with { Content = Merged }).Push);
        Assert.True(Decide<Decision.Open>(Wanted with { Content = Same, Last = MergedProposal }).Push);
        Assert.True(Decide<Decision.Open>(Wanted with { Content = Theirs, Last = MergedProposal }).Push);
    }

    [Fact]
    public void Row_13_a_branch_without_pull_request_is_made_anew_when_the_wish_changed() =>
        Assert.True(Decide<Decision.Open>(Wanted with { Content = Other }).Push);

    [Fact]
    public void Row_14_a_changed_wish_rebuilds() =>
        Assert.Equal("the desired state changed", Decide<Decision.Rebuild>(Wanted with { Content = Other, Open = Open }).Because);

    [Fact]
    public void Row_15_a_changed_overlay_on_base_rebuilds()
    {
        Assert.Equal("its overlay changed on base", Decide<Decision.Rebuild>(Wanted with { Content = Same, Open = Open, OverlayMoved = true }).Because);
        Assert.True(Decide<Decision.Open>(Wanted with { Content = Same, OverlayMoved = true }).Push);
    }

    [Fact]
    public void Row_16_a_conflict_rebuilds() =>
        Assert.Equal("the forge reports a conflict", Decide<Decision.Rebuild>(Wanted with { Content = Same, Open = Open with { Conflicts = true } }).Because);

    [Fact]
    public void Row_17_a_pass_that_ended_between_push_and_POST_is_gone_on_with() =>
        Assert.False(Decide<Decision.Open>(Wanted with { Content = Same }).Push);

    [Fact]
    public void Row_18_a_pull_request_without_our_marker_is_adopted() =>
        Decide<Decision.Adopt>(Wanted with { Content = Same, Open = Open with { Body = "opened by hand" } });

    [Fact]
    public void Row_19_all_else_is_left_alone() => Decide<Decision.LeaveAlone>(Wanted with { Content = Same, Open = Open });

    private static T Decide<T>(BranchFacts facts)
        where T : Decision => Assert.IsType<T>(PullRequestLife.Decide(facts));
}
