using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Sandbox;

/// <summary>The whole job on a real Git repository, told in steps; every step runs the real command.</summary>
/// <param name="surroundings">Where it prints, and what the process gives it.</param>
internal sealed class Demo(Surroundings surroundings)
{
    private readonly DemoStage stage = new(surroundings);

    /// <summary>Runs the demo.</summary>
    /// <param name="folder">Where, or null for a new temporary folder.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>The exit code: 0 when every step did what it says.</returns>
    public async Task<int> RunAsync(string? folder, CancellationToken cancellationToken)
    {
        if (!stage.Enter(folder)) return 1;
        var repository = new ExampleRepository(new GitProgram(surroundings.Time, new GitLimits()));
        var bare = await repository.MakeAsync(stage.Home, cancellationToken);
        stage.Step(1, "A fleet in Git: six Odoo instances, their overlays, and what is desired of them", $"A bare repository was made: {bare}");
        await using var cluster = await DemoCluster.StartAsync(stage.Home, bare, surroundings.Time, cancellationToken);
        stage.Set("ODOOSKY_CLUSTER_KUBECONFIG", cluster.Kubeconfig);
        await PlanAndApplyAsync(cancellationToken);
        await MergeAsync(cancellationToken);
        await VerifyAsync(cancellationToken);
        await FailAsync(repository, bare, cancellationToken);
        stage.Step(8, "The history is the audit trail", await repository.GraphAsync(bare, cancellationToken));
        stage.Print(stage.IsGood ? $"\nDone. Look around: {stage.Home}" : "\nA step did not do what it should have done.");
        return stage.IsGood ? 0 : 1;
    }

    private async Task PlanAndApplyAsync(CancellationToken cancellationToken)
    {
        stage.Step(2, "What would change, which hash Helm will render, and which pods restart");
        stage.Expect(await RunAsync(cancellationToken, "plan", "--detailed-exitcode") == (int)ExitCode.Changes);
        stage.Step(3, "Commit, push and propose; main is not touched");
        stage.Expect(await RunAsync(cancellationToken, "apply") == (int)ExitCode.Ok);
        var proposals = Proposals();
        stage.Expect(proposals.Count > 0);
        if (proposals.Count == 0) return;
        stage.Print("\nThis is one of the proposals, as a reviewer reads it:\n");
        stage.Quote(await File.ReadAllTextAsync(proposals[0], cancellationToken));
    }

    private async Task MergeAsync(CancellationToken cancellationToken)
    {
        stage.Step(4, "A person reviews and merges; here the demo does");
        foreach (var branch in Proposals().Select(path => "odoosky/prod/" + Path.GetFileNameWithoutExtension(path)))
            stage.Expect(await RunAsync(cancellationToken, "merge", branch) == (int)ExitCode.Ok);
        stage.Step(5, "The second pass finds nothing to do");
        stage.Expect(await RunAsync(cancellationToken, "plan", "--detailed-exitcode") == (int)ExitCode.Ok);
        stage.Expect(await RunAsync(cancellationToken, "apply") == (int)ExitCode.Ok);
    }

    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        stage.Step(6, "Argo CD deploys what was merged: is it live?", "Stand-ins on this machine play Argo CD and the cluster; what they say is read as from real ones.");
        stage.Expect(await RunAsync(cancellationToken, "verify", "--wait", "--timeout", "2m") == (int)ExitCode.Ok);
        stage.Print("\nWhat such a verdict rests on:\n");
        stage.Expect(await RunAsync(cancellationToken, "verify", "cobalt", "--evidence") == (int)ExitCode.Ok);
    }

    private async Task FailAsync(ExampleRepository repository, string bare, CancellationToken cancellationToken)
    {
        stage.Step(7, "A version that no registry has: merged, deployed, and not live", "Somebody wishes for web_responsive " + DemoCluster.MissingTag + " on bluefin; it is proposed and merged.");
        const string row = "  - code: web_responsive\n";
        await repository.ChangeAsync(
            bare, ("desired/instances/bluefin.yaml", row, $"{row}    version: \"{DemoCluster.MissingTag}\"\n"), "Try the newest web_responsive on bluefin\n", cancellationToken);
        stage.Expect(await RunAsync(cancellationToken, "apply") == (int)ExitCode.Ok);
        stage.Expect(await RunAsync(cancellationToken, "merge", "odoosky/prod/i-bluefin") == (int)ExitCode.Ok);
        stage.Expect(await RunAsync(cancellationToken, "verify", "bluefin", "--wait", "--timeout", "2m") == (int)ExitCode.Partly);
    }

    private List<string> Proposals()
    {
        var folder = Path.Combine(stage.Home, "proposals", "prod");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal)] : [];
    }

    private Task<int> RunAsync(CancellationToken cancellationToken, params string[] arguments) => stage.RunAsync(
        " --repository fleet.git",
        ["--repository", Path.Combine(stage.Home, "fleet.git"), "--target", "prod", "--cache", Path.Combine(stage.Home, "cache"), "--proposals", Path.Combine(stage.Home, "proposals")],
        cancellationToken,
        arguments);
}
