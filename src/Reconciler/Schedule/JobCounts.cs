using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>Counts the runs of jobs.</summary>
internal static class JobCounts
{
    private static readonly string[] Results = ["ok", "failed"];

    /// <summary>Begins to count for a target: at 0, so that the first of a kind is seen to be more than before.</summary>
    /// <param name="target">The target's name.</param>
    public static void Begin(string target)
    {
        foreach (var kind in EnumWords.Of<JobKind>())
        foreach (var result in Results)
            Instruments.JobRuns.Add(0, new("target", target), new("kind", kind), new("result", result));
    }

    /// <summary>Counts a run that ended.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="run">The run.</param>
    public static void Ran(string target, JobRun run)
    {
        var kind = EnumWords.Word(run.Kind);
        Instruments.JobRuns.Add(1, new("target", target), new("kind", kind), new("result", run.Failure is null ? "ok" : "failed"));
        Instruments.JobDuration.Record(run.Took.TotalSeconds, new("target", target), new("kind", kind));
        if (run is { Kind: JobKind.Reconcile, Failure: not null }) Instruments.Reconciles.Add(1, new("target", target), new("result", "failed"));
    }
}
