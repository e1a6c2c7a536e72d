using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Git;
using Spectre.Console;

namespace OdooSky.GitOps.Sandbox;

/// <summary>The whole job on a real Git repository, told in steps; every step runs the real command.</summary>
/// <param name="surroundings">Where it prints, and what the process gives it.</param>
internal sealed class Demo(Surroundings surroundings)
{
    private readonly Terminal terminal = surroundings.Terminal;
    private string home = string.Empty;

    /// <summary>Runs the demo.</summary>
    /// <param name="folder">Where, or null for a new temporary folder.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>The exit code: 0 when every step did what it says.</returns>
    public async Task<int> RunAsync(string? folder, CancellationToken cancellationToken)
    {
        home = folder is null ? Directory.CreateTempSubdirectory("odoosky-demo-").FullName : surroundings.PathOf(folder);
        if (Directory.Exists(home) && Directory.EnumerateFileSystemEntries(home).Any())
        {
            terminal.Fail("OSG0007", $"{home} is not empty; name a folder that is missing or empty.");
            return 1;
        }

        var repository = new ExampleRepository(new GitProgram(surroundings.Time, new GitLimits()));
        var bare = await repository.MakeAsync(home, cancellationToken);
        Step(1, "A fleet in Git: six Odoo instances, their overlays, and what is desired of them", $"A bare repository was made: {bare}");
        var ok = await PlanAndApplyAsync(cancellationToken) && await MergeAsync(cancellationToken);
        Step(6, "The history is the audit trail", await repository.GraphAsync(bare, cancellationToken));
        terminal.Print(ok ? $"\nDone. Look around: {home}" : "\nA step did not do what it should have done.");
        return ok ? 0 : 1;
    }

    private async Task<bool> PlanAndApplyAsync(CancellationToken cancellationToken)
    {
        Step(2, "What would change, which hash Helm will render, and which pods restart");
        var planned = await RunAsync(cancellationToken, "plan", "--detailed-exitcode") == (int)ExitCode.Changes;
        Step(3, "Commit, push and propose; main is not touched");
        var applied = await RunAsync(cancellationToken, "apply") == (int)ExitCode.Ok;
        var proposals = Proposals();
        if (proposals.Count > 0)
        {
            terminal.Print("\nThis is one of the proposals, as a reviewer reads it:\n");
            foreach (var line in await File.ReadAllLinesAsync(proposals[0], cancellationToken)) terminal.Print("  | " + line);
        }

        return planned && applied && proposals.Count > 0;
    }

    private async Task<bool> MergeAsync(CancellationToken cancellationToken)
    {
        Step(4, "A person reviews and merges; here the demo does");
        var ok = true;
        foreach (var branch in Proposals().Select(path => "odoosky/prod/" + Path.GetFileNameWithoutExtension(path)))
            ok &= await RunAsync(cancellationToken, "merge", branch) == (int)ExitCode.Ok;
        Step(5, "The second pass finds nothing to do");
        ok &= await RunAsync(cancellationToken, "plan", "--detailed-exitcode") == (int)ExitCode.Ok;
        return ok && await RunAsync(cancellationToken, "apply") == (int)ExitCode.Ok;
    }

    private List<string> Proposals()
    {
        var folder = Path.Combine(home, "proposals", "prod");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal)] : [];
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        Say("blue", $"$ odoosky {string.Join(' ', arguments)} --repository fleet.git");
        var cache = Path.Combine(home, "cache");
        string[] all = [.. arguments, "--repository", Path.Combine(home, "fleet.git"), "--target", "prod", "--cache", cache, "--proposals", Path.Combine(home, "proposals")];
        return await CommandLine.RunAsync(all, surroundings with { Folder = home }, cancellationToken);
    }

    private void Step(int number, string title, params string[] lines)
    {
        terminal.Print(string.Empty);
        Say("bold", $"{number}. {title}");
        foreach (var line in lines) terminal.Print(line);
    }

    private void Say(string style, string line)
    {
        if (terminal.Data.Profile.Capabilities.Ansi) terminal.Data.MarkupLine($"[{style}]{Markup.Escape(line)}[/]");
        else terminal.Print(line);
    }
}
