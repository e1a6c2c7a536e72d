using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>Counts the runs of jobs.</summary>
internal static class JobCounts
{
    /// <summary>Counts a run that ended.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="run">The run.</param>
    public static void Ran(string target, JobRun run)
    {
        var job = EnumWords.Word(run.Kind);
        Instruments.JobRuns.Add(1, new("target", target), new("job", job), new("result", run.Failure is null ? "ok" : "failed"));
        Instruments.JobDuration.Record(run.Took.TotalSeconds, new("target", target), new("job", job));
        if (run is { Kind: JobKind.Reconcile, Failure: not null }) Instruments.Reconciles.Add(1, new("target", target), new("result", "failed"));
    }
}
