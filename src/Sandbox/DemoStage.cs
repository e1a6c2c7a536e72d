using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Sandbox.GitHub;
using Spectre.Console;

namespace OdooSky.GitOps.Sandbox;

/// <summary>Where a demo plays: a folder of its own, numbered steps, real commands, and whether each did what it should.</summary>
/// <param name="surroundings">Where it prints, and what the process gives it.</param>
internal sealed class DemoStage(Surroundings surroundings)
{
    private static readonly string Token = "ghp_" + string.Concat(Enumerable.Repeat("demo", 9));

    private readonly Terminal terminal = surroundings.Terminal;
    private ImmutableSortedDictionary<string, string> variables = surroundings.Environment;

    /// <summary>The folder; empty before <see cref="Enter"/>.</summary>
    public string Home { get; private set; } = string.Empty;

    /// <summary>Whether every step did what it should have done.</summary>
    public bool IsGood { get; private set; } = true;

    /// <summary>Takes a folder.</summary>
    /// <param name="folder">Where, or null for a new temporary folder.</param>
    /// <returns>False when it holds something, which is said.</returns>
    public bool Enter(string? folder)
    {
        Home = folder is null ? Directory.CreateTempSubdirectory("odoosky-demo-").FullName : surroundings.PathOf(folder);
        if (!Directory.Exists(Home) || !Directory.EnumerateFileSystemEntries(Home).Any())
        {
            Directory.CreateDirectory(Home);
            return true;
        }

        terminal.Fail("OSG0007", $"{Home} is not empty; name a folder that is missing or empty.");
        return false;
    }

    /// <summary>Lets the service reach a repository on the stand-in for GitHub: its account, the token's file, and the settings.</summary>
    /// <param name="hub">The stand-in.</param>
    /// <param name="people">The repository.</param>
    /// <param name="more">More settings of the target, each on a line of its own.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task UseAsync(GitHubStandIn hub, RepositoryPeople people, string more, CancellationToken cancellationToken)
    {
        hub.AddToken("odoosky-bot", Token);
        await File.WriteAllTextAsync(Path.Combine(Home, "token"), Token + "\n", cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(Home, "odoosky.yaml"),
            $$"""
            apiVersion: odoosky.io/v1
            kind: Settings
            targets:
              prod:
                repository: {{people.CloneUrl}}
                repositoryId: {{people.Id}}
                forge: {kind: github, api: "{{hub.Address}}", tokenFile: token}

            """ + string.Concat(more.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"    {line}\n")),
            cancellationToken);
    }

    /// <summary>Sets a variable for the commands that follow.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public void Set(string name, string value) => variables = variables.SetItem(name, value);

    /// <summary>Begins a step.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="lines">What else is said.</param>
    public void Step(int number, string title, params string[] lines)
    {
        terminal.Print(string.Empty);
        Say("bold", $"{number}. {title}");
        foreach (var line in lines) terminal.Print(line);
    }

    /// <summary>Says a line.</summary>
    /// <param name="line">The line.</param>
    public void Print(string line) => terminal.Print(line);

    /// <summary>Shows the beginning of a text that stands elsewhere.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most lines.</param>
    public void Quote(string text, int most = int.MaxValue)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        foreach (var line in lines.Take(most)) terminal.Print("  | " + line);
        if (lines.Length > most) terminal.Print($"  | … and {lines.Length - most} lines more");
    }

    /// <summary>Notes whether a step did what it should.</summary>
    /// <param name="isGood">Whether it did.</param>
    public void Expect(bool isGood) => IsGood &= isGood;

    /// <summary>Runs the real command in the folder.</summary>
    /// <param name="shown">What is shown behind the arguments; may be empty.</param>
    /// <param name="hidden">Arguments that are not shown.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="arguments">What is shown, and run.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string shown, ImmutableArray<string> hidden, CancellationToken cancellationToken, params string[] arguments)
    {
        Say("blue", $"$ odoosky {string.Join(' ', arguments)}{shown}");
        return await CommandLine.RunAsync([.. arguments, .. hidden], surroundings with { Folder = Home, Environment = variables }, cancellationToken);
    }

    private void Say(string style, string line)
    {
        if (terminal.Data.Profile.Capabilities.Ansi) terminal.Data.MarkupLine($"[{style}]{Markup.Escape(line)}[/]");
        else terminal.Print(line);
    }
}
