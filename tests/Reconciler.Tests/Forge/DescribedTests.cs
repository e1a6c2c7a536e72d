using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Tests.GitHubStandIn;
using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>What the program asks for, before foreign judges: GitHub's own description of its API, and its own GraphQL schema.</summary>
public sealed class DescribedTests
{
    private const string Repo = "/repos/{owner}/{repo}";
    private const string Issue = Repo + "/issues/{issue_number}";

    private static readonly string[] Paths =
    [
        Repo, Repo + "/pulls", Repo + "/pulls/{pull_number}", Repo + "/pulls/{pull_number}/requested_reviewers", Issue + "/labels", Issue + "/labels/{name}",
        Issue + "/comments", Issue + "/assignees",
    ];

    [Fact]
    public async Task Every_request_and_answer_of_a_story_is_as_GitHub_describes_it()
    {
        await using var fleet = await HttpFleet.StartAsync("reviewers: [jane, acme/platform]\nassignees: [jane]\n");
        fleet.Record.Collaborators["jane"] = "write";
        fleet.Record.Teams.Add("platform");
        // GitHub answers null where a label has no description, and its own description of lists does not allow that.
        string[] labels = ["odoosky", ProposalLabels.Edited, ProposalLabels.Rebuild];
        fleet.Record.Labels.AddRange(labels.Select((name, i) => new LabelRecord(i + 1, name, "ededed", "Set by odoosky or for it")));
        await using var prism = await Prism.StartAsync(fleet.Hub.Address, Paths, "/api/v3");
        using var client = GitHubClient.Open(
            new GitHubOptions { Address = GitHubAddress.Of(prism.Address), CacheBytes = 0 }, new FixedCredential(HttpFleet.Token, "the test's token"), fleet.Clock);
        fleet.Forge = new GitHubPullRequests(client, new PullRequestPlace(RepositoryName.TryParse("acme/fleet")!, "main", fleet.People.Id), fleet.Clock);
        var script = new LifeScript(fleet);

        await script.PlayAsync("add acme; pass; wish acme 1.2; pass; edit i-acme 9.9; pass; label 1 odoosky/rebuild; pass; add globex; pass; wish globex 1.0; pass; merge 1; pass");

        Assert.Equal("#1 merged \"edited\", #2 closed \"closed\"", await script.DrawAsync());
    }

    [Fact]
    public async Task Every_GraphQL_document_fits_GitHub_s_schema()
    {
        await using var fleet = await Fleet.StartAsync();
        var opened = await fleet.OpenAsync("x");
        fleet.People.Record.Rules.RequiredChecks.Add("ci");
        var talks = new JsonArray();
        var (id, head) = ((string)opened["node_id"]!, (string)opened["head"]!["sha"]!);
        await AskAsync(GraphQLDocuments.Viewer, []);
        await AskAsync(GraphQLDocuments.EnableAutoMerge, new JsonObject { ["id"] = id, ["method"] = "SQUASH", ["head"] = head });
        await AskAsync(GraphQLDocuments.DisableAutoMerge, new JsonObject { ["id"] = id });
        (fleet.People.Record.Rules.MergeQueue, fleet.People.Record.Rules.QueueRuns) = (true, false);
        fleet.People.Record.Rules.RequiredChecks.Clear();
        await AskAsync(GraphQLDocuments.Enqueue, new JsonObject { ["id"] = id, ["head"] = head });
        await AskAsync(GraphQLDocuments.MergeQueue, new JsonObject { ["owner"] = "acme", ["name"] = "fleet", ["branch"] = "main" });

        var script = Path.Combine(ExampleRepo.Sources, "tests", "tools", "check-graphql.mjs");
        var run = await TestProgram.RunAsync("node", [script], talks.ToJsonString());

        Assert.Equal(("", 0), (run.Output + run.Errors, run.ExitCode));

        async Task AskAsync(string query, JsonObject variables)
        {
            var answer = await fleet.SendAsync(HttpMethod.Post, "/graphql", new { query, variables });
            Assert.Null(answer["errors"]);
            talks.Add(new JsonObject { ["query"] = query, ["variables"] = variables.DeepClone(), ["answer"] = answer });
        }
    }
}
