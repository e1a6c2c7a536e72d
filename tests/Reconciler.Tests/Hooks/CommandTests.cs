using OdooSky.GitOps.Reconciler.Hooks;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Forge;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Hooks;

/// <summary>Commands in comments, against a GitHub over HTTP: what it says counts, and not what the webhook says.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private HttpFleet fleet = null!;
    private HookedService service = null!;

    public async ValueTask InitializeAsync()
    {
        fleet = await HttpFleet.StartAsync("", HttpFleet.Instance("acme"));
        fleet.Record.Collaborators["jane"] = "write";
        fleet.Record.Collaborators["rob"] = "read";
        service = await HookedService.StartAsync(fleet.Clock, new ServedTarget(fleet.Target(), new ScheduleSettings { Reconcile = "1d", Drift = "30d" }));
        fleet.Hub.Log.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await fleet.DisposeAsync();
    }

    [Fact]
    public async Task Retry_starts_a_pass_and_writes_nothing()
    {
        Assert.Equal("prod: /odoosky retry of jane on #1", await SayAsync("jane", "/odoosky retry"));

        Assert.Equal("prod Reconcile", await service.RanAsync());
        Assert.Empty(fleet.Writes);
    }

    [Fact]
    public async Task Rebuild_gives_an_edited_branch_back_to_the_service()
    {
        await fleet.SetOverlayAsync("acme", "9.9", "odoosky/prod/i-acme");
        await SayAsync("jane", "/odoosky retry");
        await service.RanAsync();
        Assert.Contains("odoosky/edited", fleet.Pull(1).Labels);

        Assert.Equal("prod: /odoosky rebuild of jane on #1", await SayAsync("jane", "/odoosky rebuild\nThat was a mistake of mine."));
        await service.RanAsync();

        Assert.Equal("1.1", await fleet.VersionAsync(fleet.Head("odoosky/prod/i-acme")!, "acme"));
        Assert.DoesNotContain("odoosky/edited", fleet.Pull(1).Labels);
    }

    [Fact]
    public async Task Explain_says_the_plan_in_one_comment_that_is_edited_in_place()
    {
        await SayAsync("jane", "/odoosky explain");
        var said = Explanation();
        await SayAsync("jane", "/odoosky explain");

        Assert.StartsWith("What the newest plan says about this pull request:\n\n- `acme`: `", said, StringComparison.Ordinal);
        Assert.Equal(said, Explanation());
        Assert.Equal(["POST /issues/{issue_number}/comments 201"], fleet.Writes);
    }

    [Fact]
    public async Task Hold_suspends_the_instances_for_a_week_with_who_and_why_and_says_so()
    {
        Assert.Equal("prod: /odoosky hold of jane on #1", await SayAsync("jane", "/odoosky hold the audit runs until Friday"));
        await service.RanAsync();

        var held = Assert.Single(await fleet.SuspensionsAsync());
        Assert.Equal(("acme", "jane", "the audit runs until Friday"), (held.Name, held.By, held.Reason));
        Assert.Equal(held.At + TimeSpan.FromDays(7), held.Until);
        Assert.Contains("odoosky/suspended", fleet.Pull(1).Labels);
        var comment = Assert.Single(fleet.Record.Comments, comment => comment.Body.Contains("odoosky:comment hold", StringComparison.Ordinal)).Body;
        Assert.StartsWith("Suspended `by jane until ", comment, StringComparison.Ordinal);
        Assert.Contains("`odoosky resume acme`", comment, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("8d")]
    public async Task Hold_never_shortens_a_suspension_that_lasts_longer(string? lasts)
    {
        var suspended = await fleet.RunAsync(["suspend", "acme", "--by", "Ops", "--reason", "Until the upgrade", .. lasts is null ? (string[])[] : ["--until", lasts]]);
        Assert.True(suspended.Exit == 0, suspended.Messages);
        var before = Assert.Single(await fleet.SuspensionsAsync());

        var said = await SayAsync("jane", "/odoosky hold for a week");

        Assert.Equal(before, Assert.Single(await fleet.SuspensionsAsync()));
        Assert.StartsWith("prod: /odoosky hold of jane on #1 changed nothing: acme stays suspended by ", said, StringComparison.Ordinal);
        var comment = Assert.Single(fleet.Record.Comments, comment => comment.Body.Contains("odoosky:comment hold", StringComparison.Ordinal)).Body;
        Assert.StartsWith("Nothing was changed: what is suspended lasts longer than a hold would.\n\n`acme stays suspended by ", comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hold_lengthens_a_suspension_that_would_end_before()
    {
        Assert.Equal(0, (await fleet.RunAsync("suspend", "acme", "--by", "Ops", "--reason", "Until tomorrow", "--until", "1d")).Exit);

        Assert.Equal("prod: /odoosky hold of jane on #1", await SayAsync("jane", "/odoosky hold for a week"));

        var held = Assert.Single(await fleet.SuspensionsAsync());
        Assert.Equal(("for a week", held.At + TimeSpan.FromDays(7)), (held.Reason, held.Until));
        await service.RanAsync();
    }

    [Theory]
    [InlineData("/odoosky hold", "held by a comment on #1")]
    [InlineData("/odoosky hold @octocat \u202e see #7", null)]
    public async Task Hold_takes_any_reason_as_data(string said, string? reason)
    {
        await SayAsync("jane", said);
        await service.RanAsync();

        var held = Assert.Single(await fleet.SuspensionsAsync());
        if (reason is not null) Assert.Equal(reason, held.Reason);
        Assert.DoesNotContain('\u202e', held.Reason);
    }

    [Fact]
    public async Task Who_may_not_write_holds_nothing()
    {
        Assert.Contains("refused: they have no write permission", await SayAsync("rob", "/odoosky hold it"), StringComparison.Ordinal);

        Assert.Empty(await fleet.SuspensionsAsync());
    }

    [Theory]
    [InlineData("rob", "refused: they have no write permission")]
    [InlineData("mallory", "refused: they have no write permission")]
    public async Task People_without_write_permission_are_refused(string who, string words)
    {
        Assert.Contains(words, await SayAsync(who, "/odoosky rebuild"), StringComparison.Ordinal);

        Assert.Empty(fleet.Writes);
        Assert.DoesNotContain("odoosky/rebuild", fleet.Pull(1).Labels);
        Assert.False(service.HasRun);
    }

    [Fact]
    public async Task What_the_payload_claims_about_comment_and_author_does_not_count()
    {
        var id = await fleet.People.CommentAsync("rob", 1, "Looks good.", HookedService.Cancel);

        Assert.Contains("it holds no command", await SendAsync(id, "jane", "/odoosky rebuild"), StringComparison.Ordinal);
        Assert.Contains("it holds no command", await SendAsync(4711, "jane", "/odoosky rebuild"), StringComparison.Ordinal);
        Assert.Empty(fleet.Writes);
    }

    [Fact]
    public async Task A_command_that_is_sent_again_after_hours_is_passed_over()
    {
        var id = await fleet.People.CommentAsync("jane", 1, "/odoosky rebuild", HookedService.Cancel);
        fleet.Clock.Go(TimeSpan.FromHours(2));

        Assert.Contains("it is older than an hour", await SendAsync(id, "jane", "/odoosky rebuild"), StringComparison.Ordinal);
        Assert.Empty(fleet.Writes);
    }

    [Theory]
    [InlineData("/odoosky retry", "Retry")]
    [InlineData("  /odoosky  rebuild \r\nwhatever", "Rebuild")]
    [InlineData("/odoosky hold", "Hold")]
    [InlineData("/odoosky hold  until the audit is over \r\nThanks!", "Hold: until the audit is over")]
    [InlineData("/odoosky hold\nThat was a mistake of mine.", "Hold")]
    [InlineData("/odoosky retry please", null)]
    [InlineData("> /odoosky retry", null)]
    [InlineData("/odooskyretry", null)]
    [InlineData("/odoosky 1", null)]
    [InlineData(null, null)]
    public void The_first_line_is_a_command_and_nothing_else_but_a_reason_to_hold(string? body, string? command) =>
        Assert.Equal(command, CommandWord.TryParse(body) is { } asked ? asked.Command + (asked.Reason.Length > 0 ? ": " + asked.Reason : "") : null);

    private string Explanation() => Assert.Single(fleet.Record.Comments, comment => comment.Body.Contains("odoosky:comment explain", StringComparison.Ordinal)).Body;

    private async Task<string> SayAsync(string who, string body) => await SendAsync(await fleet.People.CommentAsync(who, 1, body, HookedService.Cancel), who, body);

    private async Task<string> SendAsync(long id, string who, string body)
    {
        var payload = new { action = "created", issue = new { number = 1, pull_request = new { url = "x" } }, comment = new { id, body, user = new { login = who } }, repository = new { full_name = "acme/fleet" } };
        Assert.Equal(202, (await service.SendAsync(service.Hook("issue_comment", payload))).Status);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await service.Said.Reader.ReadAsync(limit.Token);
    }
}
