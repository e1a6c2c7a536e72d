using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Cli;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Passes;

/// <summary>What a command line printed, and its exit code.</summary>
internal sealed record Ran(int Exit, string Output, string Messages)
{
    public JsonNode Json => JsonNode.Parse(Output)!;
}

/// <summary>A real bare repository in a temporary folder, changed by real commits, worked on by real command lines.</summary>
internal sealed class TestFleet : IDisposable
{
    public const string Chart = """
        image: {repository: odoo, tag: "17.0"}
        addons: []
        resources: {odoo: {}, pg: {}}
        """;

    public const string RestartPaths = """
        apiVersion: odoosky.io/v1
        kind: RestartPaths
        paths: {image: [odoo], resources.odoo: [odoo], resources.pg: [pg], notes: []}
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-test-");
    private int commits;

    public TestFleet()
    {
        Git("init", "--quiet", "--bare", "--initial-branch=main", Remote);
        Git("init", "--quiet", "--initial-branch=main", Work);
        Git("-C", Work, "remote", "add", "origin", Remote);
        Write("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\n");
        Write("charts/instance/values.yaml", Chart);
        Write("charts/instance/restart-paths.yaml", RestartPaths);
    }

    /// <summary>The clock of command lines.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What command lines read from stdin.</summary>
    public Stream Input { get; set; } = Stream.Null;

    /// <summary>The environment of command lines.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Where command lines are run; settings stand here.</summary>
    public string Folder => folder.FullName;

    public string Remote => Path.Combine(folder.FullName, "remote.git");

    public string Work => Path.Combine(folder.FullName, "work");

    public string Proposals => Path.Combine(folder.FullName, "proposals");

    /// <summary>An instance whose overlay says what is wished.</summary>
    public void AddInstance(string code, string version = "1.0", string? wished = null)
    {
        Wish(code, wished ?? version);
        Overlay(code, version);
    }

    public void Wish(string code, string version, string more = "") => Write(
        $"desired/instances/{code}.yaml",
        $"apiVersion: odoosky.io/v1\nkind: Instance\ncode: {code}\n{more}addons:\n- code: sale\n  source: odoo-builtin\n- code: web_x\n  source: oca\n  image: registry.example/web_x\n  version: \"{version}\"\n");

    public void Overlay(string code, string version) => Write(
        $"instances/{code}/values.yaml",
        $"# {code}, kept by people\ninstance:\n  code: {code}\naddons:\n  - code: sale  # ships with Odoo\n    source: odoo-builtin\n  - code: web_x\n    source: oca\n    image: registry.example/web_x\n    version: \"{version}\"\n");

    public void Write(string path, string text)
    {
        var file = Path.Combine(Work, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Delete(string path) => File.Delete(Path.Combine(Work, path));

    /// <summary>Commits everything in the work tree to a branch of the remote, main unless another is named.</summary>
    public string Push(string message = "Change the fleet", string branch = "main")
    {
        Git("-C", Work, "add", "--all");
        Git("-C", Work, "commit", "--quiet", "--allow-empty", "-m", message);
        Git("-C", Work, "push", "--quiet", "--force", "origin", $"HEAD:refs/heads/{branch}");
        return Git("-C", Work, "rev-parse", "HEAD");
    }

    /// <summary>All branches of the remote, one <c>id name</c> a line.</summary>
    public string Refs() => Git("-C", Remote, "for-each-ref", "--format=%(objectname) %(refname:short)");

    /// <summary>Takes a branch of the remote away when it is there.</summary>
    public void TryDelete(string branch) => Git("-C", Remote, "update-ref", "-d", "refs/heads/" + branch);

    public string Show(string revision, string path) => Git("-C", Remote, "show", $"{revision}:{path}");

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var role in (string[])["AUTHOR", "COMMITTER"])
        {
            start.Environment[$"GIT_{role}_NAME"] = "A Person";
            start.Environment[$"GIT_{role}_EMAIL"] = "person@example.com";
            start.Environment[$"GIT_{role}_DATE"] = $"{1_700_000_000 + commits} +0100";
        }

        if (arguments.Contains("commit")) commits++;
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var git = Process.Start(start)!;
        var errors = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {errors.Result}");
    }

    public Task<Ran> RunAsync(params string[] arguments) => RunWithCacheAsync("cache", arguments);

    /// <summary>Runs a verb on this fleet; a cache of its own is another machine.</summary>
    public async Task<Ran> RunWithCacheAsync(string cache, params string[] arguments)
    {
        string[] all = [.. arguments, "--repository", Remote, "--target", "prod", "--cache", Path.Combine(folder.FullName, cache), "--proposals", Proposals];
        return await CommandAsync(all);
    }

    /// <summary>Whether messages go to a terminal that somebody looks at.</summary>
    public bool HasTerminal { get; set; }

    /// <summary>What the newest command line has said so far, while it runs too.</summary>
    public Func<string> Messages { get; private set; } = () => string.Empty;

    /// <summary>Runs a command line as it is.</summary>
    public Task<Ran> CommandAsync(params string[] arguments) => CommandAsync(arguments, (output, messages) => new Terminal(output, messages, (false, HasTerminal)));

    /// <summary>Runs a command line as it is, on a terminal of one's own.</summary>
    public async Task<Ran> CommandAsync(string[] arguments, Func<TextWriter, TextWriter, Terminal> terminal)
    {
        using StringWriter output = new(), messages = new HeardWriter();
        Messages = messages.ToString;
        var surroundings = new Surroundings(
            terminal(output, messages), Environment, folder.FullName, Input, Time);
        var exit = await CommandLine.RunAsync(arguments, surroundings, TestContext.Current.CancellationToken);
        return new Ran(exit, output.ToString(), messages.ToString());
    }

    public void Dispose() => folder.Delete(recursive: true);
}
