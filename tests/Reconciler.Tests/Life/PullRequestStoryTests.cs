using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Life;

/// <summary>The life of pull requests, row by row, on a real repository.</summary>
public sealed class PullRequestStoryTests : IAsyncDisposable
{
    private const string Acme = "odoosky/prod/i-acme";

    private readonly LifeFleet fleet = new();

    public static TheoryData<string> Ways => [nameof(MergeWay.Merge), nameof(MergeWay.Squash), nameof(MergeWay.Rebase), nameof(MergeWay.Queue)];

    public ValueTask DisposeAsync() => fleet.DisposeAsync();

    [Fact]
    public async Task A_change_opens_one_pull_request_and_the_next_pass_writes_nothing()
    {
        fleet.Add("acme");

        var report = await fleet.PassAsync();
        var writes = fleet.Forge.Writes.Count;
        await fleet.PassAsync();
        await fleet.RestartAsync();
        await fleet.PassAsync();

        Assert.Equal((BranchOutcome.Opened, "https://forge.example/pull/1"), (report.Branches[0].Outcome, report.Branches[0].Receipt?.Location));
        Assert.Equal([$"open {Acme}", "label #1 +odoosky -"], fleet.Forge.Writes);
        Assert.Equal(2, writes);
    }

    [Fact]
    public async Task A_fleet_that_says_what_is_desired_writes_nothing_at_all()
    {
        fleet.Add("acme", "1.1");

        Assert.Empty((await fleet.PassAsync()).Branches);
        Assert.Empty(fleet.Forge.Writes);
    }

    [Fact]
    public async Task A_changed_wish_updates_the_open_pull_request_in_place()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.SetWish("acme", "1.2");

        Assert.Equal(BranchOutcome.Updated, (await fleet.PassAsync()).Branches[0].Outcome);
        Assert.Single(fleet.Forge.All);
        Assert.Contains("\"1.2\"", fleet.Show(Acme, "instances/acme/values.yaml"));
        Assert.Contains("1.0 → 1.2", fleet.Forge.Of(1).Body);
    }

    [Fact]
    public async Task Other_commits_on_base_never_move_an_open_pull_request()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        var head = fleet.Head(Acme);
        fleet.Commit("main", "Unrelated", ("README.md", "hello\n"));

        Assert.Equal(BranchOutcome.Unchanged, (await fleet.PassAsync()).Branches[0].Outcome);
        Assert.Equal(head, fleet.Head(Acme));
    }

    [Fact]
    public async Task A_base_that_changed_the_overlay_gets_the_branch_anew_and_never_a_text_merge()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.Commit("main", "Comment", ("instances/acme/values.yaml", "# new\n" + LifeFleet.Overlay("acme", "1.0")));

        Assert.Equal(BranchOutcome.Updated, (await fleet.PassAsync()).Branches[0].Outcome);
        Assert.StartsWith("# new\n", fleet.Show(Acme, "instances/acme/values.yaml"));
        Assert.Single(fleet.Forge.All);
    }

    [Fact]
    public async Task A_wish_that_returned_closes_with_one_line_and_deletes_the_branch()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.SetWish("acme", "1.0");
        await fleet.PassAsync();

        Assert.Null(fleet.Head(Acme));
        Assert.Equal(ProposalState.Closed, fleet.Forge.Of(1).State);
        Assert.Equal("Closed: base already says what is desired.", fleet.Forge.Comments[(1, "closed")]);
        fleet.SetWish("acme", "1.1");
        await fleet.PassAsync();
        Assert.Equal(2, Assert.Single(fleet.Forge.Open).Number);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_merge_is_seen_by_the_overlay_on_base(string way)
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        Assert.True(fleet.Merge(fleet.Forge.Of(1), Enum.Parse<MergeWay>(way)));
        await fleet.PassAsync();
        var writes = fleet.Forge.Writes.Count;
        await fleet.PassAsync();

        Assert.Null(fleet.Head(Acme));
        Assert.Equal(ProposalState.Merged, fleet.Forge.Of(1).State);
        Assert.Equal(writes, fleet.Forge.Writes.Count);
    }

    [Fact]
    public async Task The_same_bytes_pushed_by_hand_are_a_merge_too()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.Commit("main", "By hand", ("instances/acme/values.yaml", fleet.Show(Acme, "instances/acme/values.yaml") + "\n"));
        await fleet.PassAsync();

        Assert.Equal(ProposalMarker.Landed, fleet.Forge.Of(1).Marker?.Withdrawn);
        Assert.Equal("Closed: it was merged.", fleet.Forge.Comments[(1, "closed")]);
        Assert.Null(fleet.Head(Acme));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_was_merged_and_taken_back_is_held_until_the_wish_changes(string way)
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.Merge(fleet.Forge.Of(1), Enum.Parse<MergeWay>(way));
        await fleet.PassAsync();
        fleet.SetOverlay("acme", "1.0");

        var report = await fleet.PassAsync();
        Assert.Equal(HoldKind.Reverted, Assert.Single(report.Planned.Decided.Held).Kind);
        Assert.Empty(fleet.Forge.Open);
        fleet.SetWish("acme", "1.2");
        await fleet.PassAsync();
        Assert.Single(fleet.Forge.Open);
    }

    [Fact]
    public async Task Another_edit_of_base_is_proposed_back_and_named()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.Merge(fleet.Forge.Of(1), MergeWay.Merge);
        await fleet.PassAsync();
        fleet.SetOverlay("acme", "0.9");
        await fleet.PassAsync();

        Assert.Contains("somebody edited the base branch, and this puts back what is desired (`acme`)", Assert.Single(fleet.Forge.Open).Body);
    }

    [Fact]
    public async Task A_closed_pull_request_is_not_opened_again()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.Close(1);
        await fleet.PassAsync();
        fleet.Commit("main", "Comment", ("instances/acme/values.yaml", "# fixed\n" + LifeFleet.Overlay("acme", "1.0")));

        var report = await fleet.PassAsync();
        Assert.Equal("declined: #1 was closed without a merge", Assert.Single(report.Planned.Decided.Held).Reason);
        Assert.Empty(fleet.Forge.Open);
    }

    [Fact]
    public async Task Another_change_after_a_declined_one_is_proposed()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.Close(1);
        fleet.SetWish("acme", "1.2");
        await fleet.PassAsync();

        Assert.Equal(2, Assert.Single(fleet.Forge.Open).Number);
    }

    [Theory]
    [InlineData("reopened")]
    [InlineData("labelled")]
    public async Task A_decline_can_be_taken_back_on_the_forge(string how)
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.Close(1);
        await fleet.PassAsync();
        if (how == "reopened") fleet.Reopen(1);
        else fleet.Label(1, ProposalLabels.Reopen);
        await fleet.PassAsync();

        Assert.Equal(how == "reopened" ? 1 : 2, Assert.Single(fleet.Forge.Open).Number);
    }

    [Fact]
    public async Task A_declined_instance_drops_out_of_its_group_and_the_others_go_on()
    {
        await using var grouped = new LifeFleet("grouping: all\n");
        grouped.Add("acme");
        grouped.Add("globex");
        await grouped.PassAsync();
        grouped.Close(1);
        grouped.Add("initech");
        await grouped.PassAsync();

        Assert.Equal(["initech"], Assert.Single(grouped.Forge.Open).Marker!.Changes!.Keys);
    }

    [Fact]
    public async Task A_branch_that_a_person_pushed_to_is_theirs_until_the_label_gives_it_back()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.SetOverlay("acme", "9.9", Acme);
        var theirs = fleet.Head(Acme);
        fleet.SetWish("acme", "1.2");
        await fleet.PassAsync();
        await fleet.PassAsync();

        Assert.Equal(theirs, fleet.Head(Acme));
        Assert.Contains(ProposalLabels.Edited, fleet.Forge.Of(1).Labels);
        Assert.Single(fleet.Forge.Writes, write => write == "comment #1 edited");
        fleet.Label(1, ProposalLabels.Rebuild);
        await fleet.PassAsync();
        Assert.Contains("\"1.2\"", fleet.Show(Acme, "instances/acme/values.yaml"));
        Assert.Equal(["odoosky"], fleet.Forge.Of(1).Labels);
    }

    [Fact]
    public async Task A_suspended_instance_keeps_its_pull_request_and_gets_a_label()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        var head = fleet.Head(Acme);
        fleet.SetWish("acme", "1.2", "state: suspended\n");
        await fleet.PassAsync();

        Assert.Equal(head, fleet.Head(Acme));
        Assert.Equal(["odoosky", ProposalLabels.Suspended], fleet.Forge.Of(1).Labels);
        fleet.SetWish("acme", "1.2");
        await fleet.PassAsync();
        Assert.Equal(["odoosky"], fleet.Forge.Of(1).Labels);
    }

    [Fact]
    public async Task Regrouped_instances_leave_their_old_pull_requests_first()
    {
        fleet.Add("acme");
        fleet.Add("globex");
        await fleet.PassAsync();
        fleet.Commit("main", "Regroup", ("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\ngrouping: all\n"));
        await fleet.PassAsync();

        Assert.Equal("odoosky/prod/all-1", Assert.Single(fleet.Forge.Open).Branch);
        Assert.Equal(["odoosky/prod/all-1"], fleet.Heads().Keys.Where(branch => branch != "main"));
        Assert.True(fleet.Forge.Writes.IndexOf("close #2") < fleet.Forge.Writes.IndexOf("open odoosky/prod/all-1"));
    }

    [Fact]
    public async Task A_fork_with_the_name_of_our_branch_is_ignored()
    {
        fleet.Add("acme");
        fleet.Forge.Set(new Proposal { Number = 1, Branch = Acme, State = ProposalState.Open, IsForeign = true, Body = "mine" });
        await fleet.PassAsync();

        Assert.Equal("mine", fleet.Forge.Of(1).Body);
        Assert.Equal(2, fleet.Forge.Open.Single(proposal => !proposal.IsForeign).Number);
    }

    [Fact]
    public async Task A_pull_request_opened_by_hand_from_our_branch_is_adopted_and_keeps_its_own_text()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.Forge.Set(fleet.Forge.Of(1) with { Body = "Please look at this today.\n" });
        await fleet.PassAsync();

        Assert.StartsWith("Please look at this today.\n\n<!-- odoosky:begin -->\n", fleet.Forge.Of(1).Body);
        Assert.NotNull(fleet.Forge.Of(1).Marker);
    }

    [Fact]
    public async Task Text_that_people_wrote_around_ours_stays()
    {
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.Forge.Set(fleet.Forge.Of(1) with { Body = $"Before.\r\n\r\n{fleet.Forge.Of(1).Body}\r\nAfter." });
        fleet.SetWish("acme", "1.2");
        await fleet.PassAsync();

        Assert.StartsWith("Before.\n\n<!-- odoosky:begin -->\n", fleet.Forge.Of(1).Body);
        Assert.EndsWith("-->\n\nAfter.", fleet.Forge.Of(1).Body);
        Assert.Contains("1.0 → 1.2", fleet.Forge.Of(1).Body);
    }

    [Fact]
    public async Task No_more_than_the_limit_are_open_at_once_or_new_in_an_hour()
    {
        await using var limited = new LifeFleet("limits: {openPullRequests: 2, newPerHour: 3}\n");
        foreach (var code in (string[])["a", "b", "c", "d", "e"]) limited.Add(code);
        await limited.PassAsync();
        Assert.Equal([1, 2], limited.Forge.Open.Select(proposal => proposal.Number));
        limited.Close(1);
        limited.Close(2);
        var report = await limited.PassAsync();
        Assert.Equal([3], limited.Forge.Open.Select(proposal => proposal.Number));
        Assert.Contains(report.Branches, branch => branch.Detail == "enough proposals were opened in the last hour (limits.newPerHour)");
        limited.Time.Advance(TimeSpan.FromHours(1));
        await limited.PassAsync();
        Assert.Equal([3, 4], limited.Forge.Open.Select(proposal => proposal.Number));
    }

    [Fact]
    public async Task The_policy_lets_only_what_it_names_merge_by_itself_and_says_so()
    {
        await using var automatic = new LifeFleet("autoMerge: no-restart\n");
        automatic.Add("acme");
        await automatic.PassAsync();

        Assert.DoesNotContain(automatic.Forge.Writes, write => write.StartsWith("auto-merge", StringComparison.Ordinal));
        Assert.Contains("Merging: by a person, since `acme` restarts (`autoMerge: no-restart`).", automatic.Forge.Of(1).Body);
        automatic.Commit("main", "All", ("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nautoMerge: all\n"));
        await automatic.PassAsync();
        Assert.True(automatic.Forge.Of(1).MergesItself);
        automatic.SetOverlay("acme", "9.9", Acme);
        await automatic.PassAsync();
        Assert.False(automatic.Forge.Of(1).MergesItself);
    }

    [Fact]
    public async Task The_next_ring_opens_once_the_former_one_is_merged()
    {
        await using var rings = new LifeFleet("rings: [{name: canary, selector: ring=canary, soak: 30m}, {name: main}]\n");
        rings.Add("acme", more: "labels: {ring: canary}\n");
        rings.Add("globex");
        var report = await rings.PassAsync();

        Assert.Equal(Acme, Assert.Single(rings.Forge.Open).Branch);
        Assert.Equal("waits for the ring canary: the same change is not merged there", Assert.Single(report.Planned.Decided.Held).Reason);
        rings.Merge(rings.Forge.Of(1), MergeWay.Squash);
        Assert.StartsWith("waits for the ring canary: it soaks until", Assert.Single((await rings.PassAsync()).Planned.Decided.Held).Reason, StringComparison.Ordinal);
        rings.Time.Advance(TimeSpan.FromMinutes(30));
        await rings.PassAsync();
        Assert.Equal("odoosky/prod/i-globex", Assert.Single(rings.Forge.Open).Branch);
    }
}
