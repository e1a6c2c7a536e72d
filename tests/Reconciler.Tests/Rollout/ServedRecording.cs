using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>A recording told again by a server to the program's own client: what the client knew after each moment.</summary>
internal sealed class ServedRecording
{
    private readonly Dictionary<long, FleetReading> readings = [];

    private ServedRecording()
    {
    }

    public static async Task<ServedRecording> ReadAsync(Recording recording, CancellationToken stop)
    {
        var served = new ServedRecording();
        await using var world = await World.StartAsync();
        await using var changes = world.Rollouts.FollowAsync(stop).GetAsyncEnumerator(stop);
        var now = await world.UntilAsync(changes, change => change.Reading.ArgoCluster is { Pods.SpokeAt: not null, ReplicaSets.SpokeAt: not null });
        foreach (var moment in recording.Events.GroupBy(read => read.Ms))
        {
            var awaited = moment.Where(read => read.Kind != "Action").Select(Tell(world)).ToHashSet();
            while (awaited.Count > 0)
            {
                now = await world.UntilAsync(changes, _ => true);
                awaited.ExceptWith(now.Changed);
            }

            served.readings[moment.Key] = now.Reading;
        }

        return served;
    }

    /// <summary>What the judge is asked at a moment; as fresh as can be, for the recording's time is not the server's.</summary>
    public RolloutObservation Observe(long ms, InstanceCode code, OverlayPlace overlay, DateTimeOffset now)
    {
        var index = new ApplicationIndex(ApplicationMatch.BySource, overlay.Repository);
        index.Take(readings[ms].ArgoCluster.Applications, changed: null);
        return new FleetSight(readings[ms], index).Observe(code, overlay.Path) with { ObservedAt = now };
    }

    private static Func<RecordedEvent, ChangedObject> Tell(World world) => read =>
    {
        var kind = ServedKind.All.Single(kind => kind.Kind == read.Kind);
        var told = read.Object.AsObject();
        world.Server.Store.Retell(read.Type, kind, told);
        var meta = told["metadata"]!;
        return new ChangedObject(FleetReading.This, Enum.Parse<ClusterKind>(read.Kind), (string)meta["namespace"]!, (string)meta["name"]!);
    };
}
