using System.Globalization;
using Microsoft.AspNetCore.Http;
using OdooSky.GitOps.Reconciler.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHub;

public sealed class PullRequestLedgerTests
{
    private static readonly RepositoryName Fleet = RepositoryName.TryParse("acme/fleet")!;

    // What the server has: number → (state, touched). Its lists are paged, sorted and marked as GitHub's.
    private readonly SortedDictionary<int, (string State, int Touched)> has = [];
    private Action<int> whileReading = _ => { };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_pull_requests_cost_one_request_without_change_and_no_quota()
    {
        for (var number = 1; number <= 1000; number++) has[number] = ("open", number);
        await using var server = await ScriptedServer.StartAsync(ListAsync);
        using var client = ClientTests.Open(server);
        var ledger = new PullRequestLedger(client, Fleet);

        await ledger.ReadAsync(Cancellation);
        var atStart = server.Requests.Count;
        server.Forget();
        var all = await ledger.ReadAsync(Cancellation);

        Assert.Equal((1000, 11), (all.Length, atStart));
        Assert.NotEmpty(Assert.Single(server.Requests).Headers["If-None-Match"]);
    }

    [Fact]
    public async Task What_was_touched_is_found_however_much_it_is()
    {
        for (var number = 1; number <= 300; number++) has[number] = ("open", number);
        await using var server = await ScriptedServer.StartAsync(ListAsync);
        using var client = ClientTests.Open(server);
        var ledger = new PullRequestLedger(client, Fleet);
        await ledger.ReadAsync(Cancellation);

        for (var number = 1; number <= 150; number++) has[number] = ("closed", 1000 + number);
        has[301] = ("open", 2000);
        server.Forget();
        var all = await ledger.ReadAsync(Cancellation);

        Assert.Equal(Enumerable.Range(151, 151), all.Where(each => each.IsOpen).Select(each => each.Number));
        Assert.Equal(3, server.Requests.Count); // two pages, and the first one again
    }

    [Fact]
    public async Task What_is_touched_while_the_pages_are_read_is_not_missed()
    {
        for (var number = 1; number <= 250; number++) has[number] = ("open", number);
        await using var server = await ScriptedServer.StartAsync(ListAsync);
        using var client = ClientTests.Open(server);
        var ledger = new PullRequestLedger(client, Fleet);
        whileReading = page =>
        {
            // The last one is closed after the first page was read: it moves there, and no later page shows it.
            if (page == 2 && has[1].State == "open") has[1] = ("closed", 5000);
        };

        var all = await ledger.ReadAsync(Cancellation);

        Assert.Equal("closed", all.Single(each => each.Number == 1).State);
        Assert.Equal(250, all.Length);
    }

    private Task ListAsync(HttpContext context)
    {
        var page = int.Parse(context.Request.Query["page"]!, CultureInfo.InvariantCulture);
        whileReading(page);
        var all = has.OrderByDescending(each => each.Value.Touched).ToList();
        var items = all.Skip((page - 1) * 100).Take(100)
            .Select(each => Answers.PullRequest(each.Key, $"odoosky/prod/i-{each.Key}", each.Value.State, DateTimeOffset.UnixEpoch.AddSeconds(each.Value.Touched).ToString("O")));
        if (all.Count > page * 100) context.Response.Headers.Link = "<https://127.0.0.1/next>; rel=\"next\"";
        return context.MarkedAsync($"[{string.Join(',', items)}]", $"W/\"{all.Sum(each => (long)each.Key * each.Value.Touched)}\"");
    }
}
