using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;

namespace OdooSky.GitOps.Sandbox;

/// <summary>Desired state in a database, and what is left of it all when nothing is left but a clone: real commands, real Git, a real SQLite.</summary>
/// <param name="surroundings">Where it prints, and what the process gives it.</param>
internal sealed class DatabaseDemo(Surroundings surroundings)
{
    // What a platform's own program would do when somebody clicks.
    private const string Change =
        """
        UPDATE odoosky_addons SET version = '17.0.1.2.0' WHERE instance_code = 'bluefin' AND code = 'mis_builder';
        UPDATE odoosky_instances SET requested_by = 'lena.hart@nordlicht.example', reason = 'Reports with the new columns', ticket = 'FIN-301' WHERE code = 'bluefin';
        """;

    private readonly DemoStage stage = new(surroundings);

    private string Database => Path.Combine(stage.Home, "desired.db");

    /// <summary>Runs the demo.</summary>
    /// <param name="folder">Where, or null for a new temporary folder.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>The exit code: 0 when every step did what it says.</returns>
    public async Task<int> RunAsync(string? folder, CancellationToken cancellationToken)
    {
        if (!stage.Enter(folder)) return 1;
        var repository = new ExampleRepository(new GitProgram(surroundings.Time, new GitLimits()));
        var bare = await repository.MakeAsync(stage.Home, cancellationToken);
        await repository.RemoveAsync(bare, "desired", cancellationToken);
        await using (var cluster = await DemoCluster.StartAsync(stage.Home, bare, surroundings.Time, cancellationToken))
        {
            stage.Set("ODOOSKY_CLUSTER_KUBECONFIG", cluster.Kubeconfig);
            await FillAsync(bare, cancellationToken);
            await ChangeAsync(cancellationToken);
        }

        await TellAsync(repository, bare, cancellationToken);
        stage.Print(stage.IsGood ? $"\nDone. Look around: {stage.Home}" : "\nA step did not do what it should have done.");
        return stage.IsGood ? 0 : 1;
    }

    private async Task FillAsync(string bare, CancellationToken cancellationToken)
    {
        stage.Step(1, "A fleet whose desired state stands in a database", $"The overlays are in {bare}; what is desired of them goes into SQLite.");
        await WriteAsync("odoosky.yaml", "apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  prod:\n    repository: fleet.git\n    desired: {kind: sqlite, path: desired.db}\n", cancellationToken);
        foreach (var (path, text) in ExampleRepository.Files().Where(file => file.Path.StartsWith("desired/", StringComparison.Ordinal))) await WriteAsync(path, text!, cancellationToken);
        stage.Expect(await stage.RunAsync(string.Empty, [], cancellationToken, "export", "--from", "desired", "--sqlite", "desired.db") == 0);
        stage.Step(2, "The first pass brings the overlays to what the rows say; people merge, and it is proven live");
        await PassAsync(cancellationToken);
        stage.Expect(await RunAsync(cancellationToken, "plan", "--detailed-exitcode") == (int)ExitCode.Ok);
    }

    private async Task ChangeAsync(CancellationToken cancellationToken)
    {
        stage.Step(3, "Somebody changes a row", Change.Split('\n'));
        await ClickAsync(cancellationToken);
        stage.Step(4, "The next pass proposes the overlay; merged, it is proven live");
        await PassAsync(cancellationToken);
    }

    // Apply, merge what was proposed, verify.
    private async Task PassAsync(CancellationToken cancellationToken)
    {
        stage.Expect(await RunAsync(cancellationToken, "apply") == (int)ExitCode.Ok);
        var folder = Path.Combine(stage.Home, "proposals", "prod");
        var branches = Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal).Select(path => "odoosky/prod/" + Path.GetFileNameWithoutExtension(path)).ToList();
        stage.Expect(branches.Count > 0);
        foreach (var branch in branches) stage.Expect(await RunAsync(cancellationToken, "merge", branch) == (int)ExitCode.Ok);
        stage.Expect(await RunAsync(cancellationToken, "verify", "--wait", "--timeout", "2m") == (int)ExitCode.Ok);
    }

    private async Task TellAsync(ExampleRepository repository, string bare, CancellationToken cancellationToken)
    {
        stage.Step(5, "What happened, from commits and notes");
        string[][] questions = [["history", "bluefin"], ["state", "bluefin", "--at", Now()], ["audit", "export"]];
        var here = new List<string>();
        foreach (var question in questions) here.Add(await AskAsync(question, ["--cache", Path.Combine(stage.Home, "cache")], cancellationToken));
        stage.Quote(here[0], 7);
        await WriteAsync("audit.jsonl", here[2], cancellationToken);
        stage.Print($"{here[2].Count(c => c == '\n')} lines in audit.jsonl, each with the digest of the one before");
        stage.Step(6, "Everything is gone but a clone that fetched the notes", "The database, the server's repository, the cache, the proposals and the settings are deleted.", "$ " + NoteBook.FetchCommand);
        var clone = Path.Combine(stage.Home, "clone");
        await repository.CloneAsync(bare, clone, cancellationToken);
        foreach (var gone in (string[])[bare, Path.Combine(stage.Home, "cache"), Path.Combine(stage.Home, "argocd"), Path.Combine(stage.Home, "proposals"), Path.Combine(stage.Home, "desired")]) Directory.Delete(gone, recursive: true);
        foreach (var gone in (string[])[Database, Path.Combine(stage.Home, "odoosky.yaml"), Path.Combine(stage.Home, "kubeconfig")]) File.Delete(gone);
        for (var i = 0; i < questions.Length; i++)
        {
            var there = await AskAsync(questions[i], FromClone(), cancellationToken);
            stage.Expect(there == here[i]);
            stage.Print(there == here[i] ? "the same bytes" : "other bytes");
        }

        stage.Expect(await stage.RunAsync(" --repository clone", [.. FromClone()], cancellationToken, "audit", "verify", "audit.jsonl") == 0);
    }

    private string[] FromClone() => ["--repository", Path.Combine(stage.Home, "clone"), "--target", "prod", "--cache", Path.Combine(stage.Home, "new-cache")];

    private async Task<string> AskAsync(string[] arguments, string[] hidden, CancellationToken cancellationToken)
    {
        await using var output = new StringWriter();
        var terminal = new Terminal(output, TextWriter.Null, (false, false));
        stage.Print($"$ odoosky {string.Join(' ', arguments)}");
        stage.Expect(await CommandLine.RunAsync([.. arguments, .. hidden], surroundings with { Folder = stage.Home, Terminal = terminal }, cancellationToken) == 0);
        return output.ToString();
    }

    private string Now() => UtcTime.Write(surroundings.Time.GetUtcNow());

    private async Task ClickAsync(CancellationToken cancellationToken)
    {
        await using var connection = DesiredDialect.Sqlite.Connect(DesiredDialect.FileConnection(Database), forWriting: true);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = Change;
        stage.Expect(await command.ExecuteNonQueryAsync(cancellationToken) == 2);
    }

    private async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var file = Path.Combine(stage.Home, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, new UTF8Encoding(false), cancellationToken);
    }

    private Task<int> RunAsync(CancellationToken cancellationToken, params string[] arguments) => stage.RunAsync(
        string.Empty, ["--cache", Path.Combine(stage.Home, "cache"), "--proposals", Path.Combine(stage.Home, "proposals")], cancellationToken, arguments);
}
