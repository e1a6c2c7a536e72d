using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>What merges by itself, in which way, and what is said where it does not.</summary>
public sealed class AutoMergeTests
{
    private const string Merge = "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge";

    [Fact]
    public async Task With_checks_to_wait_for_GitHub_merges_once_they_are_green()
    {
        await using var fleet = await HttpFleet.StartAsync("autoMerge: all\n", HttpFleet.Instance("acme"));
        fleet.Record.Rules.RequiredChecks.Add("ci");
        fleet.Record.MergeMethods.Remove("merge");

        await fleet.PassAsync();
        var waits = (fleet.Pull(1).Open, fleet.Pull(1).AutoMerge?.Method);
        await fleet.PassAsync();
        string[] second = [.. fleet.Writes];
        await GreenAsync(fleet);
        await fleet.PassAsync();

        Assert.Equal((true, "squash"), waits);
        Assert.Empty(second);
        Assert.NotNull(fleet.Pull(1).MergedAt);
        Assert.Empty(fleet.Branches());
        Assert.Contains("Merging: by itself once all that the branch's rules ask for is there (`autoMerge: all`).", fleet.Pull(1).Body!);
    }

    [Fact]
    public async Task With_nothing_to_wait_for_it_is_merged_at_once()
    {
        await using var fleet = await HttpFleet.StartAsync("autoMerge: all\n", HttpFleet.Instance("acme"));

        await fleet.PassAsync();

        Assert.NotNull(fleet.Pull(1).MergedAt);
        Assert.Equal("1.1", await fleet.VersionAsync("main", "acme"));
    }

    [Theory]
    [InlineData("an answer 500")]
    [InlineData("no answer")]
    public async Task A_merge_that_happened_although_GitHub_said_otherwise_is_seen_and_not_done_twice(string how)
    {
        await using var fleet = await HttpFleet.StartAsync("autoMerge: all\n", HttpFleet.Instance("acme"));
        fleet.Hub.Faults.On(Merge, 1, how == "no answer" ? Fault.ResetAfter : Fault.ErrorAfter(500));

        var report = await fleet.PassAsync();
        var asked = fleet.Hub.Log.Count(Merge);
        await fleet.PassAsync();

        Assert.Equal((1, ""), (asked, report.Branches[0].Detail));
        Assert.NotNull(fleet.Pull(1).MergedAt);
        Assert.Empty(fleet.Branches());
        Assert.Equal(0, fleet.Hub.Log.Count(Merge));
    }

    [Fact]
    public async Task A_merge_that_failed_with_500_is_tried_again_by_the_next_pass()
    {
        await using var fleet = await HttpFleet.StartAsync("autoMerge: all\n", HttpFleet.Instance("acme"));
        fleet.Hub.Faults.On(Merge, 1, Fault.Answer(500, """{"message":"Server Error"}"""));

        await Assert.ThrowsAsync<Reconciler.GitHub.GitHubFailure>(() => fleet.PassAsync());
        await fleet.PassAsync();

        Assert.NotNull(fleet.Pull(1).MergedAt);
        Assert.Single(fleet.Record.Pulls);
    }

    [Fact]
    public async Task A_merge_queue_gets_it_when_all_is_there()
    {
        await using var fleet = await HttpFleet.StartAsync("autoMerge: all\n", HttpFleet.Instance("acme"));
        (fleet.Record.Rules.MergeQueue, fleet.Record.Rules.QueueRuns) = (true, false);

        await fleet.PassAsync();
        var place = fleet.Pull(1).QueuePosition;
        fleet.Record.Rules.QueueRuns = true;
        await fleet.CommitAsync("elsewhere", "Wake the queue up", ("x", "x"));
        await fleet.PassAsync();

        Assert.Equal(1, place);
        Assert.NotNull(fleet.Pull(1).MergedAt);
        Assert.Empty(fleet.Branches());
    }

    [Fact]
    public async Task A_repository_that_does_not_allow_it_is_named_and_nothing_else_is_held_up()
    {
        await using var fleet = await HttpFleet.StartAsync("autoMerge: all\n", HttpFleet.Instance("acme"));
        fleet.Record.AllowAutoMerge = false;

        var report = await fleet.PassAsync();

        Assert.Equal("autoMerge: the repository does not allow auto-merge; a person merges it.", report.Branches[0].Detail);
        Assert.True(fleet.Pull(1).Open);
    }

    [Theory]
    [InlineData("never", "by a person (`autoMerge: never`)")]
    [InlineData("no-restart", "by a person, since `acme` restarts (`autoMerge: no-restart`)")]
    [InlineData("audit-only", "by a person, since `acme` restarts (`autoMerge: audit-only`)")]
    public async Task What_the_policy_does_not_name_waits_for_a_person_and_says_why(string policy, string words)
    {
        await using var fleet = await HttpFleet.StartAsync($"autoMerge: {policy}\n", HttpFleet.Instance("acme"));

        await fleet.PassAsync();

        Assert.True(fleet.Pull(1) is { Open: true, AutoMerge: null });
        Assert.Contains($"Merging: {words}.", fleet.Pull(1).Body!);
    }

    [Fact]
    public async Task A_person_s_push_and_a_stricter_policy_stop_it_before_anything_else_is_done()
    {
        await using var fleet = await HttpFleet.StartAsync("autoMerge: all\n", [.. HttpFleet.Instance("acme"), .. HttpFleet.Instance("globex")]);
        fleet.Record.Rules.RequiredChecks.Add("ci");
        await fleet.PassAsync();
        await fleet.SetOverlayAsync("acme", "9.9", "odoosky/prod/i-acme");

        await fleet.PassAsync();
        var one = (fleet.Pull(1).AutoMerge, fleet.Pull(2).AutoMerge?.Method);
        await fleet.CommitAsync("main", "Careful", ("gitops.yaml", HttpFleet.GitOps("autoMerge: never\n")));
        await fleet.PassAsync();

        Assert.Equal((null, "merge"), one);
        Assert.Null(fleet.Pull(2).AutoMerge);
    }

    private static Task GreenAsync(HttpFleet fleet)
    {
        fleet.Record.Statuses.Add(new StatusRecord(1, fleet.Pull(1).HeadSha, fleet.Pull(1).Author, fleet.Clock.GetUtcNow()) { State = "success", Context = "ci" });
        return fleet.CommitAsync("elsewhere", "Something else", ("x", "x"));
    }
}
