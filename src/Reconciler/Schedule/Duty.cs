using System.Collections.Concurrent;
using System.Collections.Immutable;
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
    private Clockwork? clockwork;

    /// <summary>A service that does nothing yet.</summary>
    /// <param name="board">Where what is found is shown.</param>
    /// <param name="time">The clock of jobs.</param>
    /// <param name="secrets">Learns what must not be shown.</param>
    /// <param name="tell">Hears of each run that ended.</param>
    public Duty(Board board, TimeProvider time, Secrets secrets, Action<DutyNews> tell) =>
        (this.board, this.time, this.secrets, this.tell) = (board, time, secrets, tell);

    /// <summary>What is known of all targets.</summary>
    public Board Board => board;

    /// <summary>The targets that are open, by name.</summary>
    public IReadOnlyDictionary<string, TargetWork> Works => works;

    /// <summary>Opens the targets and starts their jobs; each reconciles at once.</summary>
    /// <param name="place">Where the clockwork is kept.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    public async Task StartAsync(ClockworkPlace place, ImmutableArray<ServedTarget> targets, CancellationToken cancellationToken)
    {
        clockwork = await Clockwork.MakeAsync(place, new JobDoor(RunAsync), cancellationToken);
        await ReloadAsync(targets, cancellationToken);
        await clockwork.StartAsync(cancellationToken);
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
                await clockwork!.ForgetAsync(gone, cancellationToken);
                await CloseAsync(gone);
                board.Forget(gone);
            }

            foreach (var each in targets) await OpenAsync(each, cancellationToken);
            await clockwork!.SeatAsync([.. works.Keys], cancellationToken);
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
    public async Task<bool> TriggerAsync(string target, JobKind kind, CancellationToken cancellationToken)
    {
        if (!works.ContainsKey(target)) return false;
        await clockwork!.TriggerAsync(target, kind, cancellationToken);
        return true;
    }

    /// <summary>Ends the service: nothing new begins, what writes has a grace, then all is cut.</summary>
    /// <param name="grace">How long what writes may take.</param>
    /// <param name="hurry">Cuts the grace short.</param>
    /// <returns>True when nothing was cut.</returns>
    public async Task<bool> StopAsync(TimeSpan grace, CancellationToken hurry)
    {
        if (clockwork is not null) await clockwork.RestAsync(CancellationToken.None);
        await ending.CancelAsync();
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
        foreach (var name in works.Keys) await CloseAsync(name);
        ending.Dispose();
        cut.Dispose();
        change.Dispose();
    }

    private async Task OpenAsync(ServedTarget served, CancellationToken cancellationToken)
    {
        var name = served.Target.Name;
        await CloseAsync(name);
        var work = works[name] = TargetWork.Open(served.Target, board, time, secrets);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(served.Schedule.TimeZone);
        await clockwork!.SetAsync(name, Timetable.Of(name, served.Schedule, work.HasCluster), zone, cancellationToken);
        await clockwork.TriggerAsync(name, JobKind.Reconcile, cancellationToken);
        await ShowNextAsync(name, cancellationToken);
        if (HintWatch.Begin(served.Target, time, stop => TriggerAsync(name, JobKind.Reconcile, stop)) is { } watch) hints[name] = watch;
    }

    private async Task CloseAsync(string name)
    {
        if (hints.TryRemove(name, out var watch)) await watch.DisposeAsync();
        if (works.TryRemove(name, out var old)) await old.DisposeAsync();
    }

    // Quartz calls this; a target that was closed meanwhile has nothing to do any more.
    private async Task RunAsync(string target, JobKind kind, CancellationToken cancellationToken)
    {
        if (ending.IsCancellationRequested || !works.TryGetValue(target, out var work)) return;
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

    private async Task WorkAsync(TargetWork work, JobKind kind)
    {
        try
        {
            var run = await work.RunAsync(kind, ending.Token, cut.Token);
            tell(new DutyNews(time.GetUtcNow(), work.Name, run));
            await ShowNextAsync(work.Name, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The service ends; the next one goes on from here.
        }
        catch (ObjectDisposedException) when (!works.Values.Contains(work))
        {
            // The target was closed while the job waited for its turn.
        }
    }

    private async Task ShowNextAsync(string name, CancellationToken cancellationToken)
    {
        var next = await clockwork!.NextAsync(name, cancellationToken);
        board.Change(name, old => old with { NextRuns = next });
    }
}
