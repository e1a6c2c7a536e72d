using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Replicas;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>Looks soon when the database of a target's desired state says that rows have changed; the schedule remains the truth.</summary>
internal sealed class HintWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task hearing;

    private HintWatch(DesiredListener listener, Func<CancellationToken, Task> look) => hearing = HearAsync(listener, look, stop.Token);

    /// <summary>Begins to listen.</summary>
    /// <param name="target">The target.</param>
    /// <param name="time">The clock.</param>
    /// <param name="look">Called with each hint, and with each new connection.</param>
    /// <returns>What listens until it is disposed of; null where nobody would say anything.</returns>
    public static HintWatch? Begin(RunTarget target, TimeProvider time, Func<CancellationToken, Task> look) =>
        DesiredListener.For(target.Database, time) is { } listener ? new HintWatch(listener, look) : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await hearing;
        stop.Dispose();
    }

    // A hint that can't be passed on is lost, as one is that nobody heard.
    private static async Task LookAsync(Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        try
        {
            await look(cancellationToken);
        }
        catch (ReplicaFailure)
        {
            // The schedule remains the truth.
        }
    }

    private static async Task HearAsync(DesiredListener listener, Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in listener.HintsAsync(cancellationToken)) await LookAsync(look, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The target is closed.
        }
    }
}
