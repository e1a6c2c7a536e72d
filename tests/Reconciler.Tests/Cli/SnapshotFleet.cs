using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Tests.Proof;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>One fleet for all snapshots, with something of everything: live, rolling, failed, edited, suspended, orphaned, waiting.</summary>
public sealed class SnapshotFleet : IAsyncLifetime
{
    // As long as a temporary folder's path, so that lines break where they do in a snapshot.
    private const string Elsewhere = "/srv/fleets/of/nordlicht";

    private LiveFleet fleet = null!;

    public async ValueTask InitializeAsync()
    {
        fleet = await LiveFleet.StartAsync();
        Assert.SkipUnless(fleet.Git.Folder.Length == Elsewhere.Length, "Snapshots are of a fleet below /tmp: lines with its path break elsewhere.");
        fleet.Git.Write("charts/instance/restart-paths.yaml", Passes.TestFleet.RestartPaths + "\n");
        foreach (var code in (string[])["acme", "globex", "initech-staging"]) fleet.Git.AddInstance(code);
        fleet.Git.AddInstance("umbrella", wished: "1.1");
        fleet.Git.Overlay("wayne-enterprises", "1.0");
        var revision = fleet.Git.Push("Start the fleet");
        foreach (var code in (string[])["acme", "globex", "umbrella", "wayne-enterprises"]) fleet.Deploy(code, revision);
        await fleet.RunAsync("verify");
        fleet.Git.AddInstance("acme", "1.1");
        fleet.Git.Wish("globex", "2.0");
        var newer = fleet.Git.Push("Upgrade web_x of acme, for the auditors who come on Friday and want their reports in the old form");
        fleet.Put(new Deployed("acme", newer, fleet.HashOf("acme")) { At = 5 });
        fleet.Put(new Deployed("initech-staging", newer, fleet.HashOf("initech-staging")) { At = 5, Ready = false, Waits = "ImagePullBackOff" });
        await fleet.RunAsync("verify");
        await fleet.RunAsync("apply");
        const string reason = "PostgreSQL upgrade, see OPS-1234; nobody touches the instance before it is done";
        await fleet.RunAsync("suspend", "umbrella", "--reason", reason, "--until", "4h", "--by", "Jane Doe");
    }

    /// <summary>What a verb prints: stdout, then stderr.</summary>
    internal async Task<string> PrintAsync(string[] arguments, int? width, bool colours)
    {
        var ran = await fleet.Git.CommandAsync(arguments, (output, messages) => new Terminal(output, messages, (colours, colours)) { Width = width, MessageWidth = width });
        var messages = ran.Messages.Length == 0 ? string.Empty : "stderr:\n" + ran.Messages;
        var exit = ran.Exit == 0 ? string.Empty : $"exit code {ran.Exit}\n";
        return (ran.Output + messages + exit).Replace(fleet.Git.Folder, Elsewhere, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync() => await fleet.DisposeAsync();
}
