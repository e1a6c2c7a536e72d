using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>How the clockwork is kept.</summary>
/// <param name="Connection">Of the PostgreSQL database that replicas share; null: in memory, one replica.</param>
/// <param name="Replica">The replica's name among the others; not used in memory.</param>
internal sealed record ClockworkPlace(string? Connection, string Replica);

/// <summary>
/// Quartz, and nothing but when: in memory, or in a database that replicas share. It knows triggers by target and kind; what is done
/// is the <see cref="JobDoor"/>'s business.
/// </summary>
internal sealed class Clockwork : IAsyncDisposable
{
    /// <summary>How many jobs run at once, each of another target.</summary>
    public const int AtOnce = 8;

    private const string Group = "odoosky";
    private const string TablePrefix = "odoosky_qrtz_";
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Misfire = TimeSpan.FromSeconds(10);

    private readonly IScheduler scheduler;
    private readonly bool isShared;

    private Clockwork(IScheduler scheduler, bool isShared) => (this.scheduler, this.isShared) = (scheduler, isShared);

    /// <summary>Makes it; nothing runs before <see cref="StartAsync"/>.</summary>
    /// <param name="place">Where it is kept.</param>
    /// <param name="door">Who does the jobs.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>The clockwork.</returns>
    public static async Task<Clockwork> MakeAsync(ClockworkPlace place, JobDoor door, CancellationToken cancellationToken)
    {
        var builder = QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.Services.AddSingleton(door);
            quartz.ConfigureScheduler(options =>
            {
                (options.InstanceName, options.InstanceId) = ("odoosky", place.Replica);
                options.IdleWaitTime = TimeSpan.FromSeconds(5);
            });
            quartz.UseDefaultThreadPool(AtOnce);
            if (place.Connection is not { } connection) quartz.UseInMemoryStore(store => store.MisfireThreshold = Misfire);
            else quartz.UsePersistentStore(store => Share(store, connection));
        });
        return new Clockwork(await builder.BuildScheduler(cancellationToken), place.Connection is not null);
    }

    /// <summary>Starts to run what is due.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public async Task StartAsync(CancellationToken cancellationToken) => await scheduler.Start(cancellationToken);

    /// <summary>Stops starting jobs; those that run go on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public async Task RestAsync(CancellationToken cancellationToken) => await scheduler.Standby(cancellationToken);

    /// <summary>Puts a target's times in place of those it had.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="times">When its jobs run.</param>
    /// <param name="zone">The time zone of cron expressions.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public async Task SetAsync(string target, ImmutableArray<JobTime> times, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var job = JobBuilder.Create<TargetJob>().WithIdentity(target, Group).StoreDurably().RequestRecovery().Build();
        var triggers = times.Select(time => Trigger(target, time, zone)).ToList();
        var gone = Enum.GetValues<JobKind>().Except(times.Select(time => time.Kind)).Select(kind => KeyOf(target, kind)).ToList();
        await scheduler.ScheduleJob(job, triggers, ScheduleJobOptions.Replacing, cancellationToken);
        await scheduler.UnscheduleJobs(gone, cancellationToken);
    }

    /// <summary>Forgets a target.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public async Task ForgetAsync(string target, CancellationToken cancellationToken) => await scheduler.DeleteJob(new JobKey(target, Group), cancellationToken);

    /// <summary>Runs a job soon. Asked for again before it has begun, it runs once; asked for while it runs, it runs once more.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="kind">Which job.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public async Task TriggerAsync(string target, JobKind kind, CancellationToken cancellationToken)
    {
        var trigger = TriggerBuilder.Create().WithIdentity($"{kind}-now", target).ForJob(target, Group).UsingJobData(TargetJob.KindKey, kind.ToString()).StartNow().WithPriority(10).Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, cancellationToken);
    }

    /// <summary>When the jobs of a target run next.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The times by job.</returns>
    public async Task<ImmutableSortedDictionary<JobKind, DateTimeOffset>> NextAsync(string target, CancellationToken cancellationToken)
    {
        var next = ImmutableSortedDictionary.CreateBuilder<JobKind, DateTimeOffset>();
        foreach (var kind in Enum.GetValues<JobKind>())
            if ((await scheduler.GetTrigger(KeyOf(target, kind), cancellationToken))?.NextFireTimeUtc is { } at) next[kind] = at;
        return next.ToImmutable();
    }

    /// <summary>Gives each target to one of the living replicas, so that what a replica remembers stays of use; a dead one's targets go to others.</summary>
    /// <param name="targets">The names of all targets.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The replica by target; empty in memory.</returns>
    public async Task<ImmutableSortedDictionary<string, string>> SeatAsync(IReadOnlyCollection<string> targets, CancellationToken cancellationToken)
    {
        if (!isShared) return ImmutableSortedDictionary<string, string>.Empty;
        var living = (await scheduler.QueryClusterNodes(cancellationToken)).Where(node => node.IsCurrentNode || node.State != ClusterNodeState.Failed).Select(node => node.InstanceId).ToList();
        var seats = Seating.Of(targets, living);
        foreach (var (target, replica) in seats)
        foreach (var kind in Enum.GetValues<JobKind>())
        {
            var key = KeyOf(target, kind);
            if (await scheduler.GetTrigger(key, cancellationToken) is { } trigger && trigger.PreferredNode.Node != replica)
                await scheduler.UpdateTriggerDetails(key, new TriggerDetailsUpdate().WithPreferredNode(PreferredNode.For(replica)), cancellationToken);
        }

        return seats;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await scheduler.Shutdown(waitForJobsToComplete: false);

    private static void Share(IPersistentStoreBuilder store, string connection)
    {
        store.UsePostgres(connection);
        store.ProvisionSchema();
        store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (CheckIn, CheckIn * 2));
        store.ConfigureStore(options =>
        {
            options.TablePrefix = TablePrefix;
            options.StoreJobDataAsStrings = true;
            options.MisfireThreshold = Misfire;
            options.DbRetryInterval = TimeSpan.FromSeconds(2);
        });
    }

    private static TriggerKey KeyOf(string target, JobKind kind) => new(kind.ToString(), target);

    private static ITrigger Trigger(string target, JobTime time, TimeZoneInfo zone)
    {
        var trigger = TriggerBuilder.Create().WithIdentity(KeyOf(target, time.Kind)).ForJob(target, Group).UsingJobData(TargetJob.KindKey, time.Kind.ToString());
        return (time.Cron is { } cron
            ? trigger.WithSchedule(CronScheduleBuilder.Create(CronExpression.ParseWithHash(cron, target)).InTimeZone(zone)
                .WithMisfireInstruction(time.CatchUp ? CronTriggerMisfireInstruction.FireAndProceed : CronTriggerMisfireInstruction.DoNothing))
            : trigger.StartAt(TimeProvider.System.GetUtcNow() + time.Phase).WithSchedule(SimpleScheduleBuilder.Create().WithInterval(time.Every).RepeatForever()
                .WithMisfireInstruction(time.CatchUp ? SimpleTriggerMisfireInstruction.NowWithExistingCount : SimpleTriggerMisfireInstruction.NextWithExistingCount))).Build();
    }
}
