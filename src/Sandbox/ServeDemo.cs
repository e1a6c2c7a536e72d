using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Sandbox.GitHub;

namespace OdooSky.GitOps.Sandbox;

/// <summary>The real service on stand-ins for GitHub, Argo CD and a cluster, all in this process, with people who do things meanwhile.</summary>
/// <param name="surroundings">Where it prints, and what the process gives it.</param>
internal sealed class ServeDemo(Surroundings surroundings)
{
    private readonly DemoStage stage = new(surroundings);

    /// <summary>Serves until it is told to end.</summary>
    /// <param name="folder">Where, or null for a new temporary folder.</param>
    /// <param name="urls">Where the service listens.</param>
    /// <param name="cancellationToken">Ends it in order.</param>
    /// <returns>The service's exit code.</returns>
    public async Task<int> RunAsync(string? folder, string urls, CancellationToken cancellationToken)
    {
        if (!stage.Enter(folder)) return 1;
        var clock = new LateClock(surroundings.Time);
        await using var hub = await GitHubStandIn.StartAsync(clock, cancellationToken);
        var people = await LiveAsync(hub, new DemoPast(clock), cancellationToken);
        var crowd = new DemoPeople(people, surroundings.Time);
        await crowd.WishAsync(cancellationToken);
        await using var cluster = await DemoCluster.StartAsync(stage.Home, people.Git.Folder, surroundings.Time, cancellationToken);
        var more = $"cluster: {{kubeconfig: {cluster.Kubeconfig}, repository: {people.Git.Folder}}}\nschedule: {{reconcile: 10s, verify: 5s, drift: 1m}}";
        await stage.UseAsync(hub, people, more, cancellationToken);
        Say(urls);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var acting = crowd.ActAsync(over.Token);
        var exit = await CommandLine.RunAsync(
            ["serve", "--urls", urls, "--cache", Path.Combine(stage.Home, "cache")], surroundings with { Folder = stage.Home }, cancellationToken);
        await over.CancelAsync();
        await acting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return exit;
    }

    private async Task<RepositoryPeople> LiveAsync(GitHubStandIn hub, DemoPast past, CancellationToken cancellationToken)
    {
        past.Begin();
        var people = await hub.AddRepositoryAsync("nordlicht", "fleet", DemoPast.Files(), cancellationToken);
        people.Record.ReadsUntilMergeable = 0;
        await past.LiveAsync(people, Path.Combine(stage.Home, "past"), cancellationToken);
        return people;
    }

    private void Say(string urls)
    {
        stage.Print("The service keeps a fleet of six Odoo instances, with stand-ins on this machine for GitHub, Argo CD and the cluster.");
        stage.Print("Within half a minute lena merges a change that goes live and one that fails, and declines one; two more wait for people.");
        stage.Print($"\nLook at {urls}    Ctrl-C ends it.\n");
    }
}
