using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>What the judge is asked between two events, and what a careful person says then.</summary>
internal sealed record ReplayMoment(long Ms, long LastsMs, RolloutCase Case, RecordedVerdict Expected);

/// <summary>Plays a recording for one change, from its push on.</summary>
internal static class Replay
{
    // The last moment has no end.
    private const long LastMs = 1000;

    public static IEnumerable<ReplayMoment> Of(Recording recording, RecordedChange change)
    {
        var cluster = new RecordedCluster();
        var moments = recording.Events.GroupBy(read => read.Ms).ToList();
        for (var i = 0; i < moments.Count; i++)
        {
            foreach (var read in moments[i]) cluster.Apply(read);
            var ms = moments[i].Key;
            if (ms < change.PushedMs) continue;
            var end = i + 1 < moments.Count ? moments[i + 1].Key : ms + LastMs;
            yield return new ReplayMoment(ms, end - ms, Case(recording, change, cluster, ms), change.Timeline.Last(item => item.FromMs <= ms));
        }
    }

    // No grace for a missing Application: the careful person gave none.
    private static RolloutCase Case(Recording recording, RecordedChange change, RecordedCluster cluster, long ms)
    {
        var now = recording.Start.AddMilliseconds(ms);
        var promise = recording.Promise(change, ms);
        return new RolloutCase(cluster.Observe(promise.Code, promise.Overlay, now), promise, new JudgeLimits { MissingGrace = TimeSpan.Zero }, now);
    }
}
