using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>What the judge is asked between two events, and what a careful person says then.</summary>
internal sealed record ReplayMoment(long Ms, long LastsMs, RolloutCase Case, RecordedVerdict Expected);

/// <summary>Plays a recording for one change, from its push on.</summary>
internal static class Replay
{
    // The last moment has no end.
    private const long LastMs = 1000;

    /// <summary>Reads the recorded objects in the plainest way.</summary>
    public static IEnumerable<ReplayMoment> Of(Recording recording, RecordedChange change)
    {
        var cluster = new RecordedCluster();
        return Of(recording, change, events =>
        {
            foreach (var read in events) cluster.Apply(read);
            return cluster.Observe;
        });
    }

    /// <summary>Asks what is seen after each moment's events.</summary>
    public static IEnumerable<ReplayMoment> Of(
        Recording recording, RecordedChange change, Func<IGrouping<long, RecordedEvent>, Func<InstanceCode, OverlayPlace, DateTimeOffset, RolloutObservation>> see)
    {
        var moments = recording.Events.GroupBy(read => read.Ms).ToList();
        for (var i = 0; i < moments.Count; i++)
        {
            var observe = see(moments[i]);
            var ms = moments[i].Key;
            if (ms < change.PushedMs) continue;
            var end = i + 1 < moments.Count ? moments[i + 1].Key : ms + LastMs;
            yield return new ReplayMoment(ms, end - ms, Case(recording, change, observe, ms), change.Timeline.Last(item => item.FromMs <= ms));
        }
    }

    // No grace for a missing Application: the careful person gave none.
    private static RolloutCase Case(
        Recording recording, RecordedChange change, Func<InstanceCode, OverlayPlace, DateTimeOffset, RolloutObservation> observe, long ms)
    {
        var now = recording.Start.AddMilliseconds(ms);
        var promise = recording.Promise(change, ms);
        return new RolloutCase(observe(promise.Code, promise.Overlay, now), promise, new JudgeLimits { MissingGrace = TimeSpan.Zero }, now);
    }
}
