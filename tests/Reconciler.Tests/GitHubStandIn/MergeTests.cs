using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHubStandIn;

/// <summary>What people do to pull requests, and what GitHub makes of it.</summary>
public sealed class MergeTests
{
    [Theory]
    [InlineData("merge", "Merge pull request #1 from acme/x\n\nA change", 2)]
    [InlineData("squash", "Change instances/a/values.yaml (#1)", 1)]
    [InlineData("rebase", "Change instances/a/values.yaml", 1)]
    public async Task Each_way_of_merging_leaves_GitHubs_commit_on_base(string method, string message, int parents)
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.OpenAsync("x");
        await fleet.People.PushAsync("jane", "main", "Elsewhere", [("README.md", "Hello\n")], Fleet.Cancel);

        var merged = await fleet.SendAsync(HttpMethod.Put, Fleet.Repo + "/pulls/1/merge", new { merge_method = method });

        var pull = await fleet.GetAsync(Fleet.Repo + "/pulls/1");
        Assert.Equal(fleet.People.Git.Head("main"), (string)merged["sha"]!);
        Assert.Equal(((bool)pull["merged"]!, (string)pull["merge_commit_sha"]!), (true, (string)merged["sha"]!));
        Assert.Equal(message, await fleet.People.Git.MessageAsync("main", Fleet.Cancel));
        Assert.Equal("a: 2", await fleet.People.Git.AskAsync(Fleet.Cancel, "show", "main:instances/a/values.yaml"));
        Assert.Equal(parents, (await fleet.People.Git.AskAsync(Fleet.Cancel, "log", "-1", "--format=%P", "main")).Split(' ').Length);
    }

    [Theory]
    [InlineData("merge")]
    [InlineData("squash")]
    [InlineData("rebase")]
    [InlineData("push")]
    public async Task A_person_merges_and_reverts(string method)
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.OpenAsync("x");

        Assert.NotNull(await fleet.People.MergeAsync("jane", 1, method, Fleet.Cancel));
        Assert.Equal("a: 2", await fleet.People.Git.AskAsync(Fleet.Cancel, "show", "main:instances/a/values.yaml"));
        if (method == "push") return;
        await fleet.People.RevertAsync("jane", 1, Fleet.Cancel);

        Assert.Equal("a: 1", await fleet.People.Git.AskAsync(Fleet.Cancel, "show", "main:instances/a/values.yaml"));
    }

    [Fact]
    public async Task A_conflict_a_moved_head_and_a_missing_review_are_refused()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.OpenAsync("x");
        await fleet.OpenAsync("y", "a: 3\n");
        await fleet.SendAsync(HttpMethod.Put, Fleet.Repo + "/pulls/1/merge", new { sha = new string('0', 40) }, 409);
        fleet.People.Record.Rules.RequiredReviews = 1;
        await fleet.SendAsync(HttpMethod.Put, Fleet.Repo + "/pulls/1/merge", new { }, 405);
        fleet.People.Record.Rules.Approved.Add(1);
        await fleet.SendAsync(HttpMethod.Put, Fleet.Repo + "/pulls/1/merge", new { });
        fleet.People.Record.Rules.RequiredReviews = 0;

        var dirty = await fleet.GetAsync(Fleet.Repo + "/pulls/2");

        Assert.Equal(("dirty", false), ((string)dirty["mergeable_state"]!, (bool)dirty["mergeable"]!));
        await fleet.SendAsync(HttpMethod.Put, Fleet.Repo + "/pulls/2/merge", new { }, 405);
    }

    [Fact]
    public async Task Commits_of_a_branch_that_somebody_pushes_to_base_merge_its_pull_request()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.OpenAsync("x");

        await fleet.People.SetBranchAsync("jane", "main", fleet.People.Git.Head("x")!, Fleet.Cancel);

        Assert.True((bool)(await fleet.GetAsync(Fleet.Repo + "/pulls/1"))["merged"]!);
    }

    [Fact]
    public async Task Update_branch_brings_base_in()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.OpenAsync("x");
        await fleet.SendAsync(HttpMethod.Put, Fleet.Repo + "/pulls/1/update-branch", new { }, 422);
        await fleet.People.PushAsync("jane", "main", "Elsewhere", [("README.md", "Hello\n")], Fleet.Cancel);

        await fleet.SendAsync(HttpMethod.Put, Fleet.Repo + "/pulls/1/update-branch", new { }, 202);

        Assert.Equal("Merge branch 'main' into x", await fleet.People.Git.MessageAsync("x", Fleet.Cancel));
    }

    [Fact]
    public async Task Auto_merge_waits_for_its_check_and_then_merges()
    {
        await using var fleet = await Fleet.StartAsync();
        var pull = await fleet.OpenAsync("x");
        var clean = await EnableAsync(fleet, pull);
        fleet.People.Record.Rules.RequiredChecks.Add("ci");

        var enabled = await EnableAsync(fleet, pull);
        var waiting = await fleet.GetAsync(Fleet.Repo + "/pulls/1");
        await fleet.SendAsync(HttpMethod.Post, $"{Fleet.Repo}/statuses/{pull["head"]!["sha"]}", new { state = "success", context = "ci" }, 201);

        Assert.Equal("Pull request Pull request is in clean status", (string)clean["errors"]![0]!["message"]!);
        Assert.Equal(1, (int)enabled["data"]!["enablePullRequestAutoMerge"]!["pullRequest"]!["number"]!);
        Assert.Equal(("squash", "blocked"), ((string)waiting["auto_merge"]!["merge_method"]!, (string)waiting["mergeable_state"]!));
        Assert.True((bool)(await fleet.GetAsync(Fleet.Repo + "/pulls/1"))["merged"]!);
    }

    [Fact]
    public async Task A_merge_queue_merges_in_its_order_and_the_button_is_refused()
    {
        await using var fleet = await Fleet.StartAsync();
        (fleet.People.Record.Rules.MergeQueue, fleet.People.Record.Rules.QueueRuns) = (true, false);
        await fleet.OpenAsync("x");
        await fleet.OpenAsync("y", "b: 2\n", "instances/b/values.yaml");
        await fleet.SendAsync(HttpMethod.Put, Fleet.Repo + "/pulls/1/merge", new { }, 405);
        Assert.Null(await fleet.People.MergeAsync("jane", 2, "queue", Fleet.Cancel));
        Assert.Null(await fleet.People.MergeAsync("jane", 1, "queue", Fleet.Cancel));

        fleet.People.Record.Rules.QueueRuns = true;
        await fleet.People.PushAsync("jane", "elsewhere", "Wake up", [("x", "x")], Fleet.Cancel);

        Assert.Equal(["merged acme/fleet#2", "merged acme/fleet#1"], fleet.Hub.Log.All.Where(one => one.What.StartsWith("merged")).Select(one => one.What[..19]));
    }

    [Fact]
    public async Task A_fork_with_our_branchs_name_is_no_pull_request_of_ours()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.People.OpenFromForkAsync("mallory", "odoosky/prod/i-a", [("instances/a/values.yaml", "a: 9\n")], Fleet.Cancel);

        Assert.Empty(await fleet.ListAsync(Fleet.Repo + "/pulls?head=acme:odoosky/prod/i-a"));
        var pull = (JsonObject)Assert.Single(await fleet.ListAsync(Fleet.Repo + "/pulls"))!;
        Assert.Equal("mallory/fleet", (string)pull["head"]!["repo"]!["full_name"]!);
        Assert.Equal("acme/fleet", (string)pull["base"]!["repo"]!["full_name"]!);
    }

    [Fact]
    public async Task A_renamed_repository_leads_on_and_a_replaced_one_has_another_number()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.People.RenameAsync("fleet-2", Fleet.Cancel);
        using (var moved = await fleet.Http.GetAsync(Fleet.Repo + "/pulls?state=all", Fleet.Cancel))
        {
            Assert.Equal((301, $"{fleet.Hub.Address}/repositories/{fleet.People.Id}/pulls?state=all"), ((int)moved.StatusCode, moved.Headers.Location!.ToString()));
        }

        Assert.Equal("acme/fleet-2", (string)(await fleet.GetAsync($"/repositories/{fleet.People.Id}"))["full_name"]!);
        Assert.Empty(await fleet.ListAsync($"/repositories/{fleet.People.Id}/pulls"));
        await fleet.People.ReplaceAsync(Fleet.Cancel);
        Assert.NotEqual(fleet.People.Id, (long)(await fleet.GetAsync("/repos/acme/fleet-2"))["id"]!);
    }

    private static Task<JsonObject> EnableAsync(Fleet fleet, JsonObject pull) => fleet.SendAsync(HttpMethod.Post, "/graphql", new
    {
        query = "mutation($id: ID!, $method: PullRequestMergeMethod) { enablePullRequestAutoMerge(input: {pullRequestId: $id, mergeMethod: $method}) { pullRequest { number } } }",
        variables = new { id = (string)pull["node_id"]!, method = "SQUASH" },
    });
}
