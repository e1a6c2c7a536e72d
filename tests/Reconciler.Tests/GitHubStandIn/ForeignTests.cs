using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHubStandIn;

/// <summary>The stand-in before foreign judges: GitHub's own description of its API, and GitHub's own GraphQL schema.</summary>
public sealed class ForeignTests
{
    private const string Repo = "/repos/{owner}/{repo}";
    private const string Pull = Repo + "/pulls/{pull_number}";
    private const string Issue = Repo + "/issues/{issue_number}";

    private static readonly string[] Paths =
    [
        Repo, Repo + "/pulls", Pull, Pull + "/merge", Pull + "/update-branch", Pull + "/requested_reviewers",
        Issue, Issue + "/labels", Issue + "/labels/{name}", Issue + "/comments", Issue + "/assignees", Repo + "/issues/comments/{comment_id}",
        Repo + "/labels", Repo + "/labels/{name}", Repo + "/assignees/{assignee}", Repo + "/collaborators/{username}/permission",
        Repo + "/statuses/{sha}", Repo + "/commits/{ref}/status", Repo + "/commits/{ref}/statuses", Repo + "/commits/{ref}/check-runs",
        Repo + "/check-runs", Repo + "/check-runs/{check_run_id}", Repo + "/rules/branches/{branch}",
        Repo + "/git/ref/{ref}", Repo + "/git/refs/{ref}", Repo + "/git/matching-refs/{ref}", "/user", "/rate_limit",
    ];

    [Fact]
    public async Task Every_answer_of_a_tour_is_as_GitHub_describes_it()
    {
        await using var fleet = await Fleet.StartAsync();
        await using var prism = await Prism.StartAsync(fleet.Hub.Address, Paths);
        fleet.Hub.AddToken("jane", "janes-token");
        fleet.People.Record.Collaborators["jane"] = "write";
        fleet.People.Record.Teams.Add("platform");
        fleet.People.Record.Rules.RequiredChecks.Add("ci");
        await fleet.OpenAsync("x");
        using var tour = new Tour(fleet, prism.Address);

        await tour.ReadAsync();
        await tour.WriteAsync();
        await tour.RefusedAsync();

        Assert.Empty(tour.Faults);
        Assert.True(tour.Steps >= 45, $"{tour.Steps} steps");
    }

    [Fact]
    public async Task The_judge_sees_an_answer_that_is_not_GitHubs()
    {
        await using var fleet = await Fleet.StartAsync();
        await using var prism = await Prism.StartAsync(fleet.Hub.Address, [Repo]);
        using var tour = new Tour(fleet, prism.Address);
        fleet.Hub.Faults.On("GET " + Repo, 1, Sandbox.GitHub.Fault.Answer(200, """{"id":"seven"}"""));

        await tour.StepAsync("GET", "", null, 200);

        Assert.Contains("violations", Assert.Single(tour.Faults), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task GraphQL_documents_and_answers_fit_GitHubs_schema()
    {
        await using var fleet = await Fleet.StartAsync();
        var id = (string)(await fleet.OpenAsync("x"))["node_id"]!;
        fleet.People.Record.Rules.RequiredChecks.Add("ci");
        var talks = new JsonArray();
        await AskAsync("mutation($id: ID!) { enablePullRequestAutoMerge(input: {pullRequestId: $id, mergeMethod: REBASE}) { pullRequest { number autoMergeRequest { mergeMethod enabledAt } } } }");
        await AskAsync("mutation($id: ID!) { disablePullRequestAutoMerge(input: {pullRequestId: $id}) { pullRequest { number state autoMergeRequest { mergeMethod } } } }");
        (fleet.People.Record.Rules.MergeQueue, fleet.People.Record.Rules.QueueRuns) = (true, false);
        fleet.People.Record.Rules.RequiredChecks.Clear();
        await AskAsync("mutation($id: ID!) { enqueuePullRequest(input: {pullRequestId: $id}) { mergeQueueEntry { id position state } } }");
        await AskAsync("""
            query { repository(owner: "acme", name: "fleet") { id databaseId nameWithOwner autoMergeAllowed
              mergeQueue(branch: "main") { id url entries(first: 10) { totalCount nodes { position pullRequest { number } } } }
              pullRequest(number: 1) { id title body url state isDraft merged mergedAt headRefName headRefOid baseRefOid mergeCommit { oid } } } }
            """);
        await AskAsync("query { viewer { login } }");

        var script = Path.Combine(ExampleRepo.Sources, "tests", "tools", "check-graphql.mjs");
        var run = await TestProgram.RunAsync("node", [script], talks.ToJsonString());

        Assert.Equal("", run.Output + run.Errors);
        Assert.Equal(0, run.ExitCode);

        async Task AskAsync(string query)
        {
            var answer = await fleet.SendAsync(HttpMethod.Post, "/graphql", new { query, variables = new { id } });
            Assert.Null(answer["errors"]);
            talks.Add(new JsonObject { ["query"] = query, ["variables"] = new JsonObject { ["id"] = id }, ["answer"] = answer });
        }
    }
}
