using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OdooSky.GitOps.Reconciler.Replicas;
using Quartz;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>How the clockwork is kept.</summary>
/// <param name="Connection">Of the PostgreSQL database that replicas share; null: in memory, one replica.</param>
/// <param name="Replica">The replica's name among the others; not used in memory.</param>
internal sealed record ClockworkPlace(string? Connection, string Replica)
{
    /// <summary>In memory.</summary>
    public static ClockworkPlace Memory { get; } = new(null, "only");
}

/// <summary>A job that comes by itself.</summary>
/// <param name="Target">Of which target.</param>
/// <param name="Kind">Which job; null: one that was taken over.</param>
/// <param name="At">When it comes next, were there no maintenance; null: it has begun.</param>
/// <param name="IsOnce">Whether it comes once, and not again and again.</param>
internal sealed record PlannedJob(string Target, JobKind? Kind, DateTimeOffset? At, bool IsOnce);

/// <summary>A job that runs on some replica.</summary>
/// <param name="Target">Of which target.</param>
/// <param name="Kind">Which job; null: one that was taken over.</param>
/// <param name="Replica">Where.</param>
/// <param name="Since">Since when, by that replica's clock.</param>
internal sealed record RunningJob(string Target, JobKind? Kind, string Replica, DateTimeOffset Since);

/// <summary>
/// Quartz, and nothing but when: in memory, or in a database that replicas share. It knows triggers by target and kind; what is done
/// is the <see cref="JobDoor"/>'s business. Where it is shared, all of it may throw <see cref="ReplicaFailure"/>.
/// </summary>
internal sealed class Clockwork : IAsyncDisposable
{
    /// <summary>How many jobs run at once, each of another target.</summary>
    public const int AtOnce = 8;

    private const string TablePrefix = "odoosky_qrtz_";
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);
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
                options.IdleWaitTime = TimeSpan.FromSeconds(place.Connection is null ? 5 : 2); // so late another replica sees what was asked of this one
            });
            quartz.UseDefaultThreadPool(AtOnce);
            if (place.Connection is not { } connection) quartz.UseInMemoryStore(store => store.MisfireThreshold = Misfire);
            else quartz.UsePersistentStore(store => Share(store, connection));
        });
        return new Clockwork(await GuardAsync(place.Connection is not null, () => builder.BuildScheduler(cancellationToken)), place.Connection is not null);
    }

    /// <summary>Starts to run what is due.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public Task StartAsync(CancellationToken cancellationToken) => DoAsync(() => scheduler.Start(cancellationToken));

    /// <summary>Stops starting jobs; those that run go on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public async Task RestAsync(CancellationToken cancellationToken) => await scheduler.Standby(cancellationToken);

    /// <summary>Puts a target's times in place of those it had; what is shared and the same already goes on as it is.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="times">When its jobs run.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public Task SetAsync(string target, JobTimes times, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        if (times.Maintenance is { } maintenance && (await scheduler.GetCalendar(target, cancellationToken))?.Description != maintenance.Calendar.Description)
            await scheduler.AddCalendar(target, maintenance.Calendar, AddCalendarOptions.Replacing, cancellationToken);
        var triggers = new List<ITrigger>();
        foreach (var trigger in times.Each.Select(time => ClockworkTriggers.Timed(target, time, times.Zone)))
            if (!isShared || !ClockworkTriggers.IsSame(await scheduler.GetTrigger(trigger.Key, cancellationToken), trigger)) triggers.Add(trigger);
        if (triggers.Count > 0)
        {
            var job = JobBuilder.Create<TargetJob>().WithIdentity(target, ClockworkTriggers.Group).StoreDurably().RequestRecovery().Build();
            await scheduler.ScheduleJob(job, triggers, ScheduleJobOptions.Replacing, cancellationToken);
        }

        var gone = Enum.GetValues<JobKind>().Except(times.Each.Select(time => time.Kind)).Select(kind => ClockworkTriggers.KeyOf(target, kind)).ToList();
        await scheduler.UnscheduleJobs(gone, cancellationToken);
        if (times.Maintenance is null) await ForgetMaintenanceAsync(target, cancellationToken);
    });

    /// <summary>Forgets a target.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public Task ForgetAsync(string target, CancellationToken cancellationToken) =>
        DoAsync(async () =>
        {
            await scheduler.DeleteJob(new JobKey(target, ClockworkTriggers.Group), cancellationToken);
            await ForgetMaintenanceAsync(target, cancellationToken);
        });

    /// <summary>Runs a job soon. Asked for again before it has begun, it runs once; asked for while it runs, it runs once more.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="kind">Which job.</param>
    /// <param name="replica">Where it is to run while that one lives; null: anywhere.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public Task TriggerAsync(string target, JobKind kind, string? replica, CancellationToken cancellationToken) =>
        DoAsync(async () => await scheduler.ScheduleTrigger(ClockworkTriggers.Once(target, kind, replica), TriggerConflict.KeepEarlier, cancellationToken));

    /// <summary>Runs a job soon, or when the maintenance that holds now is over.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="kind">Which job.</param>
    /// <param name="replica">Where it is to run while that one lives; null: anywhere.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public Task HintAsync(string target, JobKind kind, string? replica, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        var later = await MaintenanceEndAsync(scheduler, target, cancellationToken);
        await scheduler.ScheduleTrigger(ClockworkTriggers.Once(target, kind, replica, later), TriggerConflict.KeepEarlier, cancellationToken);
    });

    /// <summary>When the maintenance ends that a target is in.</summary>
    /// <param name="scheduler">Where its windows are kept.</param>
    /// <param name="target">Its name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The end; null: it is in none.</returns>
    public static async Task<DateTimeOffset?> MaintenanceEndAsync(IScheduler scheduler, string target, CancellationToken cancellationToken) =>
        await scheduler.GetCalendar(target, cancellationToken) is { } calendar ? Maintenance.Until(calendar, TimeProvider.System.GetUtcNow()) : null;

    /// <summary>All that comes by itself, of all targets, those of other replicas too.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The jobs.</returns>
    public Task<ImmutableArray<PlannedJob>> PlannedAsync(CancellationToken cancellationToken) => GuardAsync(isShared, async () =>
    {
        var page = await scheduler.QueryTriggers(new TriggerQuery { Take = PagedQuery.All }, cancellationToken);
        return page.Items.Where(item => item.JobKey.Group == ClockworkTriggers.Group)
            .Select(item => new PlannedJob(item.JobKey.Name, ClockworkTriggers.RunningKindOf(item.Key), item.NextFireTimeUtc, ClockworkTriggers.KindOf(item.Key) is null))
            .ToImmutableArray();
    });

    /// <summary>All that runs, on all replicas.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The jobs.</returns>
    public Task<ImmutableArray<RunningJob>> RunningAsync(CancellationToken cancellationToken) => GuardAsync(isShared, async () =>
    {
        var page = await scheduler.QueryFireInstances(new FireInstanceQuery { Take = PagedQuery.All }, cancellationToken);
        return page.Items.Where(item => item.JobKey?.Group == ClockworkTriggers.Group)
            .Select(item => new RunningJob(item.JobKey!.Name, ClockworkTriggers.RunningKindOf(item.TriggerKey), item.SchedulerInstanceId, item.FireTimeUtc)).ToImmutableArray();
    });

    /// <summary>When the jobs of a target run next.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="maintenance">Its windows, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The times by job.</returns>
    public Task<ImmutableSortedDictionary<JobKind, DateTimeOffset>> NextAsync(string target, Maintenance? maintenance, CancellationToken cancellationToken) => GuardAsync(isShared, async () =>
    {
        var planned = await PlannedAsync(cancellationToken);
        return NextRuns.Of(planned.Where(job => job.Target == target), maintenance);
    });

    /// <summary>Gives a target to a replica: while that one lives no other runs its jobs, so that what it remembers stays of use.</summary>
    /// <param name="target">The target.</param>
    /// <param name="replica">The replica.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public Task SeatAsync(string target, string replica, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        foreach (var kind in Enum.GetValues<JobKind>())
        {
            var key = ClockworkTriggers.KeyOf(target, kind);
            if (await scheduler.GetTrigger(key, cancellationToken) is { } trigger && trigger.PreferredNode.Node != replica)
                await scheduler.UpdateTriggerDetails(key, new TriggerDetailsUpdate().WithPreferredNode(PreferredNode.For(replica)), cancellationToken);
        }
    });

    /// <inheritdoc/>
    /// <remarks>It waits for Quartz to write down that jobs have ended, or others would take them over.</remarks>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(LastWords);
        try
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, limit.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or SchedulerException)
        {
            // Others find out when the lease is over.
        }
    }

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

    private async Task ForgetMaintenanceAsync(string target, CancellationToken cancellationToken)
    {
        if (await scheduler.GetCalendar(target, cancellationToken) is not null) await scheduler.DeleteCalendar(target, cancellationToken);
    }

    private async Task DoAsync(Func<ValueTask> act) => await GuardAsync(isShared, async () =>
    {
        await act();
        return true;
    });

    // What Quartz throws over a database is that database's affair; in memory it is a fault of the program.
    private static async Task<T> GuardAsync<T>(bool shared, Func<ValueTask<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (SchedulerException failure) when (shared)
        {
            throw new ReplicaFailure($"the replicas' database: {failure.GetBaseException().Message}", failure);
        }
    }
}
