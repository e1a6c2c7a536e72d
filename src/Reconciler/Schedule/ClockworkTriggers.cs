using Quartz;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>The triggers of targets, as Quartz keeps them.</summary>
internal static class ClockworkTriggers
{
    /// <summary>The group of all jobs.</summary>
    public const string Group = "odoosky";

    private const string Now = "-now";
    private const string HeldKey = "held";

    /// <summary>The key of the trigger that starts a target's job when it is time.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="kind">Which job.</param>
    /// <returns>The key.</returns>
    public static TriggerKey KeyOf(string target, JobKind kind) => new(kind.ToString(), target);

    /// <summary>Which job a trigger starts when it is time.</summary>
    /// <param name="key">The trigger's key.</param>
    /// <returns>The job; null for a trigger that starts one once, and for those that Quartz makes.</returns>
    public static JobKind? KindOf(TriggerKey key) => Enum.TryParse<JobKind>(key.Name, out var kind) && Enum.IsDefined(kind) ? kind : null;

    /// <summary>Which job a trigger starts, once or again and again.</summary>
    /// <param name="key">The trigger's key.</param>
    /// <returns>The job; null for a trigger that Quartz made.</returns>
    public static JobKind? RunningKindOf(TriggerKey key) => KindOf(key.Name.EndsWith(Now, StringComparison.Ordinal) ? new TriggerKey(key.Name[..^Now.Length], key.Group) : key);

    /// <summary>A trigger that starts a job when it is time.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="time">When.</param>
    /// <param name="zone">The time zone of cron expressions.</param>
    /// <returns>The trigger.</returns>
    public static ITrigger Timed(string target, JobTime time, TimeZoneInfo zone)
    {
        var trigger = TriggerBuilder.Create().WithIdentity(KeyOf(target, time.Kind)).ForJob(target, Group).UsingJobData(TargetJob.KindKey, time.Kind.ToString());
        return (time.Cron is { } cron
            ? trigger.WithSchedule(CronScheduleBuilder.Create(CronExpression.ParseWithHash(cron, target)).InTimeZone(zone)
                .WithMisfireInstruction(time.CatchUp ? CronTriggerMisfireInstruction.FireAndProceed : CronTriggerMisfireInstruction.DoNothing))
            : trigger.StartAt(TimeProvider.System.GetUtcNow() + time.Phase).WithSchedule(SimpleScheduleBuilder.Create().WithInterval(time.Every).RepeatForever()
                .WithMisfireInstruction(time.CatchUp ? SimpleTriggerMisfireInstruction.NowWithExistingCount : SimpleTriggerMisfireInstruction.NextWithExistingCount))).Build();
    }

    /// <summary>A trigger that starts a job soon, once.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="kind">Which job.</param>
    /// <param name="replica">Where it is to run while that one lives; null: anywhere.</param>
    /// <param name="held">Until when it is held by maintenance; null: it comes now, maintenance or not.</param>
    /// <returns>The trigger.</returns>
    public static ITrigger Once(string target, JobKind kind, string? replica, DateTimeOffset? held = null) => TriggerBuilder.Create()
        .WithIdentity(kind + Now, target).ForJob(target, Group).UsingJobData(TargetJob.KindKey, kind.ToString()).UsingJobData(HeldKey, $"{held is not null}")
        .StartAt(held ?? TimeProvider.System.GetUtcNow()).WithPriority(10)
        .WithPreferredNode(replica is null ? PreferredNode.None : PreferredNode.For(replica)).Build();

    /// <summary>Whether maintenance may hold what a trigger starts: what comes by itself, and what was held before.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <returns>False for what was ordered.</returns>
    public static bool MayBeHeld(ITrigger trigger) => KindOf(trigger.Key) is not null || trigger.JobDataMap.GetString(HeldKey) == bool.TrueString;

    /// <summary>Why a cron expression can't be used.</summary>
    /// <param name="cron">The expression.</param>
    /// <param name="target">The target's name, for what H stands for.</param>
    /// <returns>A phrase; null when it can be used.</returns>
    public static string? FaultOf(string cron, string target)
    {
        try
        {
            return CronExpression.ParseWithHash(cron, target).GetNextValidTimeAfter(TimeProvider.System.GetUtcNow()) is null ? "a time that never comes" : null;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or SchedulerException)
        {
            return $"no cron expression: {fault.Message.TrimEnd('.')}";
        }
    }

    /// <summary>Whether a trigger that is kept already says the same, so that it need not begin anew.</summary>
    /// <param name="kept">The one that is kept, or null.</param>
    /// <param name="wanted">The one that is wanted.</param>
    /// <returns>True when the job comes at the same times.</returns>
    public static bool IsSame(ITrigger? kept, ITrigger wanted) => kept?.CalendarName == wanted.CalendarName && (kept, wanted) switch
    {
        (ICronTrigger one, ICronTrigger other) => one.CronExpressionString == other.CronExpressionString && one.TimeZone.Id == other.TimeZone.Id,
        (ISimpleTrigger one, ISimpleTrigger other) => one.RepeatInterval == other.RepeatInterval && one.NextFireTimeUtc is not null,
        _ => false,
    };
}
