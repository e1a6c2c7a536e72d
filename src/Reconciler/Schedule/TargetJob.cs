using Quartz;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>Who does the jobs of this process.</summary>
/// <param name="RunAsync">Does a target's job; it never throws but when it was cancelled.</param>
internal sealed record JobDoor(Func<string, JobKind, CancellationToken, Task> RunAsync);

/// <summary>
/// What Quartz starts: one job a target, with a trigger for each kind of work. Since it is one, no two of a target's jobs run at
/// once, not even on two replicas.
/// </summary>
/// <param name="door">Who does the jobs of this process.</param>
[DisallowConcurrentExecution]
internal sealed class TargetJob(JobDoor door) : IJob
{
    /// <summary>Where a trigger says which kind of job it is for.</summary>
    public const string KindKey = "kind";

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var (target, kind) = (context.JobDetail.Key.Name, Enum.Parse<JobKind>(context.Trigger.JobDataMap.GetString(KindKey)!));
        if (!await IsHeldAsync(context, (target, kind), cancellationToken)) await door.RunAsync(target, kind, cancellationToken);
    }

    // What comes by itself in maintenance comes once, when that is over; what was ordered is not held.
    private static async Task<bool> IsHeldAsync(IJobExecutionContext context, (string Target, JobKind Kind) job, CancellationToken cancellationToken)
    {
        if (!ClockworkTriggers.MayBeHeld(context.Trigger)) return false;
        if (await Clockwork.MaintenanceEndAsync(context.Scheduler, job.Target, cancellationToken) is not { } end) return false;
        var later = ClockworkTriggers.Once(job.Target, job.Kind, context.Trigger.PreferredNode.Node, end);
        await context.Scheduler.ScheduleTrigger(later, TriggerConflict.KeepEarlier, cancellationToken);
        return true;
    }
}
