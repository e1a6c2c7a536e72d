using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using OdooSky.GitOps.Sandbox;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Demo;

/// <summary>The example's repository after one plan and one pass, made as the demo makes it.</summary>
public sealed class ExampleFleet : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-example-");

    internal JsonObject Plan { get; private set; } = [];

    internal Ran Applied { get; private set; } = new(-1, string.Empty, string.Empty);

    private string Home => Path.Combine(folder.FullName, "home");

    private string Remote => Path.Combine(Home, "fleet.git");

    public async ValueTask InitializeAsync()
    {
        var git = new GitProgram(TimeProvider.System, new GitLimits());
        await new ExampleRepository(git).MakeAsync(Home, CancellationToken.None);
        Plan = (await RunAsync("plan", "-o", "json")).Json.AsObject();
        Applied = await RunAsync("apply");
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    internal JsonObject Instance(string code) =>
        Plan["instances"]!.AsArray().Single(item => item!["code"]!.GetValue<string>() == code)!.AsObject();

    internal async Task<Ran> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(), messages = new();
        var surroundings = new Surroundings(
            new Terminal(output, messages, (false, false)), ImmutableSortedDictionary<string, string>.Empty, Home, Stream.Null, TimeProvider.System);
        string[] all = [.. arguments, "--repository", Remote, "--target", "prod", "--cache", Path.Combine(Home, "cache"), "--proposals", Path.Combine(Home, "proposals")];
        var exit = await CommandLine.RunAsync(all, surroundings, CancellationToken.None);
        return new Ran(exit, output.ToString(), messages.ToString());
    }

    internal string Git(params string[] arguments) => Encoding.UTF8.GetString(Bytes(arguments)).TrimEnd('\n');

    /// <summary>A file's very bytes at a revision, or null when it is not there.</summary>
    internal byte[]? Read(string revision, string path) =>
        Git("ls-tree", "--name-only", revision, path).Length == 0 ? null : Bytes("show", $"{revision}:{path}");

    private byte[] Bytes(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Remote, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        git.StandardOutput.BaseStream.CopyTo(bytes);
        git.WaitForExit();
        return git.ExitCode == 0 ? bytes.ToArray() : throw new InvalidOperationException($"git {string.Join(' ', arguments)}");
    }
}
