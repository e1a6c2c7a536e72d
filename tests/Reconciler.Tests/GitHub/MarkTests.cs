using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Proposals;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHub;

/// <summary>The mark of a rollout on a commit of GitHub.</summary>
public sealed class MarkTests
{
    private const string Commit = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    [Theory]
    [InlineData("Live", 0)]
    [InlineData("Rolling: rolling-out", 1)]
    public async Task A_mark_is_written_only_when_it_says_something_new(string words, int written)
    {
        const string there = $$"""{"state":"success","sha":"{{Commit}}","total_count":2,"statuses":[{"state":"failure","context":"ci/other","description":"Live"},{"state":"success","context":"odoosky/rollout","description":"Live"}]}""";
        await using var server = await ScriptedServer.StartAsync(context => context.Request.Path.Value!.EndsWith("/status", StringComparison.Ordinal) ? context.JsonAsync(there)
            : context.Request.Method == "POST" ? context.JsonAsync("""{"state":"pending","context":"odoosky/rollout"}""", 201)
            : context.JsonAsync(Answers.Repository));
        using var client = ClientTests.Open(server);
        var pulls = new GitHubPullRequests(client, new PullRequestPlace(RepositoryName.TryParse("acme/fleet")!, "main", null), TimeProvider.System);

        await pulls.MarkAsync(Commit, new CommitMark(written == 0 ? MarkState.Success : MarkState.Pending, words), TestContext.Current.CancellationToken);

        var posts = server.Requests.Where(request => request.Line.StartsWith("POST", StringComparison.Ordinal)).ToList();
        Assert.Equal(written, posts.Count);
        if (written > 0) Assert.Equal(($"POST /api/v3/repos/acme/fleet/statuses/{Commit}", """{"state":"pending","context":"odoosky/rollout","description":"Rolling: rolling-out"}"""), (posts[0].Line, posts[0].Body));
    }
}
