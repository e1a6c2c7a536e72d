using System.Diagnostics;
using System.Globalization;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>
/// A pass that ends before or after any of its writes, killed, thrown or hung, and for every third point its successor too. Then at most
/// two passes reach the end of an undisturbed one: the same pull requests, texts, labels and branches, no comment twice. Points and kinds
/// are sampled unless ODOOSKY_TEST_LONG is set.
/// </summary>
public sealed class CrashTests
{
    private const string Pulls = "POST /repos/{owner}/{repo}/pulls";
    private const string Labels = "POST /repos/{owner}/{repo}/issues/{issue_number}/labels";
    private const string Push = "POST git-receive-pack";

    private static readonly string[] Kinds = ["kill", "throw", "hang"];

    private static readonly (string Name, string GitOps, string Before)[] Stories =
    [
        ("open", "reviewers: [jane]\nassignees: [jane]\n", "add acme; add globex"),
        ("update", "", "add acme; pass; wish acme 1.2"),
        ("close", "", "add acme; pass; wish acme 1.0"),
        ("edited", "", "add acme; pass; edit i-acme 9.9"),
        ("rebuild", "", "add acme; pass; edit i-acme 9.9; pass; label 1 odoosky/rebuild"),
        ("regroup", "", "add acme; add globex; pass; gitops grouping: all"),
        ("merge", "autoMerge: all\n", "add acme"),
    ];

    private static bool IsLong => Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null;

    public static TheoryData<string> Names => [.. Stories.Select(story => story.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_pass_that_ends_anywhere_is_finished_by_at_most_two(string name)
    {
        var story = Stories.Single(each => each.Name == name);
        var (end, writes) = await UndisturbedAsync(story);
        var points = writes.SelectMany((endpoint, i) => new[] { (endpoint, i, false), (endpoint, i, true) }).ToList();
        for (var at = 0; at < points.Count; at++)
        {
            var (endpoint, index, happens) = points[at];
            var call = writes.Take(index + 1).Count(each => each == endpoint);
            foreach (var kind in IsLong ? Kinds : (at + name.Length) % 6 == 0 ? [Kinds[at % 3]] : [])
            {
                await using var fleet = await BeginAsync(story);
                Assert.True(await EndAsync(fleet, (endpoint, call, happens), kind), $"{name}: {endpoint} {call} was not reached");
                if (at % 3 == 0) await EndAsync(fleet, (endpoint, 1, happens), kind);
                await fleet.PassAsync();
                await fleet.PassAsync();

                Assert.Equal($"{kind} {(happens ? "after" : "before")} {endpoint} {call}\n{end}", $"{kind} {(happens ? "after" : "before")} {endpoint} {call}\n{await LookAsync(fleet)}");
            }
        }
    }

    [Fact]
    public async Task An_answer_that_is_lost_at_any_byte_opens_no_second_pull_request()
    {
        int?[] places = [0, 1, 9, 13, 200, 700, 1500, 4000];
        await using var fleet = await HttpFleet.StartAsync("", [.. places.SelectMany((_, i) => HttpFleet.Instance($"i{i}"))]);
        for (var i = 0; i < places.Length; i++) fleet.Hub.Faults.On(Pulls, i + 1, Fault.AnswerLostAt(places[i]!.Value));

        await fleet.PassAsync();
        var posts = fleet.Hub.Log.Requests.Where(one => one.What == Pulls).Select(one => one.Status).ToList();
        await fleet.PassAsync();

        Assert.Equal(Enumerable.Repeat<int?>(0, places.Length), posts);
        Assert.Equal(Enumerable.Range(0, places.Length).Select(i => $"odoosky/prod/i-i{i}"), fleet.Record.Pulls.Select(pull => pull.HeadBranch));
        Assert.All(fleet.Record.Pulls, pull => Assert.Equal(["odoosky"], pull.Labels));
        Assert.Empty(fleet.Writes);
    }

    [Theory]
    [InlineData(Push, true)]
    [InlineData(Pulls, false)]
    [InlineData(Pulls, true)]
    [InlineData(Labels, true)]
    public async Task The_program_itself_killed_with_SIGKILL_is_finished_by_the_next_pass(string endpoint, bool happens)
    {
        await using var fleet = await HttpFleet.StartAsync("", HttpFleet.Instance("acme"));
        var hung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fleet.Hub.Faults.On(endpoint, 1, (happens ? Fault.SilenceAfter : Fault.Silence) with { Hung = hung });
        fleet.WriteSettings();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "odoosky.dll"), "apply", "--cache", fleet.Cache])
        {
            UseShellExecute = false, WorkingDirectory = fleet.Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using (var program = Process.Start(start)!)
        {
            await Task.WhenAny(hung.Task, program.WaitForExitAsync(HttpFleet.Cancel));
            Assert.False(program.HasExited, "it ended before the point");
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(HttpFleet.Cancel);
        }

        await fleet.PassAsync();

        Assert.Equal(["odoosky"], Assert.Single(fleet.Record.Pulls).Labels);
        Assert.True(fleet.Record.Pulls[0].Open);
    }

    private static async Task<HttpFleet> BeginAsync((string Name, string GitOps, string Before) story)
    {
        var fleet = await HttpFleet.StartAsync(story.GitOps);
        fleet.Record.Collaborators["jane"] = "write";
        fleet.Tune = options => options with { Timeout = JumpingClock.Patience, Attempts = 1 };
        await new LifeScript(fleet).PlayAsync(story.Before);
        await fleet.RestartAsync();
        return fleet;
    }

    private static async Task<(string End, List<string> Writes)> UndisturbedAsync((string Name, string GitOps, string Before) story)
    {
        await using var fleet = await BeginAsync(story);
        fleet.Tune = options => options;
        await fleet.PassAsync();
        var writes = fleet.Hub.Log.Requests.Where(one => one is { IsWrite: true } && one.Who != "-").Select(one => one.What).ToList();
        await fleet.PassAsync();
        return (await LookAsync(fleet), writes);
    }

    // False: the pass came to its end without meeting the point.
    private static async Task<bool> EndAsync(HttpFleet fleet, (string Endpoint, int Call, bool Happens) point, string kind)
    {
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(HttpFleet.Cancel);
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var silence = (point.Happens ? Fault.SilenceAfter : Fault.Silence) with { Hung = met };
        var fault = kind == "throw" ? (point.Happens ? Fault.ResetAfter : Fault.ResetBefore) with { Hung = met } : silence;

        // Git sends a request again when a connection that was used before is reset; a hanging push is ended by a kill alone.
        if (point.Endpoint == Push) kind = kind == "hang" ? "kill" : kind;
        for (var call = point.Call; call <= point.Call + (point.Endpoint == Push ? 1 : 0); call++) fleet.Hub.Faults.On(point.Endpoint, call, fault);
        var pass = fleet.PassAsync(killed.Token);
        var isMet = await Task.WhenAny(met.Task, pass) == met.Task;
        if (isMet && kind == "kill") await killed.CancelAsync();
        if (isMet && kind == "hang") fleet.Clock.EndLimits();
        var failure = await Record.ExceptionAsync(() => pass);
        Assert.True(failure is null or GitHubFailure or Reconciler.Git.GitFailure or OperationCanceledException, failure?.ToString());
        var reached = failure is not null || met.Task.IsCompleted || fleet.Hub.Log.Requests.Any(one => one.Status == 0);
        fleet.Hub.Faults.Clear();
        await fleet.RestartAsync();
        return reached;
    }

    private static async Task<string> LookAsync(HttpFleet fleet)
    {
        var lines = fleet.Record.Pulls.Select(pull => string.Create(
            CultureInfo.InvariantCulture,
            $"#{pull.Number} {pull.HeadBranch} open:{pull.Open} merged:{pull.MergedAt is not null} {pull.Title} [{string.Join(' ', pull.Labels.Order(StringComparer.Ordinal))}] {string.Join(' ', pull.Reviewers.Select(one => one.Login))} {string.Join(' ', pull.Assignees.Select(one => one.Login))}\n{pull.Body}"));
        var comments = fleet.Record.Comments.OrderBy(one => one.Number).Select(one => $"#{one.Number}: {one.Body}");
        var heads = new List<string>();
        foreach (var branch in fleet.Branches()) heads.Add($"{branch} {await fleet.People.Git.TreeAsync($"refs/heads/odoosky/prod/{branch}", HttpFleet.Cancel)}");
        return string.Join('\n', lines.Concat(comments).Concat(heads));
    }
}
