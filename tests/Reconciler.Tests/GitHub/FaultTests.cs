using System.Text;
using Microsoft.AspNetCore.Http;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using Xunit;
using static OdooSky.GitOps.Reconciler.GitHub.GitHubFailureKind;

namespace OdooSky.GitOps.Reconciler.Tests.GitHub;

/// <summary>
/// Endpoint × fault → reaction. <c>./test</c> tries one fault of each class on every endpoint, <c>./test --long</c> all of them.
/// </summary>
public sealed class FaultTests
{
    private const string Commit = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    private static readonly RepositoryName Fleet = RepositoryName.TryParse("acme/fleet")!;

    private static readonly (string Name, bool Read, Func<GitHubClient, CancellationToken, Task> Call)[] Endpoints =
    [
        ("get pull request", true, (client, stop) => client.PullRequest.GetAsync(Fleet, 7, stop)),
        ("open pull request", false, (client, stop) => client.PullRequest.CreateAsync(Fleet, new NewPullRequest("t", "h", "main"), stop)),
        ("get repository", true, (client, stop) => client.Repository.GetAsync(Fleet, stop)),
        ("get repository by id", true, (client, stop) => client.Repository.GetAsync(123456, stop)),
        ("permission", true, (client, stop) => client.Repository.PermissionAsync(Fleet, "jane", stop)),
        ("branch rules", true, (client, stop) => client.Repository.RulesAsync(Fleet, "main", stop)),
        ("list pull requests", true, (client, stop) => client.PullRequest.ListAsync(Fleet, new PullRequestRequest(), stop)),
        ("change pull request", false, (client, stop) => client.PullRequest.UpdateAsync(Fleet, 7, new PullRequestUpdate { Title = "t" }, stop)),
        ("ask for reviews", false, (client, stop) => client.PullRequest.RequestReviewersAsync(Fleet, 7, new PullRequestReviewRequest(["jane"], []), stop)),
        ("merge", false, (client, stop) => client.PullRequest.MergeAsync(Fleet, 7, new MergePullRequest(Commit, "squash"), stop)),
        ("list labels", true, (client, stop) => client.Issue.LabelsAsync(Fleet, 7, stop)),
        ("add labels", false, (client, stop) => client.Issue.AddLabelsAsync(Fleet, 7, ["odoosky"], stop)),
        ("list comments", true, (client, stop) => client.Issue.CommentsAsync(Fleet, 7, stop)),
        ("comment", false, (client, stop) => client.Issue.CommentAsync(Fleet, 7, "text", stop)),
        ("edit comment", false, (client, stop) => client.Issue.UpdateCommentAsync(Fleet, 1, "text", stop)),
        ("create status", false, (client, stop) => client.Status.CreateAsync(Fleet, Commit, new CommitStatus("success", "odoosky/rollout"), stop)),
        ("get statuses", true, (client, stop) => client.Status.GetCombinedAsync(Fleet, Commit, stop)),
        ("create check run", false, (client, stop) => client.Check.CreateAsync(Fleet, new NewCheckRun("odoosky", Commit), stop)),
        ("auto-merge", false, (client, stop) => client.GraphQL.EnableAutoMergeAsync("PR_7", "squash", Commit, stop)),
        ("merge queue", true, (client, stop) => client.GraphQL.MergeQueueAsync(Fleet, "main", stop)),
    ];

    // class, fault → what it is called, and how often a read and a write are sent. Reads are tried four times, writes once.
    private static readonly (string Class, string Name, Func<HttpContext, Task> Fault, GitHubFailureKind Kind, int Reads, int Writes)[] Faults =
    [
        ("broken", "reset before the answer", Reset, Interrupted, 4, 1),
        ("broken", "reset within the answer", ResetWithin, Interrupted, 4, 1),
        ("broken", "no answer", context => Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted), GitHubFailureKind.Timeout, 4, 1),
        ("broken", "JSON that is cut short", context => context.JsonAsync("{\"id\": 1, \"nu"), Interrupted, 4, 1),
        ("not GitHub", "JSON of another shape", context => context.JsonAsync("\"hello\""), NotGitHub, 1, 1),
        ("not GitHub", "a page with 200", Page, NotGitHub, 1, 1),
        ("moved", "301", context => Redirect(context, 301), Renamed, 1, 1),
        ("not GitHub", "302 to another host", context => Redirect(context, 302), NotGitHub, 1, 1),
        ("credential", "401", context => Refuse(context, 401, "Bad credentials"), Unauthorized, 1, 1),
        ("right", "403", context => Refuse(context, 403, "Resource not accessible by integration"), Forbidden, 1, 1),
        ("limit", "403, primary limit", context => Limit(context, 403, null, "API rate limit exceeded for installation ID 2."), Limited, 1, 1),
        ("limit", "403, secondary limit with Retry-After", context => Limit(context, 403, "30", "You have exceeded a secondary rate limit."), Limited, 1, 1),
        ("limit", "403, secondary limit without", context => Refuse(context, 403, "You have exceeded a secondary rate limit."), Limited, 1, 1),
        ("limit", "429", context => Refuse(context, 429, "Too many requests"), Limited, 1, 1),
        ("refused", "404", context => Refuse(context, 404, "Not Found"), NotFound, 1, 1),
        ("refused", "409", context => Refuse(context, 409, "Head branch was modified. Review and try the merge again."), Conflict, 1, 1),
        ("refused", "410", context => Refuse(context, 410, "This was deleted"), Gone, 1, 1),
        ("refused", "422", context => Refuse(context, 422, "Validation Failed"), Invalid, 1, 1),
        ("server", "500", context => Refuse(context, 500, "Server Error"), Fault, 4, 1),
        ("server", "502 with a page", context => Page(context, 502), Fault, 4, 1),
        ("server", "503 without a word", context => Empty(context, 503), Fault, 4, 1),
    ];

    public static TheoryData<string, string> Cells()
    {
        var all = Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null;
        var cells = new TheoryData<string, string>();
        for (var i = 0; i < Endpoints.Length; i++)
        foreach (var faults in Faults.GroupBy(fault => fault.Class, StringComparer.Ordinal).Select(group => group.ToList()))
        foreach (var fault in all ? faults : [faults[i % faults.Count]])
            cells.Add(Endpoints[i].Name, fault.Name);
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_fault_has_one_reaction(string endpoint, string fault)
    {
        var (_, read, call) = Endpoints.Single(each => each.Name == endpoint);
        var (_, _, act, kind, reads, writes) = Faults.Single(each => each.Name == fault);
        var clock = fault == "no answer" ? new FakeClock(TimeProvider.System.GetUtcNow()) : null;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            clock?.Advance(TimeSpan.FromSeconds(30));
            return act(context);
        });
        using var client = ClientTests.Open(server, clock);

        var failure = await Assert.ThrowsAsync<GitHubFailure>(() => call(client, TestContext.Current.CancellationToken));

        Assert.Equal(kind, failure.Kind);
        Assert.Equal(read ? reads : writes, server.Requests.Count);
        Assert.StartsWith("GitHub could not ", failure.Message);
        Assert.DoesNotContain("127.0.0.1", failure.Message);
        Assert.DoesNotContain("token-of-ours", failure.ToString());
        Assert.Equal(kind == Limited, failure.ResumesAt is not null);
    }

    [Fact]
    public async Task A_limit_is_kept_until_it_ends_and_nothing_is_sent_meanwhile()
    {
        await using var server = await ScriptedServer.StartAsync(context => Limit(context, 403, "30", "You have exceeded a secondary rate limit."));
        using var client = ClientTests.Open(server);

        var first = await Assert.ThrowsAsync<GitHubFailure>(() => client.PullRequest.GetAsync(Fleet, 7, TestContext.Current.CancellationToken));
        var second = await Assert.ThrowsAsync<GitHubFailure>(() => client.Repository.GetAsync(Fleet, TestContext.Current.CancellationToken));

        Assert.Equal(first.ResumesAt, second.ResumesAt);
        Assert.InRange(first.ResumesAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Nobody_there_and_an_unknown_certificate_send_nothing()
    {
        await using var server = await ScriptedServer.StartAsync(context => context.JsonAsync(Answers.Repository));
        var trusting = new GitHubOptions { Address = GitHubAddress.Of(server.Url), FirstWait = TimeSpan.Zero };
        using var distrustful = GitHubClient.Open(trusting, new FixedCredential("token-of-ours", "test"), TimeProvider.System);
        using var lost = GitHubClient.Open(
            trusting with { Address = GitHubAddress.Of(new Uri("https://127.0.0.1:1")) }, new FixedCredential("token-of-ours", "test"), TimeProvider.System);

        var untrusted = await Assert.ThrowsAsync<GitHubFailure>(() => distrustful.Repository.GetAsync(Fleet, TestContext.Current.CancellationToken));
        var refused = await Assert.ThrowsAsync<GitHubFailure>(() => lost.Repository.GetAsync(Fleet, TestContext.Current.CancellationToken));

        Assert.Equal((Untrusted, Unreachable), (untrusted.Kind, refused.Kind));
        Assert.Empty(server.Requests);
    }

    private static Task Reset(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task ResetWithin(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 1000;
        await context.Response.Body.WriteAsync("{\"id\": 1"u8.ToArray());
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static Task Page(HttpContext context) => Page(context, 200);

    private static Task Page(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("<html>Please log in</html>")).AsTask();
    }

    private static Task Empty(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Redirect(HttpContext context, int status)
    {
        context.Response.Headers.Location = "https://elsewhere.example/repositories/123456";
        return Refuse(context, status, "Moved");
    }

    private static Task Refuse(HttpContext context, int status, string message) => context.JsonAsync($$"""{"message": "{{message}}"}""", status);

    private static Task Limit(HttpContext context, int status, string? retryAfter, string message)
    {
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        else
        {
            context.Response.Headers["X-RateLimit-Remaining"] = "0";
            context.Response.Headers["X-RateLimit-Reset"] = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return Refuse(context, status, message);
    }
}
