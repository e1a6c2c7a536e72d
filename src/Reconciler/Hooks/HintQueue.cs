using System.Collections.Concurrent;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>
/// What is to be looked at. Many hints become few jobs: the first one starts a job at once; those that come within <see cref="Gap"/>
/// of it become one more, at its end. Nothing is kept: a hint that is lost costs the time up to the next scheduled pass.
/// </summary>
internal sealed class HintQueue : IAsyncDisposable
{
    /// <summary>The time between two jobs of one kind and target that hints start.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromSeconds(5);

    /// <summary>So many commands wait at once.</summary>
    public const int MostCommands = 100;

    private readonly Duty duty;
    private readonly CommandDesk desk;
    private readonly Action<string, string> tell;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<(string Target, JobKind Kind), DateTimeOffset> waiting = new();
    private readonly ConcurrentDictionary<(string Target, JobKind Kind), DateTimeOffset> last = new();
    private readonly ConcurrentDictionary<Task, byte> running = new();
    private int commands;

    /// <summary>An empty one.</summary>
    /// <param name="duty">The service.</param>
    /// <param name="tell">Hears of commands: target and words.</param>
    /// <param name="time">The clock.</param>
    public HintQueue(Duty duty, Action<string, string> tell, TimeProvider time) =>
        (this.duty, this.tell, this.time, desk) = (duty, tell, time, new CommandDesk(duty, time));

    /// <summary>Takes a hint; returns at once.</summary>
    /// <param name="hint">The hint.</param>
    /// <returns>False: it means no target, or there is no more room for commands.</returns>
    public bool Take(HookHint hint)
    {
        var taken = false;
        foreach (var work in duty.Works.Values.Where(work => Means(work.Target, hint)))
            taken |= hint.Comment is { } comment ? Command(work, comment) : Look(work.Target, hint);
        return taken;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(running.Keys);
        end.Dispose();
    }

    private static bool Means(RunTarget target, HookHint hint) =>
        (target.GitHub?.Name ?? RepositoryName.TryParse(target.Repository.Text))?.Is(hint.Repository) == true
        || hint.Addresses.Contains(target.Repository.Text, StringComparer.OrdinalIgnoreCase);

    private bool Look(RunTarget target, HookHint hint)
    {
        var ours = ChangeSet.BranchPrefix(target.Name);
        if (!hint.Branches.Any(branch => branch == target.BaseName || branch == target.DesiredBranch || branch.StartsWith(ours, StringComparison.Ordinal))) return false;
        Ask(target.Name, JobKind.Reconcile);
        if (hint.Pushed == target.BaseName && duty.Works.GetValueOrDefault(target.Name)?.HasCluster == true) Ask(target.Name, JobKind.Verify);
        return true;
    }

    private bool Command(TargetWork work, CommentHint hint)
    {
        if (Interlocked.Increment(ref commands) <= MostCommands)
        {
            Start(work.Name, () => CommandAsync(work, hint));
            return true;
        }

        Interlocked.Decrement(ref commands);
        return false;
    }

    private async Task CommandAsync(TargetWork work, CommentHint hint)
    {
        try
        {
            var (words, reconcile) = await desk.DoAsync(work, hint, end.Token);
            tell(work.Name, words);
            if (reconcile) await duty.TriggerAsync(work.Name, JobKind.Reconcile, end.Token);
        }
        finally
        {
            Interlocked.Decrement(ref commands);
        }
    }

    private void Ask(string target, JobKind kind)
    {
        var now = time.GetUtcNow();
        if (waiting.TryAdd((target, kind), now)) Start(target, () => TriggerAsync(target, kind, now));
    }

    private async Task TriggerAsync(string target, JobKind kind, DateTimeOffset now)
    {
        var wait = last.GetValueOrDefault((target, kind)) + Gap - now;
        if (wait > TimeSpan.Zero) await Task.Delay(wait < Gap ? wait : Gap, time, end.Token);
        last[(target, kind)] = time.GetUtcNow();
        waiting.TryRemove((target, kind), out _); // before the job: what is hinted from here on needs another one
        await duty.HintAsync(target, kind, end.Token);
    }

    private void Start(string target, Func<Task> act)
    {
        var task = Task.Run(() => GuardedAsync(target, act));
        running[task] = 0;
        _ = task.ContinueWith(done => running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    // A hint that fails is one line; the next scheduled pass looks anyway.
    private async Task GuardedAsync(string target, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failure) when (!end.IsCancellationRequested)
        {
            var meaning = FailureMeaning.Of(failure, end.Token);
            tell(target, PlainText.Line($"what was asked for failed: {meaning.Code}: {meaning.Message}"));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The service ends.
        }
    }
}
