using System.Text;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Sandbox.GitHub;

namespace OdooSky.GitOps.Sandbox;

/// <summary>The life of pull requests on a GitHub that runs on this machine: real commands, real Git, real requests over HTTP.</summary>
/// <param name="surroundings">Where it prints, and what the process gives it.</param>
internal sealed class GitHubDemo(Surroundings surroundings)
{
    private const string Person = "lena";

    private readonly DemoStage stage = new(surroundings);
    private RepositoryPeople people = null!;

    private List<PullRequestRecord> Pulls => people.Record.Pulls;

    /// <summary>Runs the demo.</summary>
    /// <param name="folder">Where, or null for a new temporary folder.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>The exit code: 0 when every step did what it says.</returns>
    public async Task<int> RunAsync(string? folder, CancellationToken cancellationToken)
    {
        if (!stage.Enter(folder)) return 1;
        await using var hub = await GitHubStandIn.StartAsync(surroundings.Time, cancellationToken);
        await BuildAsync(hub, cancellationToken);
        stage.Step(
            1,
            "A fleet on GitHub: six Odoo instances, their overlays, and what is desired of them",
            $"A stand-in on this machine plays GitHub, with real Git behind it: {people.CloneUrl}",
            "Writes to it are a second apart, as GitHub asks of programs.");
        await ProposeAsync(cancellationToken);
        await UpdateAsync(cancellationToken);
        await DeclineAsync(cancellationToken);
        await EditAsync(cancellationToken);
        await MergeAsync(cancellationToken);
        stage.Step(8, "What GitHub was asked for", Requests(hub));
        await KeepAsync(cancellationToken);
        stage.Print(stage.IsGood ? $"\nDone. Look around: {stage.Home} (fleet.git, and the texts in pull-requests)" : "\nA step did not do what it should have done.");
        return stage.IsGood ? 0 : 1;
    }

    private async Task BuildAsync(GitHubStandIn hub, CancellationToken cancellationToken)
    {
        people = await hub.AddRepositoryAsync("nordlicht", "fleet", ExampleRepository.Files(), cancellationToken);
        people.Record.ReadsUntilMergeable = 0;
        people.Record.Rules.RequiredReviews = 1;
        await stage.UseAsync(hub, people, string.Empty, cancellationToken);
    }

    private async Task ProposeAsync(CancellationToken cancellationToken)
    {
        stage.Step(2, "Is everything in place?");
        await ExpectAsync(() => Pulls.Count == 0, cancellationToken, "doctor");
        stage.Step(3, "A pull request per instance that changes; main is not touched");
        await ExpectAsync(() => Pulls.Count(pull => pull.Open) == 4, cancellationToken, "apply");
        stage.Print("\nThis is the first one, as a reviewer reads it:\n");
        stage.Quote($"{Pulls[0].Title}\n\n{Pulls[0].Body}", 16);
        stage.Print("\nA second pass writes nothing:");
        var touched = Pulls.Max(pull => pull.UpdatedAt);
        await ExpectAsync(() => Pulls.Max(pull => pull.UpdatedAt) == touched, cancellationToken, "apply");
    }

    private async Task UpdateAsync(CancellationToken cancellationToken)
    {
        stage.Step(4, "What is desired changes while the pull request is open: it is updated in place");
        var head = Of("bluefin").HeadSha;
        await PushAsync("main", "Take the newest mis_builder", ("desired/addons.yaml", text => text.Replace("17.0.1.1.0", "17.0.1.2.0", StringComparison.Ordinal)), cancellationToken);
        await ExpectAsync(() => Of("bluefin") is { Open: true, Number: 1 } pull && pull.HeadSha != head && Pulls.Count == 4, cancellationToken, "apply");
    }

    private async Task DeclineAsync(CancellationToken cancellationToken)
    {
        stage.Step(5, "Closed means no: what a person declined stays closed, until somebody takes it back");
        stage.Print($"{Person} closes #{Of("cobalt").Number}");
        await people.CloseAsync(Person, Of("cobalt").Number, cancellationToken);
        await ExpectAsync(() => !Of("cobalt").Open && Pulls.Count == 4, cancellationToken, "apply");
        await ExpectAsync(() => Pulls.Count == 4, cancellationToken, "pr", "reopen", "cobalt");
        await ExpectAsync(() => Of("cobalt") is { Open: true, Number: 5 }, cancellationToken, "apply");
    }

    private async Task EditAsync(CancellationToken cancellationToken)
    {
        stage.Step(6, "Edited means hands off: a branch that a person pushed to is left alone, until a label gives it back");
        var pull = Of("fernhill");
        await PushAsync(pull.HeadBranch, "Not before Monday", ("instances/fernhill/values.yaml", text => "# not before Monday\n" + text), cancellationToken);
        var theirs = people.Git.Head(pull.HeadBranch);
        await ExpectAsync(() => people.Git.Head(pull.HeadBranch) == theirs, cancellationToken, "apply");
        stage.Print($"\nA comment on #{pull.Number} says so:");
        stage.Quote(people.Record.Comments.Last(comment => comment.Number == pull.Number).Body.Split("\n\n<!--")[0]);
        stage.Print($"\n{Person} sets the label odoosky/rebuild on #{pull.Number}");
        await people.LabelAsync(Person, pull.Number, "odoosky/rebuild", cancellationToken);
        await ExpectAsync(() => people.Git.Head(pull.HeadBranch) != theirs && pull.Labels.Count == 1, cancellationToken, "apply");
    }

    private async Task MergeAsync(CancellationToken cancellationToken)
    {
        stage.Step(7, "A person's merge is seen, and a pull request that nobody wants any more is closed");
        stage.Print($"{Person} merges #1, squashes #{Of("eastgate").Number}, and takes fernhill out of what is desired");
        await people.MergeAsync(Person, 1, "merge", cancellationToken);
        await people.MergeAsync(Person, Of("eastgate").Number, "squash", cancellationToken);
        await people.PushAsync(Person, "main", "No fernhill for now", [("desired/instances/fernhill.yaml", null)], cancellationToken);
        await ExpectAsync(() => !Of("fernhill").Open && people.Git.Head(Of("bluefin").HeadBranch) is null, cancellationToken, "apply");
        stage.Print(string.Empty);
        foreach (var pull in Pulls) stage.Print($"  #{pull.Number} {(pull.Open ? "open" : pull.MergedAt is null ? "closed" : "merged"),-6} {pull.Title}");
    }

    private PullRequestRecord Of(string code) => Pulls.Last(pull => pull.HeadBranch == "odoosky/prod/i-" + code);

    private async Task ExpectAsync(Func<bool> isGood, CancellationToken cancellationToken, params string[] arguments)
    {
        var exit = await stage.RunAsync(string.Empty, ["--cache", Path.Combine(stage.Home, "cache")], cancellationToken, arguments);
        stage.Expect(exit == 0 && isGood());
    }

    private async Task PushAsync(string branch, string message, (string Path, Func<string, string> Change) file, CancellationToken cancellationToken)
    {
        var bytes = await people.Git.ReadAsync("refs/heads/" + branch, file.Path, cancellationToken);
        await people.PushAsync(Person, branch, message, [(file.Path, file.Change(Encoding.UTF8.GetString(bytes!.Value.Span)))], cancellationToken);
        stage.Print($"{Person} pushes \"{message}\" to {branch}");
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        await new ExampleRepository(new GitProgram(TimeProvider.System, new GitLimits())).CopyAsync(people.Git.Folder, Path.Combine(stage.Home, "fleet.git"), cancellationToken);
        var folder = Directory.CreateDirectory(Path.Combine(stage.Home, "pull-requests")).FullName;
        foreach (var pull in Pulls) await File.WriteAllTextAsync(Path.Combine(folder, $"{pull.Number}.md"), $"# {pull.Title}\n\n{pull.Body}", cancellationToken);
    }

    private static string[] Requests(GitHubStandIn hub)
    {
        var requests = hub.Log.Requests.Where(one => one.Path!.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        return
        [
            $"{requests.Count} requests, {requests.Count(one => one.IsWrite)} of them writes; refused for a limit: {hub.Limits.Refused}",
            .. requests.Where(one => one.IsWrite).GroupBy(one => one.What, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"  {group.Count(),3}  {group.Key}"),
        ];
    }
}
