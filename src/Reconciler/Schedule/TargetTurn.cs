using System.Threading.Channels;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>
/// Whose turn it is at a target: one after another, in the order in which they came. Who waits when it is closed is told so, which a
/// semaphore that is disposed of would not do.
/// </summary>
/// <param name="name">The target's name.</param>
internal sealed class TargetTurn(string name)
{
    private readonly Channel<bool> free = Free();

    /// <summary>Waits for the turn.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ObjectDisposedException">The target was closed.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await free.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException($"The target {name} was closed.", closed);
        }
    }

    /// <summary>Gives the turn to the next one.</summary>
    public void Pass() => free.Writer.TryWrite(true);

    /// <summary>Ends it; only who has the turn may.</summary>
    public void Close() => free.Writer.Complete();

    private static Channel<bool> Free()
    {
        var one = Channel.CreateBounded<bool>(1);
        one.Writer.TryWrite(true);
        return one;
    }
}
