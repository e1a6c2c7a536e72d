using System.Collections.Concurrent;
using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Replicas;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>Something that the service tells in its log.</summary>
/// <param name="At">When.</param>
/// <param name="Target">Which target.</param>
/// <param name="Run">The run that ended.</param>
internal sealed record DutyNews(DateTimeOffset At, string Target, JobRun Run);

/// <summary>
/// The service on duty: keeps targets open, runs their jobs when it is time or when it is told to, and shows on the board what they
/// found. Its end has two steps: nothing new begins and what is being written comes to its end; then, after a grace, all is cut.
/// </summary>
internal sealed class Duty : IAsyncDisposable
{
    private readonly Board board;
    private readonly TimeProvider time;
    private readonly Secrets secrets;
    private readonly Action<DutyNews> tell;
    private readonly ConcurrentDictionary<string, TargetWork> works = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HintWatch> hints = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, byte> running = new();
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenSource cut = new();
    private readonly SemaphoreSlim change = new(1, 1);
    private readonly OwnReadings readings;
    private Clockwork? clockwork;
    private Replication? replicas;

    /// <summary>A service that does nothing yet.</summary>
    /// <param name="board">Where what is found is shown.</param>
    /// <param name="time">The clock of jobs.</param>
    /// <param name="secrets">Learns what must not be shown.</param>
    /// <param name="tell">Hears of each run that ended.</param>
    public Duty(Board board, TimeProvider time, Secrets secrets, Action<DutyNews> tell) =>
        (this.board, this.time, this.secrets, this.tell, readings) = (board, time, secrets, tell, new OwnReadings(works, board, time, (target, why) => TellReplicas(new ReplicaNews($"its pages show what was read before: {why}", IsTrouble: true, target))));

    /// <summary>Hears what people should know of the replicas.</summary>
    public Action<ReplicaNews> TellReplicas { get; init; } = _ => { };

    /// <summary>What is known of all targets.</summary>
    public Board Board => board;

    /// <summary>The targets that are open, by name.</summary>
    public IReadOnlyDictionary<string, TargetWork> Works => works;

    /// <summary>The time by which all replicas say when something was asked for; in one replica its own.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + (replicas?.Beat.Offset ?? TimeSpan.Zero) - (replicas?.Beat.Slack ?? TimeSpan.Zero);

    /// <summary>A time that some replica said, by this one's clock.</summary>
    /// <param name="said">The time.</param>
    /// <returns>The same moment, or as much before it as the clocks can't be told apart.</returns>
    public DateTimeOffset Here(DateTimeOffset said) => said - (replicas?.Beat.Offset ?? TimeSpan.Zero) - (replicas?.Beat.Slack ?? TimeSpan.Zero);

    /// <summary>Opens the targets and starts their jobs; each reconciles at once.</summary>
    /// <param name="place">Where the clockwork is kept.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public async Task StartAsync(ClockworkPlace place, ImmutableArray<ServedTarget> targets, CancellationToken cancellationToken)
    {
        if (place.Connection is not null) replicas = new Replication(place, board, time, TellReplicas);
        else clockwork = await Clockwork.MakeAsync(place, new JobDoor(RunAsync), cancellationToken);
        await ReloadAsync(targets, cancellationToken);
        if (replicas is null)
        {
            await clockwork!.StartAsync(cancellationToken);
            return;
        }

        clockwork = await replicas.ReachAsync(new JobDoor(RunAsync), cancellationToken);
        replicas.Begin(readings.Begin);
    }

    /// <summary>Puts other targets in place of those that are open; a job that writes comes to its end first.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public async Task ReloadAsync(ImmutableArray<ServedTarget> targets, CancellationToken cancellationToken)
    {
        await change.WaitAsync(cancellationToken);
        try
        {
            foreach (var gone in works.Keys.Except(targets.Select(each => each.Target.Name), StringComparer.Ordinal).ToList())
            {
                replicas?.Beat.Drop(gone);
                await CloseAsync(gone);
                if (replicas is null) await clockwork!.ForgetAsync(gone, cancellationToken);
                board.Forget(gone);
            }

            foreach (var each in targets) await OpenAsync(each, cancellationToken);
            if (replicas is not null && clockwork is not null) await replicas.RoundAsync(cancellationToken);
        }
        finally
        {
            change.Release();
        }
    }

    /// <summary>Runs a job soon, however often it is asked for before it has begun.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="kind">Which job.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False: there is no such target.</returns>
    /// <exception cref="ReplicaFailure">The database that replicas share does not answer.</exception>
    public Task<bool> TriggerAsync(string target, JobKind kind, CancellationToken cancellationToken) =>
        AskAsync(target, (clockwork, replica) => clockwork.TriggerAsync(target, kind, replica, cancellationToken));

    /// <summary>Looks soon because something may have happened; in maintenance, once that is over.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="kind">Which job.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False: there is no such target.</returns>
    /// <exception cref="ReplicaFailure">The database that replicas share does not answer.</exception>
    public Task<bool> HintAsync(string target, JobKind kind, CancellationToken cancellationToken) =>
        AskAsync(target, (clockwork, replica) => clockwork.HintAsync(target, kind, replica, cancellationToken));

    /// <summary>Ends the service: nothing new begins, what writes has a grace, then all is cut.</summary>
    /// <param name="grace">How long what writes may take.</param>
    /// <param name="hurry">Cuts the grace short.</param>
    /// <returns>True when nothing was cut.</returns>
    public async Task<bool> StopAsync(TimeSpan grace, CancellationToken hurry)
    {
        if (clockwork is not null) await clockwork.RestAsync(CancellationToken.None);
        await ending.CancelAsync();
        if (replicas is not null) await replicas.LeaveAsync();
        var all = Task.WhenAll(running.Keys);
        await Task.WhenAny(all, Task.Delay(grace, time, hurry));
        var whole = all.IsCompleted;
        await cut.CancelAsync();
        await all;
        return whole;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (clockwork is not null) await clockwork.DisposeAsync();
        if (replicas is not null) await replicas.DisposeAsync();
        await readings.DisposeAsync();
        foreach (var name in works.Keys) await CloseAsync(name);
        ending.Dispose();
        cut.Dispose();
        change.Dispose();
    }

    private async Task<bool> AskAsync(string target, Func<Clockwork, string?, Task> ask)
    {
        if (!works.ContainsKey(target)) return false;
        await ask(clockwork ?? throw new ReplicaFailure("the replicas' database was not reached yet"), replicas?.Beat.Seats.GetValueOrDefault(target));
        return true;
    }

    private async Task OpenAsync(ServedTarget served, CancellationToken cancellationToken)
    {
        var name = served.Target.Name;
        await CloseAsync(name);
        var work = works[name] = TargetWork.Open(served.Target, board, time, secrets);
        var times = Timetable.Whole(name, served.Schedule, work.HasCluster);
        board.Change(name, old => old with { Maintenance = times.Maintenance });
        if (replicas is not null) replicas.Beat.Keep(name, times);
        else await SetAsync(name, times, cancellationToken);
        if (HintWatch.Begin(served.Target, time, stop => HintAsync(name, JobKind.Reconcile, stop)) is { } watch) hints[name] = watch;
    }

    private async Task SetAsync(string name, JobTimes times, CancellationToken cancellationToken)
    {
        await clockwork!.SetAsync(name, times, cancellationToken);
        await clockwork.HintAsync(name, JobKind.Reconcile, null, cancellationToken);
        await ShowNextAsync(name, cancellationToken);
    }

    private async Task CloseAsync(string name)
    {
        if (hints.TryRemove(name, out var watch)) await watch.DisposeAsync();
        if (works.TryRemove(name, out var old)) await old.DisposeAsync();
    }

    // Quartz calls this. What does not run here, since the service ends or the target is another replica's, is handed on; without
    // others there is nothing to do any more.
    private async Task RunAsync(string target, JobKind kind, CancellationToken cancellationToken)
    {
        if (ending.IsCancellationRequested || await FindAsync(target) is not { } work)
        {
            await HandOnAsync(target, kind);
            return;
        }

        var run = WorkAsync(work, kind);
        running[run] = 0;
        try
        {
            await run;
        }
        finally
        {
            running.TryRemove(run, out _);
        }
    }

    // A reload closes a target before it opens it anew: a job that comes in between waits until it is known whose it is.
    private async Task<TargetWork?> FindAsync(string target)
    {
        if (works.TryGetValue(target, out var work)) return work;
        var changed = change.WaitAsync(ending.Token);
        await changed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (changed.IsCompletedSuccessfully) change.Release();
        return works.GetValueOrDefault(target);
    }

    private async Task WorkAsync(TargetWork work, JobKind kind)
    {
        try
        {
            var run = await work.RunAsync(kind, ending.Token, cut.Token);
            tell(new DutyNews(time.GetUtcNow(), work.Name, run));
            if (replicas is null) await ShowNextAsync(work.Name, ending.Token);
            else await replicas.Beat.TellAsync(work.Name, run with { Failure = run.Failure is { } words ? secrets.Hide(words) : null }, board.Now.Targets.GetValueOrDefault(work.Name)?.Outcome, cut.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The service ends; the next one, or another replica, goes on from here.
            await HandOnAsync(work.Name, kind);
        }
        catch (ObjectDisposedException) when (!works.Values.Contains(work))
        {
            // The target was closed while the job waited for its turn.
        }
    }

    private Task HandOnAsync(string target, JobKind kind) =>
        replicas is null || clockwork is null ? Task.CompletedTask : replicas.HandOnAsync(clockwork, (target, kind), ending.IsCancellationRequested);

    private async Task ShowNextAsync(string name, CancellationToken cancellationToken)
    {
        var next = await clockwork!.NextAsync(name, board.Now.Targets.GetValueOrDefault(name)?.Maintenance, cancellationToken);
        board.Change(name, old => old with { NextRuns = next });
    }
}
