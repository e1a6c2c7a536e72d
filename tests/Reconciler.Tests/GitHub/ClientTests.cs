using OdooSky.GitOps.Reconciler.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHub;

public sealed class ClientTests
{
    private static readonly RepositoryName Fleet = RepositoryName.TryParse("acme/fleet")!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_bears_what_github_asks_for()
    {
        await using var server = await ScriptedServer.StartAsync(context => context.JsonAsync(Answers.Repository));
        using var client = Open(server);

        var repository = await client.Repository.GetAsync(Fleet, Cancellation);

        Assert.Equal((123456, "acme/fleet", true), (repository.Id, repository.FullName, repository.Permissions!.Push));
        var request = Assert.Single(server.Requests);
        Assert.Equal("GET /api/v3/repos/acme/fleet", request.Line);
        Assert.Equal("application/vnd.github+json, application/json", request.Headers["Accept"]);
        Assert.Equal("2022-11-28", request.Headers["X-GitHub-Api-Version"]);
        Assert.Equal("Bearer token-of-ours", request.Headers["Authorization"]);
        Assert.StartsWith("odoosky/", request.Headers["User-Agent"]);
    }

    [Fact]
    public async Task A_pull_request_is_opened_with_what_was_said_and_nothing_else()
    {
        await using var server = await ScriptedServer.StartAsync(context => context.JsonAsync(Answers.PullRequest(7), 201));
        using var client = Open(server);

        var opened = await client.PullRequest.CreateAsync(
            Fleet, new NewPullRequest("odoosky(prod): acme", "odoosky/prod/i-acme", "main") { Body = "text", Draft = true }, Cancellation);

        Assert.Equal((7, true, true, "odoosky"), (opened.Number, opened.IsOpen, opened.IsFromSameRepository, Assert.Single(opened.Labels).Name));
        var request = Assert.Single(server.Requests);
        Assert.Equal("POST /api/v3/repos/acme/fleet/pulls", request.Line);
        Assert.Equal(
            """{"title":"odoosky(prod): acme","head":"odoosky/prod/i-acme","base":"main","body":"text","draft":true,"maintainer_can_modify":false}""",
            request.Body);
    }

    [Fact]
    public async Task A_slash_within_a_name_goes_over_the_wire_escaped()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
            context.JsonAsync("""{"ref": "refs/heads/main", "object": {"type": "commit", "sha": "6dcb09b5b57875f334f61aebed695e2e4193db5e"}}"""));
        using var client = Open(server);

        var found = await client.Git.FindAsync(Fleet, "heads/main", Cancellation);

        Assert.Equal("refs/heads/main", found!.Ref);
        Assert.Equal("GET /api/v3/repos/acme/fleet/git/ref/heads%2Fmain", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task A_list_says_whether_there_is_more_also_when_it_is_unchanged()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.Headers.Link = "<https://127.0.0.1/next>; rel=\"next\"";
            return context.MarkedAsync($"[{Answers.PullRequest(7)}]", "W/\"one\"");
        });
        using var client = Open(server);
        var request = new PullRequestRequest { State = ItemState.All, Sort = "updated", Head = "acme:odoosky/prod/i-acme" };

        var first = await client.PullRequest.ListAsync(Fleet, request, Cancellation);
        var second = await client.PullRequest.ListAsync(Fleet, request, Cancellation);

        Assert.Equal((true, false), (first.HasNext, first.Unchanged));
        Assert.Equal((true, true, 7), (second.HasNext, second.Unchanged, Assert.Single(second.Items).Number));
        Assert.Equal(
            "GET /api/v3/repos/acme/fleet/pulls?state=all&sort=updated&direction=desc&per_page=100&page=1&head=acme%3Aodoosky%2Fprod%2Fi-acme",
            server.Requests[0].Line);
    }

    [Fact]
    public async Task Auto_merge_goes_to_graphql_beside_the_rest_api()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
            context.JsonAsync("""{"data": {"enablePullRequestAutoMerge": {"pullRequest": {"number": 7}}}}"""));
        using var client = Open(server);

        await client.GraphQL.EnableAutoMergeAsync("PR_7", "squash", "6dcb09b5b57875f334f61aebed695e2e4193db5e", Cancellation);

        var request = Assert.Single(server.Requests);
        Assert.Equal("POST /api/graphql", request.Line);
        Assert.EndsWith(""","variables":{"id":"PR_7","method":"SQUASH","head":"6dcb09b5b57875f334f61aebed695e2e4193db5e"}}""", request.Body);
    }

    internal static GitHubClient Open(ScriptedServer server, TimeProvider? time = null) => GitHubClient.Open(
        new GitHubOptions
        {
            Address = GitHubAddress.Of(server.Url),
            CaFile = server.CaFile,
            FirstWait = TimeSpan.Zero,
            Budget = new BudgetLimits { BetweenWrites = TimeSpan.Zero },
        },
        new FixedCredential("token-of-ours", "the test's token"),
        time ?? TimeProvider.System);
}
