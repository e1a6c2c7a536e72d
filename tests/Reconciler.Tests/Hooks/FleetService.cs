using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Hooks;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Hooks;

/// <summary>A service of two targets of one repository, on two base branches, on a clock that stands still.</summary>
public sealed class FleetService : IAsyncLifetime
{
    internal const string Repository = "acme/remote";

    private readonly TestFleet fleet = new();

    internal FakeClock Clock { get; } = new();

    internal HookedService Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        fleet.AddInstance("acme", wished: "1.1");
        fleet.Push();
        fleet.Push(branch: "stage");
        fleet.Git("clone", "--quiet", "--bare", fleet.Remote, Path.Combine(fleet.Folder, "acme", "remote.git"));
        Service = await HookedService.StartAsync(Clock, Target("prod", "main"), Target("stage", "stage"));
    }

    /// <summary>Before each test: what was hinted before is long ago, and the keys are as at the start.</summary>
    internal void GoOn()
    {
        Clock.Advance(HintQueue.Gap * 2);
        Service.Restore();
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        fleet.Dispose();
    }

    private ServedTarget Target(string name, string branch)
    {
        var choice = new TargetChoice
        {
            Target = name, Base = branch, Repository = Path.Combine(fleet.Folder, "acme", "remote.git"), Cache = Path.Combine(fleet.Folder, "cache-" + name), Proposals = fleet.Proposals,
            Environment = ImmutableSortedDictionary<string, string>.Empty, Folder = fleet.Folder,
        };
        return new ServedTarget(Hosting.Resolve(choice).Target!, new ScheduleSettings { Reconcile = "1d", Verify = "1d", Drift = "30d" });
    }
}
