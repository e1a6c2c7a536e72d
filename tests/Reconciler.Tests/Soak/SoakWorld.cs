using System.Globalization;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Life;
using OdooSky.GitOps.Sandbox.ArgoCd;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Soak;

/// <summary>
/// A fleet with its forge, a cluster that deploys it, and one service that works on it for a simulated week: real git, real HTTP
/// to the cluster, a forge in memory, and a clock that only the test moves.
/// </summary>
internal sealed class SoakWorld : IAsyncDisposable
{
    private const string Chart = "image: {repository: registry.example/odoo, tag: \"17\"}\n";

    private readonly Repository argoClone;
    private readonly SimulatedArgoCd argo;
    private readonly Board board = new();

    private SoakWorld(LifeFleet fleet, AlarmTime time, KubernetesServer cluster, int instances)
    {
        (Fleet, Time, Cluster) = (fleet, time, cluster);
        Codes = [.. Enumerable.Range(0, instances).Select(i => string.Create(CultureInfo.InvariantCulture, $"i{i:000}"))];
        var address = RemoteAddress.Read(fleet.Remote, new Place("soak")).Address!;
        var git = new GitProgram(TimeProvider.System, new GitLimits());
        argoClone = new Repository(git, address, Path.Combine(fleet.Folder, "argocd"), Repository.NoCredentials);
        var source = new DeployedFrom(fleet.Remote, "main", "charts/instance", "instances/{code}/values.yaml");
        argo = new SimulatedArgoCd(cluster.Store, argoClone, source, new SimulatedWorld(time, _ => true));
        Work = new TargetWork(fleet.Target(), fleet.Service, board, time);
    }

    public LifeFleet Fleet { get; }

    public FakeForge Forge => Fleet.Forge;

    public AlarmTime Time { get; }

    public KubernetesServer Cluster { get; }

    public IReadOnlyList<string> Codes { get; }

    /// <summary>The service's jobs.</summary>
    public TargetWork Work { get; }

    /// <summary>What the service shows.</summary>
    public TargetBoard Shown => board.Now.Targets["prod"];

    /// <summary>Where the service keeps its clone.</summary>
    public string Cache => Path.Combine(Fleet.Folder, "cache");

    /// <summary>Starts a world in which all that is wished is merged.</summary>
    public static async Task<SoakWorld> StartAsync(int instances)
    {
        var time = new AlarmTime();
        var fleet = new LifeFleet("limits: {newPerHour: 1000}\n", time);
        var cluster = await KubernetesServer.StartAsync(time, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(fleet.Folder, "kube.yaml"), cluster.Kubeconfig());
        await File.WriteAllTextAsync(
            Path.Combine(fleet.Folder, ServiceSettings.FileName),
            $"apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  prod:\n    repository: {fleet.Remote}\n    cluster: {{kubeconfig: kube.yaml}}\n");
        fleet.Configure("receive.autogc", "false");
        fleet.Configure("gc.auto", "0");
        var world = new SoakWorld(fleet, time, cluster, instances);
        fleet.Commit("main", "Fleet", [("charts/instance/values.yaml", Chart), .. world.Codes.SelectMany(Files)]);
        return world;
    }

    private static IEnumerable<(string Path, string? Text)> Files(string code) =>
    [
        ($"desired/instances/{code}.yaml", LifeFleet.Wish("1.0").Replace("CODE", code, StringComparison.Ordinal)),
        ($"instances/{code}/values.yaml", LifeFleet.Overlay(code, "1.0")),
    ];

    /// <summary>Runs a job to its end; where it waits for the clock, the clock goes on.</summary>
    /// <param name="kind">Which job.</param>
    /// <param name="isStuck">Whether it is known to wait.</param>
    public async Task<JobRun> RunAsync(JobKind kind, bool isStuck = false)
    {
        var running = Work.RunAsync(kind, CancellationToken.None, TestContext.Current.CancellationToken);
        var (patience, step) = isStuck
            ? (TimeSpan.FromMilliseconds(150), TimeSpan.FromMinutes(1)) : (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        while (!running.IsCompleted)
        {
            await ((Task)running).WaitAsync(patience, TestContext.Current.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!running.IsCompleted) Time.Advance(step);
        }

        return await running;
    }

    /// <summary>Argo CD and the cluster go on until nothing moves any more, or for so many steps.</summary>
    public async Task DeployAsync(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            var before = Cluster.Store.Version;
            Time.Advance(TimeSpan.FromSeconds(2));
            await argo.StepAsync(TestContext.Current.CancellationToken);
            if (Cluster.Store.Version == before) return;
        }
    }

    /// <summary>An object of the cluster.</summary>
    public JsonObject? Find(string group, string plural, string space, string name) => Cluster.Store.Find(ServedKind.Find(group, plural)!, space, name);

    /// <summary>What is around the service forgets what no service needs, so that only the service is weighed.</summary>
    public void Rest()
    {
        Cluster.Store.Compact();
        Cluster.Listing.Expire();
        (Cluster.Requests as System.Collections.Concurrent.ConcurrentQueue<string>)?.Clear();
        Forge.Writes.Clear();
        Fleet.Pack();
    }

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        await argoClone.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
