using System.Globalization;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>From a change of the wish to the merge, over HTTP from end to end.</summary>
public sealed class StoryTests
{
    private const string Pulls = "POST /repos/{owner}/{repo}/pulls";

    private static bool IsLong => Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null;

    [Fact]
    public async Task One_pull_request_is_opened_per_group_and_the_next_pass_writes_nothing()
    {
        await using var fleet = await HttpFleet.StartAsync("labels: [odoosky, fleet]\n", [.. HttpFleet.Instance("acme"), .. HttpFleet.Instance("globex")]);

        var report = await fleet.PassAsync();
        string[] writes = [.. fleet.Writes];
        await fleet.PassAsync();
        string[] second = [.. fleet.Writes];
        await fleet.RestartAsync(elsewhere: true);
        await fleet.PassAsync();

        Assert.Equal([BranchOutcome.Opened, BranchOutcome.Opened], report.Branches.Select(branch => branch.Outcome));
        Assert.Equal($"{fleet.Hub.Address}/acme/fleet/pull/1", report.Branches[0].Receipt?.Location);
        Assert.Equal(
            ["POST git-receive-pack 200", "POST /pulls 201", "POST /issues/{issue_number}/labels 200", "POST /pulls 201", "POST /issues/{issue_number}/labels 200"],
            writes);
        Assert.Empty(second.Concat(fleet.Writes));
        Assert.Equal(["fleet", "odoosky"], fleet.Pull(1).Labels.Order(StringComparer.Ordinal));
        Assert.Equal("odoosky(prod): acme ~1 addon", fleet.Pull(1).Title);
        Assert.StartsWith("<!-- odoosky:begin -->\nChanges 1 overlay; merging it **restarts 1 of 2 instances**.", fleet.Pull(1).Body);
    }

    [Fact]
    public async Task A_pass_with_nothing_to_do_asks_twice_and_is_answered_304_however_many_are_open()
    {
        var count = IsLong ? 1000 : 30;
        var files = Enumerable.Range(0, count).SelectMany(i => HttpFleet.Instance(string.Create(CultureInfo.InvariantCulture, $"i{i:0000}"))).ToArray();
        await using var fleet = await HttpFleet.StartAsync("limits: {openPullRequests: 1000, newPerHour: 1000}\nguards: {changes: 100%, restarts: 100%}\n", files);

        await fleet.PassAsync();
        await fleet.PassAsync();
        await fleet.PassAsync();

        Assert.Equal(count, fleet.OpenPulls.Count());
        Assert.Equal(0, fleet.Hub.Limits.Refused);
        var api = fleet.Hub.Log.Requests.Where(one => one.Path!.StartsWith("/api/", StringComparison.Ordinal)).Select(one => $"{one.What} {one.Status}");
        Assert.Equal(["GET /repos/{owner}/{repo} 304", "GET /repos/{owner}/{repo}/pulls 304"], api);
        Assert.Empty(fleet.Writes);
    }

    [Fact]
    public async Task Another_instance_s_change_writes_nothing_to_the_pull_requests_that_are_open()
    {
        await using var fleet = await HttpFleet.StartAsync("", [.. HttpFleet.Instance("acme"), .. HttpFleet.Instance("globex")]);
        await fleet.PassAsync();
        await fleet.AddAsync("initech");

        await fleet.PassAsync();

        Assert.Equal(["POST git-receive-pack 200", "POST /pulls 201", "POST /issues/{issue_number}/labels 200"], fleet.Writes);
        Assert.Contains("restarts 1 of 2 instances", fleet.Pull(1).Body!);
        Assert.Contains("restarts 1 of 3 instances", fleet.Pull(3).Body!);
    }

    [Fact]
    public async Task Reviewers_assignees_labels_and_drafts_are_as_the_settings_say_and_asked_for_once()
    {
        await using var fleet = await HttpFleet.StartAsync("reviewers: [jane, acme/platform]\nassignees: [jane]\nlabels: []\ndraft: true\n", HttpFleet.Instance("acme"));
        fleet.Record.Collaborators["jane"] = "write";
        fleet.Record.Teams.Add("platform");

        await fleet.PassAsync();
        await fleet.PassAsync();

        var pull = fleet.Pull(1);
        Assert.Equal(("jane", "platform", "jane", true), (pull.Reviewers.Single().Login, pull.TeamReviewers.Single(), pull.Assignees.Single().Login, pull.Draft));
        Assert.Empty(fleet.Writes);
    }

    [Fact]
    public async Task Who_can_t_be_asked_is_named_and_does_not_stop_the_rest()
    {
        await using var fleet = await HttpFleet.StartAsync("reviewers: [nobody]\n", HttpFleet.Instance("acme"));

        var report = await fleet.PassAsync();
        await fleet.PassAsync();

        Assert.StartsWith("nobody was asked for a review: GitHub could not ask for reviews of pull request #1: 422 Reviews may only be requested from collaborators.", report.Branches[0].Detail);
        Assert.Equal(["odoosky"], fleet.Pull(1).Labels);
        Assert.Empty(fleet.Writes);
    }

    [Fact]
    public async Task A_large_group_fits_into_one_text_that_GitHub_takes()
    {
        var files = Enumerable.Range(0, 300).SelectMany(i => HttpFleet.Instance($"instance-with-a-long-name-{i:000}")).ToArray();
        await using var fleet = await HttpFleet.StartAsync("grouping: all\nlimits: {groupSize: 1000}\nguards: {changes: 100%, restarts: 100%}\n", files);

        await fleet.PassAsync();
        await fleet.PassAsync();

        Assert.Empty(fleet.Writes);
        Assert.InRange(fleet.Pull(1).Body!.Length, 50_000, 60_100);
        Assert.Equal(300, ProposalMarker.TryRead(fleet.Pull(1).Body!)!.Changes!.Count);
        Assert.Contains("more diffs can be read in the commits.", fleet.Pull(1).Body!);
    }

    [Fact]
    public async Task A_branch_that_a_rule_refuses_is_told_in_GitHub_s_words_holds_nobody_up_and_is_not_pushed_again_for_an_hour()
    {
        await using var fleet = await HttpFleet.StartAsync("", [.. HttpFleet.Instance("acme"), .. HttpFleet.Instance("globex")]);
        fleet.Record.Rules.Refusals.Add(PushRefusal.RuleSet("refs/heads/odoosky/prod/i-acme"));

        var report = await fleet.PassAsync();
        await fleet.PassAsync();
        string[] second = [.. fleet.Writes];
        fleet.Clock.Go(TimeSpan.FromHours(1));
        fleet.Record.Rules.Refusals.Clear();
        await fleet.PassAsync();

        Assert.Equal([BranchOutcome.Refused, BranchOutcome.Opened], report.Branches.Select(branch => branch.Outcome));
        Assert.Contains("GH013: Repository rule violations found for refs/heads/odoosky/prod/i-acme.", report.Branches[0].Detail, StringComparison.Ordinal);
        Assert.Empty(second);
        Assert.Equal(["odoosky/prod/i-acme", "odoosky/prod/i-globex"], fleet.OpenPulls.Select(pull => pull.HeadBranch).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_hook_that_refuses_a_whole_push_for_one_branch_lets_the_others_through()
    {
        await using var fleet = await HttpFleet.StartAsync("", [.. HttpFleet.Instance("acme"), .. HttpFleet.Instance("globex"), .. HttpFleet.Instance("initech")]);
        fleet.Record.Rules.Refusals.Add(PushRefusal.Hook("refs/heads/odoosky/prod/i-globex", "No pushes for globex on Fridays.\n"));

        var report = await fleet.PassAsync();

        Assert.Equal([BranchOutcome.Opened, BranchOutcome.Refused, BranchOutcome.Opened], report.Branches.Select(branch => branch.Outcome));
        Assert.Contains("No pushes for globex on Fridays.", report.Branches[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_GitHub_refuses_to_open_is_told_and_not_sent_again_with_every_pass()
    {
        await using var fleet = await HttpFleet.StartAsync("", [.. HttpFleet.Instance("acme"), .. HttpFleet.Instance("globex")]);
        fleet.Hub.Faults.On(Pulls, 1, Fault.Answer(422, """{"message":"Draft pull requests are not supported in this repository."}"""));

        var report = await fleet.PassAsync();
        await fleet.PassAsync();
        string[] second = [.. fleet.Writes];
        await fleet.SetWishAsync("acme", "1.2");
        await fleet.PassAsync();

        Assert.Equal([BranchOutcome.Refused, BranchOutcome.Opened], report.Branches.Select(branch => branch.Outcome));
        Assert.Contains("Draft pull requests are not supported", report.Branches[0].Detail, StringComparison.Ordinal);
        Assert.Empty(second);
        Assert.Equal(2, fleet.OpenPulls.Count());
    }

    [Fact]
    public async Task A_limit_ends_the_pass_with_the_time_and_afterwards_it_goes_on_without_a_duplicate()
    {
        await using var fleet = await HttpFleet.StartAsync("", [.. HttpFleet.Instance("acme"), .. HttpFleet.Instance("globex")]);
        fleet.Hub.Limits.Leave(HttpFleet.Token, 5);

        var failure = await Assert.ThrowsAsync<GitHubFailure>(() => fleet.PassAsync());
        var again = await Assert.ThrowsAsync<GitHubFailure>(() => fleet.PassAsync());
        var refused = fleet.Hub.Log.Requests.Count(one => one.Path!.StartsWith("/api/", StringComparison.Ordinal));
        fleet.Clock.Go(TimeSpan.FromHours(1));
        await fleet.PassAsync();

        Assert.Equal((GitHubFailureKind.Limited, failure.ResumesAt), (failure.Kind, again.ResumesAt));
        Assert.Contains("It resumes at 2026-11-02 09:", failure.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (refused, fleet.Hub.Limits.Refused));
        Assert.Equal([1, 2], fleet.OpenPulls.Select(pull => pull.Number));
    }

    [Fact]
    public async Task An_app_does_all_of_it_with_its_installation_s_token_Git_too()
    {
        await using var fleet = await HttpFleet.StartAsync("", HttpFleet.Instance("acme"));
        await File.WriteAllTextAsync(Path.Combine(fleet.Folder, "key.pem"), fleet.Hub.App.PrivateKeyPem, HttpFleet.Cancel);
        fleet.Credential = "app: {id: 4711, installation: 8008, keyFile: key.pem}";

        await fleet.PassAsync();
        fleet.Clock.Go(TimeSpan.FromMinutes(59));
        await fleet.SetWishAsync("acme", "1.2");
        await fleet.PassAsync();

        Assert.Equal("odoosky[bot]", fleet.Pull(1).Author.Login);
        Assert.Equal("1.2", await fleet.VersionAsync("odoosky/prod/i-acme", "acme"));
        Assert.DoesNotContain(fleet.Hub.Log.Requests, one => one.Status is 401 or 403);
    }

    [Fact]
    public async Task A_stranger_s_comment_with_our_mark_is_not_taken_for_ours()
    {
        await using var fleet = await HttpFleet.StartAsync("", HttpFleet.Instance("acme"));
        await fleet.PassAsync();
        await fleet.People.CommentAsync("mallory", 1, "Nothing to see.\n\n<!-- odoosky:comment edited -->", HttpFleet.Cancel);
        await fleet.SetOverlayAsync("acme", "9.9", "odoosky/prod/i-acme");

        await fleet.PassAsync();
        await fleet.PassAsync();

        Assert.Equal(["mallory", "odoosky-bot"], fleet.Record.Comments.Select(comment => comment.Author.Login));
        Assert.StartsWith("Somebody pushed to this branch", fleet.Record.Comments[1].Body);
    }

    [Fact]
    public async Task The_command_line_opens_lists_takes_back_and_does_not_merge_where_a_forge_does()
    {
        await using var fleet = await HttpFleet.StartAsync("", HttpFleet.Instance("acme"));

        var apply = await fleet.RunAsync("apply");
        await fleet.People.CloseAsync("jane", 1, HttpFleet.Cancel);
        await fleet.People.OpenFromForkAsync("mallory", "odoosky/prod/i-acme", [("x", "x")], HttpFleet.Cancel);
        var list = await fleet.RunAsync("pr", "list");
        var json = await fleet.RunAsync("pr", "list", "-o", "json");
        var reopen = await fleet.RunAsync("pr", "reopen", "acme");
        var merge = await fleet.RunAsync("merge", "odoosky/prod/i-acme");

        var page = $"{fleet.Hub.Address}/acme/fleet/pull/";
        Assert.Equal((0, $"opened     odoosky/prod/i-acme\n           proposal: {page}1\n"), (apply.Exit, apply.Output));
        Assert.Equal(
            $"rest         odoosky/prod/i-acme  {new string(' ', page.Length + 1)}  declined: #1 was closed without a merge\n"
            + $"declined     acme                 {page}1  declined: #1 was closed without a merge\n"
            + $"foreign      odoosky/prod/i-acme  {page}2  from another repository, whatever its branch is called: ignored\n",
            list.Output);
        Assert.Equal((0, "declined", $"{page}2"), (json.Exit, (string)json.Json["refused"]![0]!["kind"]!, (string)json.Json["foreign"]![0]!["location"]!));
        Assert.Equal((0, $"reopened   acme  {page}1\n"), (reopen.Exit, reopen.Output));
        Assert.Equal((1, "odoosky: OSG0701: odoosky/prod/i-acme was not merged: this target has a forge: people merge its pull request there.\n"), (merge.Exit, merge.Messages));
    }
}
