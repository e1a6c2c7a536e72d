using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHubStandIn;

public sealed class PullRequestTests
{
    [Fact]
    public async Task A_pull_request_is_opened_once_per_head_and_found_by_it()
    {
        await using var fleet = await Fleet.StartAsync();
        var opened = await fleet.OpenAsync("odoosky/prod/i-a");

        var again = await fleet.SendAsync(HttpMethod.Post, Fleet.Repo + "/pulls", new { title = "Again", head = "odoosky/prod/i-a", @base = "main" }, 422);
        var found = await fleet.ListAsync(Fleet.Repo + "/pulls?state=open&head=acme:odoosky/prod/i-a");

        Assert.Equal(1, (int)opened["number"]!);
        Assert.Equal("A pull request already exists for acme:odoosky/prod/i-a.", (string)again["errors"]![0]!["message"]!);
        Assert.Equal(1, (int)Assert.Single(found)!["number"]!);
        Assert.Empty(await fleet.ListAsync(Fleet.Repo + "/pulls?state=open&head=acme:other"));
    }

    [Fact]
    public async Task A_head_without_commits_or_without_a_branch_is_refused_in_GitHubs_words()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.People.SetBranchAsync("jane", "same", fleet.People.Git.Head("main")!, Fleet.Cancel);

        var same = await fleet.SendAsync(HttpMethod.Post, Fleet.Repo + "/pulls", new { title = "x", head = "same", @base = "main" }, 422);
        var none = await fleet.SendAsync(HttpMethod.Post, Fleet.Repo + "/pulls", new { title = "x", head = "none", @base = "main" }, 422);

        Assert.Equal("No commits between main and same", (string)same["errors"]![0]!["message"]!);
        Assert.Equal("""{"resource":"PullRequest","code":"invalid","field":"head"}""", none["errors"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task Title_body_and_state_change_and_a_deleted_branch_stays_closed()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.OpenAsync("x");

        var edited = await fleet.SendAsync(HttpMethod.Patch, Fleet.Repo + "/pulls/1", new { title = "New", body = "Text" });
        await fleet.SendAsync(HttpMethod.Patch, Fleet.Repo + "/pulls/1", new { state = "closed" });
        var reopened = await fleet.SendAsync(HttpMethod.Patch, Fleet.Repo + "/pulls/1", new { state = "open" });
        await fleet.People.DeleteBranchAsync("jane", "x", Fleet.Cancel);
        var closed = await fleet.GetAsync(Fleet.Repo + "/pulls/1");
        var refused = await fleet.SendAsync(HttpMethod.Patch, Fleet.Repo + "/pulls/1", new { state = "open" }, 422);

        Assert.Equal(("New", "Text"), ((string)edited["title"]!, (string)edited["body"]!));
        Assert.Equal("open", (string)reopened["state"]!);
        Assert.Equal("closed", (string)closed["state"]!);
        Assert.Equal("state cannot be changed. The x branch has been deleted.", (string)refused["errors"]![0]!["message"]!);
    }

    [Fact]
    public async Task Labels_and_comments_are_kept()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.OpenAsync("x");

        await fleet.SendAnyAsync(HttpMethod.Post, Fleet.Repo + "/issues/1/labels", new { labels = new[] { "odoosky", "restart" } });
        await fleet.SendAnyAsync(HttpMethod.Delete, Fleet.Repo + "/issues/1/labels/restart");
        var comment = await fleet.SendAsync(HttpMethod.Post, Fleet.Repo + "/issues/1/comments", new { body = "Hello" }, 201);
        await fleet.SendAsync(HttpMethod.Patch, $"{Fleet.Repo}/issues/comments/{comment["id"]}", new { body = "Bye" });

        Assert.Equal("odoosky", (string)Assert.Single((await fleet.GetAsync(Fleet.Repo + "/pulls/1"))["labels"]!.AsArray())!["name"]!);
        Assert.Equal("Bye", (string)Assert.Single(await fleet.ListAsync(Fleet.Repo + "/issues/1/comments"))!["body"]!);
        await fleet.SendAsync(HttpMethod.Delete, Fleet.Repo + "/issues/1/labels/restart", expected: 404);
    }

    [Fact]
    public async Task Pages_have_links()
    {
        await using var fleet = await Fleet.StartAsync();
        for (var i = 0; i < 5; i++) await fleet.OpenAsync($"b{i}", $"a: {i + 10}\n");

        using var answer = await fleet.Http.GetAsync(Fleet.Repo + "/pulls?per_page=2&page=2", Fleet.Cancel);

        Assert.Equal(
            $"<{fleet.Hub.Address}{Fleet.Repo}/pulls?per_page=2&page=1>; rel=\"prev\", <{fleet.Hub.Address}{Fleet.Repo}/pulls?per_page=2&page=3>; rel=\"next\", "
            + $"<{fleet.Hub.Address}{Fleet.Repo}/pulls?per_page=2&page=3>; rel=\"last\", <{fleet.Hub.Address}{Fleet.Repo}/pulls?per_page=2&page=1>; rel=\"first\"",
            answer.Headers.GetValues("Link").Single());
    }
}
