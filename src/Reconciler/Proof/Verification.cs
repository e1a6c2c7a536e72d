using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>How far a wait is.</summary>
/// <param name="All">The verdict on each instance.</param>
/// <param name="Moved">Those that say something else than before.</param>
/// <param name="Elapsed">How long it has lasted.</param>
internal sealed record VerifyStep(IReadOnlyCollection<InstanceProof> All, ImmutableArray<(InstanceProof? Before, InstanceProof Now)> Moved, TimeSpan Elapsed);

/// <summary>Answers "is it live?" once, or waits until it is.</summary>
/// <param name="proof">Holds what is merged against what is seen.</param>
/// <param name="rollouts">The clusters.</param>
/// <param name="time">The clock.</param>
internal sealed class Verification(FleetProof proof, IRollouts rollouts, TimeProvider time)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);
    private readonly Nudging nudging = new(rollouts, time);

    /// <summary>The clusters.</summary>
    public IRollouts Rollouts => rollouts;

    /// <summary>What was found.</summary>
    public FleetProof Proof => proof;

    /// <summary>Looks once.</summary>
    /// <param name="codes">The instances; none named: all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task OnceAsync(ImmutableArray<InstanceCode> codes, CancellationToken cancellationToken)
    {
        var reading = rollouts.ReadAsync(cancellationToken);
        await Task.WhenAll(reading, proof.ReadAsync(codes, cancellationToken));
        await proof.TakeAsync(await reading, null, cancellationToken);
    }

    /// <summary>Asks Argo CD to look again where something waits for that alone; never more often than it may.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public Task NudgeAsync(CancellationToken cancellationToken) => nudging.NudgeAsync(proof.All, cancellationToken);

    /// <summary>Waits until time alone changes nothing more: all are live, or have failed.</summary>
    /// <param name="codes">The instances; none named: all.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="show">Called now and then, and whenever a verdict changes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False: it took too long.</returns>
    public async Task<bool> WaitAsync(ImmutableArray<InstanceCode> codes, TimeSpan timeout, Action<VerifyStep> show, CancellationToken cancellationToken)
    {
        var begun = time.GetUtcNow();
        await proof.ReadAsync(codes, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var changes = rollouts.FollowAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var (next, isSeen, elapsed) = (changes.MoveNextAsync().AsTask(), false, TimeSpan.Zero);
        try
        {
            while (elapsed < timeout)
            {
                var isNews = await Task.WhenAny(next, Task.Delay(Shorter(Tick, timeout - elapsed), time, stop.Token)) == next;
                cancellationToken.ThrowIfCancellationRequested();
                var moved = isNews ? await TakeAsync(changes.Current, cancellationToken) : isSeen ? await proof.AgainAsync(cancellationToken) : [];
                if (isNews) (isSeen, next) = (true, changes.MoveNextAsync().AsTask());
                show(new VerifyStep(proof.All, moved, elapsed = time.GetUtcNow() - begun));
                if (isSeen && !proof.All.Any(each => ProofEnds.MayPass(each.Verdict))) return true;
                await nudging.NudgeAsync(proof.All, cancellationToken);
            }

            return false;
        }
        finally
        {
            await StopAsync(stop, next);
        }
    }

    private Task<ImmutableArray<(InstanceProof? Before, InstanceProof Now)>> TakeAsync(FleetChange change, CancellationToken cancellationToken) =>
        proof.TakeAsync(change.Reading, change.Changed, cancellationToken);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // An enumerator may be closed only when nobody waits for its next item.
    private static async Task StopAsync(CancellationTokenSource stop, Task<bool> next)
    {
        await stop.CancelAsync();
        try
        {
            await next;
        }
        catch (OperationCanceledException)
        {
            // As it was asked to.
        }
    }
}
