using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>When a job runs.</summary>
/// <param name="Kind">Which job.</param>
/// <param name="Cron">A cron expression of six or seven fields; null: by interval.</param>
/// <param name="Every">The interval; not used with a cron expression.</param>
/// <param name="Phase">How long after the start it runs first, less than the interval.</param>
/// <param name="CatchUp">Whether a run that was missed is made up for at once (once, however many were missed), or left out.</param>
internal sealed record JobTime(JobKind Kind, string? Cron, TimeSpan Every, TimeSpan Phase, bool CatchUp);

/// <summary>When a target's jobs run, and when not.</summary>
/// <param name="Each">The times, by job.</param>
/// <param name="Zone">The time zone of cron expressions.</param>
/// <param name="Maintenance">When none runs by itself; null: there is no such time.</param>
internal sealed record JobTimes(ImmutableArray<JobTime> Each, TimeZoneInfo Zone, Maintenance? Maintenance);

/// <summary>
/// The jobs of a target and their times:
/// <code>
/// job        when                                   missed, since the service was down or busy
/// reconcile  at the start, then schedule.reconcile  once, at once: a fleet must not wait for what was due
/// verify     schedule.verify, with a cluster        left out: the next one is soon
/// drift      schedule.drift                         once, at once
/// upkeep     within an hour, then once a day        left out
/// </code>
/// Intervals begin at a moment of the target's own, found from its name, so that many targets do not all work in the same second;
/// a cron expression says so with H in place of a number.
/// </summary>
internal static class Timetable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // A process that is started anew each night keeps its clone too.
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Until then every job that runs by interval has run for the first time, unless it is upkeep.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Makes it.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="hasCluster">Whether there is a cluster to verify in.</param>
    /// <returns>The times.</returns>
    public static JobTimes Whole(string target, ScheduleSettings schedule, bool hasCluster)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone);
        return new JobTimes(Of(target, schedule, hasCluster), zone, Maintenance.Of(schedule.Maintenance, zone));
    }

    /// <summary>Makes the times of jobs.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="hasCluster">Whether there is a cluster to verify in.</param>
    /// <returns>The times, by job.</returns>
    public static ImmutableArray<JobTime> Of(string target, ScheduleSettings schedule, bool hasCluster)
    {
        var times = ImmutableArray.CreateBuilder<JobTime>();
        times.Add(When(JobKind.Reconcile, schedule.Reconcile, interval => Jitter(target, JobKind.Reconcile, interval)) with { CatchUp = true });
        if (hasCluster) times.Add(When(JobKind.Verify, schedule.Verify, interval => Early(target, JobKind.Verify, interval)));
        times.Add(When(JobKind.Drift, schedule.Drift, interval => Early(target, JobKind.Drift, interval)) with { CatchUp = true });
        times.Add(new JobTime(JobKind.Upkeep, null, Day, Jitter(target, JobKind.Upkeep, Hour), CatchUp: false));
        return times.ToImmutable();
    }

    /// <summary>A part of an interval that is a target's and a job's own, and always the same.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="kind">Which job.</param>
    /// <param name="within">The interval.</param>
    /// <returns>From zero to the interval, in whole milliseconds.</returns>
    public static TimeSpan Jitter(string target, JobKind kind, TimeSpan within)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{target} {kind}"));
        return TimeSpan.FromMilliseconds(BitConverter.ToUInt32(hash) % Math.Max(1, (long)within.TotalMilliseconds));
    }

    private static JobTime When(JobKind kind, string text, Func<TimeSpan, TimeSpan> phase) => Duration.TryParse(text) is { } interval
        ? new JobTime(kind, null, interval, phase(interval), CatchUp: false)
        : new JobTime(kind, text, TimeSpan.Zero, TimeSpan.Zero, CatchUp: false);

    private static TimeSpan Early(string target, JobKind kind, TimeSpan every) => Jitter(target, kind, every < Soon ? every : Soon);
}
