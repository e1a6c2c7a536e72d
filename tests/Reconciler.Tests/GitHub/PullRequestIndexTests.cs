using Microsoft.AspNetCore.Http;
using OdooSky.GitOps.Reconciler.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHub;

public sealed class PullRequestIndexTests
{
    private static readonly RepositoryName Fleet = RepositoryName.TryParse("acme/fleet")!;

    // What the server has: number → (state, touched). Its lists are paged, sorted and marked as GitHub's.
    private readonly SortedDictionary<int, (string State, int Touched)> has = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_open_pull_requests_cost_one_request_without_change_and_no_quota()
    {
        for (var number = 1; number <= 1000; number++) has[number] = ("open", number);
        await using var server = await ScriptedServer.StartAsync(ListAsync);
        using var client = ClientTests.Open(server);
        var index = new PullRequestIndex(client.PullRequest, Fleet, "odoosky/prod/");

        await index.RefreshAsync(Cancellation);
        var atStart = server.Requests.Count;
        server.Forget();
        var changed = await index.RefreshAsync(Cancellation);

        Assert.Equal((1000, 12, false), (index.Open.Length, atStart, changed));
        Assert.NotEmpty(Assert.Single(server.Requests).Headers["If-None-Match"]);
    }

    [Fact]
    public async Task What_was_touched_is_found_however_much_it_is()
    {
        for (var number = 1; number <= 300; number++) has[number] = ("open", number);
        await using var server = await ScriptedServer.StartAsync(ListAsync);
        using var client = ClientTests.Open(server);
        var index = new PullRequestIndex(client.PullRequest, Fleet, "odoosky/prod/");
        await index.RefreshAsync(Cancellation);

        for (var number = 1; number <= 150; number++) has[number] = ("closed", 1000 + number);
        has[301] = ("open", 2000);
        server.Forget();
        var changed = await index.RefreshAsync(Cancellation);

        Assert.True(changed);
        Assert.Equal(Enumerable.Range(151, 151), index.Open.Select(each => each.Number));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_branch_s_past_is_asked_for_once_and_kept_up_to_date()
    {
        has[1] = ("closed", 1);
        await using var server = await ScriptedServer.StartAsync(ListAsync);
        using var client = ClientTests.Open(server);
        var index = new PullRequestIndex(client.PullRequest, Fleet, "odoosky/prod/");
        await index.RefreshAsync(Cancellation);

        var before = await index.OfBranchAsync("odoosky/prod/i-1", Cancellation);
        has[1] = ("open", 5);
        await index.RefreshAsync(Cancellation);
        server.Forget();
        var after = await index.OfBranchAsync("odoosky/prod/i-1", Cancellation);

        Assert.Equal(("closed", "open"), (Assert.Single(before).State, Assert.Single(after).State));
        Assert.Empty(server.Requests);
    }

    private Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (page, state) = (int.Parse(query["page"]!, System.Globalization.CultureInfo.InvariantCulture), query["state"].ToString());
        var all = has.Where(each => state == "all" || each.Value.State == state)
            .Where(each => query["head"].Count == 0 || query["head"] == $"acme:odoosky/prod/i-{each.Key}");
        all = query["sort"] == "updated" ? all.OrderByDescending(each => each.Value.Touched) : all;
        var items = all.Skip((page - 1) * 100).Take(100)
            .Select(each => Answers.PullRequest(each.Key, $"odoosky/prod/i-{each.Key}", each.Value.State, DateTimeOffset.UnixEpoch.AddSeconds(each.Value.Touched).ToString("O")));
        if (all.Count() > page * 100) context.Response.Headers.Link = "<https://127.0.0.1/next>; rel=\"next\"";
        return context.MarkedAsync($"[{string.Join(',', items)}]", $"W/\"{all.Sum(each => (long)each.Key * each.Value.Touched)}\"");
    }
}
