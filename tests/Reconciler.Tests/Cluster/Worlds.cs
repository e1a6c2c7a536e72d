using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cluster;

/// <summary>A stand-in with a reader before it.</summary>
internal sealed class World : IAsyncDisposable
{
    private World(KubernetesServer server, Rollouts rollouts, FakeClock clock)
    {
        Server = server;
        Rollouts = rollouts;
        Clock = clock;
    }

    public static ServedKind Application { get; } = ServedKind.Find("argoproj.io", "applications")!;

    public static ServedKind Deployment { get; } = ServedKind.Find("apps", "deployments")!;

    public static ServedKind Pod { get; } = ServedKind.Find("", "pods")!;

    public KubernetesServer Server { get; }

    public Rollouts Rollouts { get; }

    public FakeClock Clock { get; }

    public static ClusterAccess Access(Uri server, string token = "sandbox") =>
        new() { Name = FleetReading.This, Server = server, Token = BearerToken.Fixed(token) };

    public static async Task<World> StartAsync(ClusterLimits? limits = null)
    {
        var clock = new FakeClock();
        var server = await KubernetesServer.StartAsync(clock, TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("odoosky-kube-").FullName;
        var file = Path.Combine(folder, "config");
        await File.WriteAllTextAsync(file, server.Kubeconfig());
        var (plan, problems) = ClusterPlan.Make(new() { Kubeconfig = file }, new("odoosky.yaml"), ImmutableDictionary<string, string>.Empty);
        Directory.Delete(folder, recursive: true);
        Assert.Empty(problems);
        return new World(server, new Rollouts(plan!, limits ?? new ClusterLimits(), clock), clock);
    }

    /// <summary>An object of the recordings under another name and in another namespace.</summary>
    public static JsonObject Recorded(string recording, string space, string name)
    {
        var made = Recording.Of(recording).Json().AsObject();
        made["metadata"]!["name"] = name;
        made["metadata"]!["namespace"] = space;
        made["metadata"]!.AsObject().Remove("uid");
        return made;
    }

    /// <summary>Waits for a change after which something holds; time passes for the reader while it waits.</summary>
    public async Task<FleetChange> UntilAsync(IAsyncEnumerator<FleetChange> changes, Func<FleetChange, bool> holds)
    {
        while (true)
        {
            var next = changes.MoveNextAsync().AsTask();
            while (await Task.WhenAny(next, Task.Delay(20)) != next) Clock.Advance(TimeSpan.FromMilliseconds(500));
            Assert.True(await next);
            if (holds(changes.Current)) return changes.Current;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Rollouts.Dispose();
        await Server.DisposeAsync();
    }
}
