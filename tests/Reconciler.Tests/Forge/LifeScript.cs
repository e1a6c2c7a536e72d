using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>
/// Plays a story that is written as one line, such as <c>add acme; pass; close 1; pass</c>, and draws what is there at its end:
/// <code>
/// #1 closed, #2 open +odoosky/edited "edited"; i-acme: acme 1.2; declined globex
/// pull requests with labels of ours and comments; our branches with what they change; what is not proposed
/// </code>
/// Nobody but people moves main, and no branch ever has two open pull requests: both are looked at after every pass.
/// </summary>
internal sealed partial class LifeScript(HttpFleet fleet)
{
    private const string Ours = "odoosky/prod/";
    private const string Repo = "/repos/{owner}/{repo}";

    private static readonly string[] Codes = ["acme", "globex", "initech"];

    private readonly Dictionary<string, string?> kept = [];
    private PassReport? last;

    /// <summary>Plays a story on a fleet of its own and looks at its end, which one more pass leaves as it is.</summary>
    public static async Task CheckAsync(string story, string end)
    {
        await using var fleet = await HttpFleet.StartAsync();
        var script = new LifeScript(fleet);

        await script.PlayAsync(story);

        Assert.Equal(end, await script.DrawAsync());
        if (story.Contains("refused ", StringComparison.Ordinal)) return;
        await script.PlayAsync("pass");
        Assert.Empty(fleet.Writes);
    }

    /// <summary>Plays steps, parted by semicolons.</summary>
    public async Task PlayAsync(string steps)
    {
        foreach (var step in steps.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) await StepAsync(step);
    }

    public async Task<string> DrawAsync()
    {
        var pulls = fleet.Record.Pulls.Where(pull => pull.HeadRepository == fleet.Record).Select(Draw);
        var branches = new List<string>();
        foreach (var branch in fleet.Branches()) branches.Add($"{branch}: {await CarriesAsync(Ours + branch)}");
        var held = last?.Planned.Decided.Held.Select(each => $"{DecisionWords.Of(each.Kind)} {each.Code}") ?? [];
        return string.Join("; ", new[] { string.Join(", ", pulls), string.Join(", ", branches), string.Join(", ", held) }.Where(part => part.Length > 0));
    }

    private string Draw(PullRequestRecord pull)
    {
        var state = pull.Open ? "open" : pull.MergedAt is null ? "closed" : "merged";
        var labels = pull.Labels.Where(label => label.StartsWith("odoosky/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(label => " +" + label);
        var comments = fleet.Record.Comments.Where(comment => comment.Number == pull.Number).Select(comment => Kind().Match(comment.Body).Groups[1].Value).Select(kind => $" \"{kind}\"");
        return string.Create(CultureInfo.InvariantCulture, $"#{pull.Number} {state}{string.Concat(labels)}{string.Concat(comments)}{(pull.AutoMerge is null ? "" : " by itself")}");
    }

    private async Task<string> CarriesAsync(string branch)
    {
        var (carried, head) = (new List<string>(), fleet.Head(branch)!);
        var fork = await fleet.People.Git.MergeBaseAsync(fleet.Head("main")!, head, HttpFleet.Cancel) ?? head;
        foreach (var code in Codes)
            if (await fleet.VersionAsync(head, code) is var here && here != await fleet.VersionAsync(fork, code)) carried.Add($"{code} {here ?? "gone"}");
        return carried.Count == 0 ? "nothing" : string.Join(' ', carried);
    }

    private Task StepAsync(string step)
    {
        var words = step.Split(' ');
        return words switch
        {
            ["pass"] => PassAsync(),
            ["lost"] => FailAsync(null),
            ["shaky"] => ShakyAsync(),
            ["refused", ..] => FailAsync(step["refused ".Length..]),
            ["restart"] => fleet.RestartAsync(),
            ["elsewhere"] => fleet.RestartAsync(elsewhere: true),
            ["hour"] => Do(() => fleet.Clock.Go(TimeSpan.FromHours(1))),
            ["pr", ..] => CommandAsync(words),
            ["lose", var when, ..] => Do(() => Lose(string.Join(' ', words[2..]).Replace("…", Repo, StringComparison.Ordinal), when == "before" ? Fault.ResetBefore : Fault.ResetAfter)),
            ["blind"] => Do(() => { for (var i = 1; i <= 2; i++) fleet.Hub.Faults.On($"GET {Repo}/pulls", i, Fault.Answer(200, "[]")); }),
            ["keep", var branch] => Do(() => kept[branch] = fleet.Head(Ours + branch)),
            ["kept", var branch] => Do(() => Assert.Equal(kept[branch], fleet.Head(Ours + branch))),
            ["moved", var branch] => Do(() => Assert.NotEqual(kept[branch], fleet.Head(Ours + branch))),
            _ => DesiredAsync(step, words),
        };
    }

    private Task DesiredAsync(string step, string[] words) => words switch
    {
        ["add", var code] => fleet.AddAsync(code),
        ["add", var code, var version] => fleet.AddAsync(code, version),
        ["add", var code, var version, var label] => fleet.AddAsync(code, version, more: $"labels: {{{label.Replace("=", ": ", StringComparison.Ordinal)}}}\n"),
        ["wish", var code, var version] => fleet.SetWishAsync(code, version),
        ["wish", var code, var version, var state] => fleet.SetWishAsync(code, version, $"state: {state}\n"),
        ["forget", var code] => fleet.CommitAsync("main", step, ($"desired/instances/{code}.yaml", null)),
        ["break", var code] => fleet.CommitAsync("main", step, ($"desired/instances/{code}.yaml", "code: [\n")),
        ["overlay", var code, var version] => fleet.SetOverlayAsync(code, version),
        ["comment", var code] => CommentAsync(code),
        ["base"] => fleet.CommitAsync("main", step, ("README.md", $"{fleet.Clock.GetUtcNow()}\n")),
        ["gitops", ..] => fleet.CommitAsync("main", step, ("gitops.yaml", HttpFleet.GitOps(step["gitops ".Length..].Replace(" | ", "\n", StringComparison.Ordinal) + "\n"))),
        _ => PeopleAsync(words),
    };

    private Task PeopleAsync(string[] words)
    {
        var number = words.Length > 1 && int.TryParse(words[1], CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return words switch
        {
            ["edit", var branch, var version] => fleet.SetOverlayAsync(branch[2..], version, Ours + branch),
            ["edit", var branch, var version, var code] => fleet.SetOverlayAsync(code, version, Ours + branch),
            ["litter", var branch] => fleet.CommitAsync(Ours + branch, "Another file", ("notes.txt", "mine\n")),
            ["close", _] => fleet.People.CloseAsync("jane", number, HttpFleet.Cancel),
            ["reopen", _] => fleet.People.ReopenAsync("jane", number, HttpFleet.Cancel),
            [("merge" or "squash" or "rebase" or "queue" or "push") and var way, _] => fleet.People.MergeAsync("jane", number, way, HttpFleet.Cancel),
            ["revert", _] => fleet.People.RevertAsync("jane", number, HttpFleet.Cancel),
            ["label", _, var label] => fleet.People.LabelAsync("jane", number, label, HttpFleet.Cancel),
            ["unlabel", _, var label] => fleet.People.UnlabelAsync("jane", number, label, HttpFleet.Cancel),
            ["update", _] => fleet.People.UpdateBranchAsync("jane", number, HttpFleet.Cancel),
            ["retitle", _] => fleet.People.EditAsync("jane", number, "Mine", null, HttpFleet.Cancel),
            ["delete", var branch] => fleet.People.DeleteBranchAsync("jane", Ours + branch, HttpFleet.Cancel),
            ["fork", var branch] => fleet.People.OpenFromForkAsync("mallory", Ours + branch, [("instances/acme/values.yaml", "addons: []\n")], HttpFleet.Cancel),
            ["hand", var branch] => OpenByHandAsync(branch),
            ["rename"] => fleet.People.RenameAsync("elsewhere", HttpFleet.Cancel),
            ["replace"] => fleet.People.ReplaceAsync(HttpFleet.Cancel),
            ["archive"] => Do(() => fleet.Record.Archived = true),
            ["branches-may-go"] => Do(() => fleet.Record.DeletedBranchClosesPull = false),
            ["branches-go"] => Do(() => fleet.Record.DeleteBranchOnMerge = true),
            _ => throw new InvalidOperationException($"Nobody knows how to {string.Join(' ', words)}."),
        };
    }

    private async Task PassAsync()
    {
        var main = fleet.Head("main");
        last = await fleet.PassAsync();
        Assert.Equal(main, fleet.Head("main"));
        Assert.Equal(fleet.OpenPulls.Count(), fleet.OpenPulls.Select(pull => pull.HeadLabel).Distinct(StringComparer.Ordinal).Count());
    }

    // A pass that may meet a fault, in another process than the one after it.
    private async Task ShakyAsync()
    {
        var failure = await Record.ExceptionAsync(PassAsync);
        Assert.True(failure is null or GitHubFailure or Reconciler.Git.GitFailure, failure?.ToString());
        fleet.Hub.Faults.Clear();
        await fleet.RestartAsync();
    }

    private async Task FailAsync(string? words)
    {
        last = null;
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => fleet.PassAsync());
        Assert.True(failure is GitHubFailure or Reconciler.Git.GitFailure, failure.ToString());
        if (words is null) return;
        Assert.True(failure.Message.Contains(words, StringComparison.Ordinal), failure.Message);
        Assert.Empty(fleet.Writes);
    }

    private async Task CommandAsync(string[] words)
    {
        await fleet.RestartAsync();
        var ran = await fleet.RunAsync(words);
        Assert.True(ran.Exit == 0, ran.Messages);
    }

    private async Task CommentAsync(string code)
    {
        var path = $"instances/{code}/values.yaml";
        var text = System.Text.Encoding.UTF8.GetString((await fleet.People.Git.ReadAsync("refs/heads/main", path, HttpFleet.Cancel))!.Value.Span);
        await fleet.CommitAsync("main", "Comment", (path, "# commented\n" + text));
    }

    private async Task OpenByHandAsync(string branch)
    {
        fleet.Hub.AddToken("jane", "janes-token");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", "janes-token");
        using var answer = await http.PostAsJsonAsync($"{fleet.Hub.Address}/repos/acme/fleet/pulls", new { title = "By hand", head = Ours + branch, @base = "main", body = "Please look." }, HttpFleet.Cancel);
        answer.EnsureSuccessStatusCode();
    }

    // Git sends a request again when a connection that was used before is reset.
    private void Lose(string endpoint, Fault fault)
    {
        fleet.Hub.Faults.On(endpoint, 1, fault);
        if (endpoint.EndsWith("git-receive-pack", StringComparison.Ordinal)) fleet.Hub.Faults.On(endpoint, 2, fault);
    }

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    [GeneratedRegex("<!-- odoosky:comment ([a-z-]+) -->")]
    private static partial Regex Kind();
}
