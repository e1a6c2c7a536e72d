using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>
/// One target that stays open: what it remembers makes a quiet pass nearly free. Its jobs share one clone, so they run one after
/// another; other targets do not wait for it. Whatever a job meets becomes one line on the board, and never ends the process.
/// </summary>
/// <param name="target">What to work on.</param>
/// <param name="open">The same, open; closed with this.</param>
/// <param name="board">Where what is found is shown.</param>
/// <param name="time">The clock.</param>
internal sealed class TargetWork(RunTarget target, OpenTarget open, Board board, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan TidyAfter = TimeSpan.FromSeconds(3);

    private readonly TargetTurn turn = new(target.Name);
    private Verification? verification;

    /// <summary>The target's name.</summary>
    public string Name => target.Name;

    /// <summary>The target, for those who ask it something of their own.</summary>
    public RunTarget Target => target;

    /// <summary>Whether there is a cluster to verify in.</summary>
    public bool HasCluster => open.Clusters.IsThere;

    /// <summary>The way to GitHub; null where there is no forge.</summary>
    public GitHub.GitHubAccess? GitHub => open.GitHub;

    /// <summary>Opens a target; talks to nobody yet.</summary>
    /// <param name="target">What to open.</param>
    /// <param name="board">Where what is found is shown.</param>
    /// <param name="time">The clock.</param>
    /// <param name="secrets">Learns what must not be shown.</param>
    /// <returns>The open target.</returns>
    public static TargetWork Open(RunTarget target, Board board, TimeProvider time, Secrets secrets)
    {
        board.Change(target.Name, old => old);
        JobCounts.Begin(target.Name);
        PassCounts.Begin(target.Name);
        return new TargetWork(target, Hosting.Open(target, time, secrets), board, time);
    }

    /// <summary>Does a job, once the target is free.</summary>
    /// <param name="kind">Which job.</param>
    /// <param name="ending">Ends it where nothing is half done: before it writes, or once all is written.</param>
    /// <param name="cancellationToken">Ends it at once; the next run goes on from there.</param>
    /// <returns>How it ended.</returns>
    public async Task<JobRun> RunAsync(JobKind kind, CancellationToken ending, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, cancellationToken);
        await turn.TakeAsync(either.Token);
        try
        {
            var begun = time.GetUtcNow();
            board.Change(Name, old => old with { Running = old.Running.SetItem(kind, begun) });
            var failure = await Spans.AroundAsync(EnumWords.Word(kind), Name, () => FailureAsync(kind, ending, cancellationToken));
            var run = new JobRun(kind, begun, time.GetUtcNow() - begun, failure);
            board.Change(Name, old => old.After(run) with { Outcome = kind == JobKind.Reconcile ? OutcomeOf(run, old.Pass) : old.Outcome });
            JobCounts.Ran(Name, run);
            return run;
        }
        finally
        {
            board.Change(Name, old => old with { Running = old.Running.Remove(kind) });
            turn.Pass();
        }
    }

    /// <summary>Reads, while another replica works on the target, what its pages show: plans, asks the cluster, and writes nothing.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why it could not be read, and then what was shown before stays; null: it was, or the target is this process's by now.</returns>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        await turn.TakeAsync(cancellationToken);
        try
        {
            if (board.Now.Targets.GetValueOrDefault(Name) is not { IsHere: false }) return null;
            var planned = await open.Run.PlanAsync(new PassRequest(null, []), cancellationToken);
            var seen = await ProveAsync(counts: false, cancellationToken);
            board.Change(Name, old => old with { Pass = null, FirstPlan = planned, Drift = DriftFinding.All(planned, seen?.Proof), ReadAt = time.GetUtcNow() });
            return null;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return Words(failure, cancellationToken);
        }
        finally
        {
            turn.Pass();
        }
    }

    /// <summary>Tells an instance's history, once the target is free.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The history.</returns>
    public Task<InstanceStory> HistoryAsync(InstanceCode code, CancellationToken cancellationToken) =>
        AsideAsync(free => free.Audit.HistoryAsync(code, null, null, cancellationToken), cancellationToken);

    /// <summary>Does something that is no job, once the target is free.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="act">What to do; what it throws is the caller's affair.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What it gave.</returns>
    public async Task<T> AsideAsync<T>(Func<OpenTarget, Task<T>> act, CancellationToken cancellationToken)
    {
        await turn.TakeAsync(cancellationToken);
        try
        {
            return await act(open);
        }
        finally
        {
            turn.Pass();
        }
    }

    /// <summary>Waits for the running job and closes the target; who waits behind it is told so.</summary>
    /// <returns>A task.</returns>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await turn.TakeAsync(CancellationToken.None);
        }
        catch (ObjectDisposedException)
        {
            return; // it is closed
        }

        try
        {
            await open.DisposeAsync();
        }
        finally
        {
            turn.Close();
        }
    }

    // The one place where the world's failures end in the service: the next run tries again.
    private async Task<string?> FailureAsync(JobKind kind, CancellationToken ending, CancellationToken cancellationToken)
    {
        try
        {
            return await (kind switch
            {
                JobKind.Reconcile => ReconcileAsync(ending, cancellationToken),
                JobKind.Verify => VerifyAsync(ending, cancellationToken),
                JobKind.Drift => DriftAsync(ending, cancellationToken),
                _ => UpkeepAsync(ending, cancellationToken),
            });
        }
        catch (Exception failure) when (!ending.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Words(failure, cancellationToken);
        }
    }

    private static string Words(Exception failure, CancellationToken cancellationToken)
    {
        var meaning = FailureMeaning.Of(failure, cancellationToken);
        return PlainText.Line($"{meaning.Code}: {meaning.Message}");
    }

    private async Task<string?> ReconcileAsync(CancellationToken ending, CancellationToken cancellationToken)
    {
        var report = await Spans.AroundAsync("pass", Name, () => open.Run.ApplyAsync(new PassRequest(null, []) { Ending = ending, Planned = Show }, cancellationToken));
        var isFirst = board.Now.Targets.GetValueOrDefault(Name) is not { Pass: not null };
        PassCounts.Passed(board.Now.Targets.GetValueOrDefault(Name)?.Pass, report);
        board.Change(Name, old => old with { Pass = report, ReadAt = null });
        if (isFirst) _ = TidyAsync();
        return null;
    }

    // The first pass reads a whole fleet, and most of what it made on the way is of no use to the ones that follow. Nobody waits for that.
    private static async Task TidyAsync()
    {
        await Task.Delay(TidyAfter, TimeProvider.System);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private static string? OutcomeOf(JobRun run, PassReport? report) => run.Failure is null && report is not null ? PassOutcome.Of(report) : null;

    private void Show(PlannedPass planned) => board.Change(Name, old => old.FirstPlan is null ? old with { FirstPlan = planned } : old);

    private async Task<string?> VerifyAsync(CancellationToken ending, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, cancellationToken);
        if (await ProveAsync(counts: true, either.Token) is not { } seen) return open.Clusters.Open().Problems.Select(problem => problem.ToString()).FirstOrDefault();
        if (Unread(seen.Proof.Reading) is { } trouble) return PlainText.Line(trouble);
        await seen.NudgeAsync(either.Token);
        either.Token.ThrowIfCancellationRequested();
        var refused = await Spans.AroundAsync("tell", Name, () => open.Telling.TellAsync(seen.Proof, seen.Rollouts, cancellationToken));
        return refused.IsEmpty ? null : PlainText.Line($"{ProofCodes.NotWritten}: what was proven could not be written down: {refused[0]}");
    }

    private async Task<string?> DriftAsync(CancellationToken ending, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, cancellationToken);
        var planned = await open.Run.PlanAsync(new PassRequest(null, []), either.Token);
        var seen = await ProveAsync(counts: true, either.Token);
        board.Change(Name, old => old with { Drift = DriftFinding.All(planned, seen?.Proof) });
        return null;
    }

    private async Task<string?> UpkeepAsync(CancellationToken ending, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, cancellationToken);
        var ours = RefName.TryBranch(ChangeSet.BranchPrefix(Name).TrimEnd('/'))!;
        await open.Repository.UpkeepAsync([RefPattern.Exactly(target.Base), RefPattern.Under(ours)], either.Token);
        return null;
    }

    private async Task<Verification?> ProveAsync(bool counts, CancellationToken cancellationToken)
    {
        if (verification is null && open.Clusters is { IsThere: true } door && door.Open().Rollouts is { } rollouts) verification = open.Verify(rollouts);
        if (verification is null) return null;
        var seen = verification;
        await Spans.AroundAsync("prove", Name, async () =>
        {
            await seen.OnceAsync([], cancellationToken);
            return true;
        });
        if (counts) PassCounts.Proved(Name, board.Now.Targets.GetValueOrDefault(Name)?.Proofs ?? [], seen.Proof.All);
        var restarts = RestartFact.Of(seen.Proof, time.GetUtcNow() - FleetProof.Memory);
        board.Change(Name, old => old with { Proofs = [.. seen.Proof.All], Restarts = restarts });
        return seen;
    }

    private static string? Unread(FleetReading reading) => reading.Clusters.Values
        .SelectMany(cluster => cluster.Troubles).FirstOrDefault(trouble => trouble.Cause != TroubleCause.Right).Words;
}
