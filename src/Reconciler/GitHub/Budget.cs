namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// Lets requests through one after the other, so that GitHub's limits are not met: few reads at a time; writes alone, with a
/// pause between, in the order close, update, create; and what notifies people within a budget of a minute and an hour.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="limits">How much.</param>
internal sealed class Budget(TimeProvider time, BudgetLimits limits) : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim readers = new(limits.Readers);
    private readonly List<Waiter> waiting = [];
    private readonly Queue<DateTimeOffset> content = [];
    private TaskCompletionSource changed = NewSignal();
    private DateTimeOffset nextWrite = DateTimeOffset.MinValue;
    private bool writing;
    private long tickets;

    /// <summary>Waits for a place among the reads.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The place, to be given back.</returns>
    public async Task<Turn> ReadAsync(CancellationToken cancellation)
    {
        await readers.WaitAsync(cancellation);
        return new Turn(() => readers.Release());
    }

    /// <summary>Waits for this write's turn.</summary>
    /// <param name="order">Before whom it goes.</param>
    /// <param name="createsContent">Whether it notifies people.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The turn, to be given back when the write is over.</returns>
    public async Task<Turn> WriteAsync(WriteOrder order, bool createsContent, CancellationToken cancellation)
    {
        Waiter me;
        lock (gate) waiting.Add(me = new Waiter(order, createsContent, tickets++));
        try
        {
            while (Wait(me) is { } wait) await UntilAsync(wait, cancellation);
        }
        catch (OperationCanceledException)
        {
            lock (gate) waiting.Remove(me);
            Signal();
            throw;
        }

        return new Turn(EndWrite);
    }

    public void Dispose() => readers.Dispose();

    // Null: it is my turn, and taken. Else what to wait for: a change, or the time from which on I may.
    private (Task Changed, TimeSpan? Until)? Wait(Waiter me)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var first = waiting.Where(waiter => AllowedAt(waiter) <= now).MinBy(waiter => (waiter.Order, waiter.Ticket));
            if (writing || first is null || first != me) return (changed.Task, writing || AllowedAt(me) <= now ? null : AllowedAt(me) - now);
            waiting.Remove(me);
            writing = true;
            if (me.CreatesContent) Count(now);
            return null;
        }
    }

    private async Task UntilAsync((Task Changed, TimeSpan? Until) wait, CancellationToken cancellation)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(wait.Changed, Task.Delay(wait.Until ?? Timeout.InfiniteTimeSpan, time, enough.Token));
        await enough.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private void EndWrite()
    {
        lock (gate) (writing, nextWrite) = (false, time.GetUtcNow() + limits.BetweenWrites);
        Signal();
    }

    private DateTimeOffset AllowedAt(Waiter waiter)
    {
        if (!waiter.CreatesContent) return nextWrite;
        var (inMinute, inHour) = (Earliest(limits.ContentPerMinute, TimeSpan.FromMinutes(1)), Earliest(limits.ContentPerHour, TimeSpan.FromHours(1)));
        return new[] { nextWrite, inMinute, inHour }.Max();
    }

    // The limit-th last one must be older than the window.
    private DateTimeOffset Earliest(int limit, TimeSpan window) =>
        content.Count < limit ? DateTimeOffset.MinValue : content.ElementAt(content.Count - limit) + window;

    private void Count(DateTimeOffset now)
    {
        content.Enqueue(now);
        while (content.Count > Math.Max(limits.ContentPerMinute, limits.ContentPerHour)) content.Dequeue();
    }

    private void Signal()
    {
        lock (gate)
        {
            changed.TrySetResult();
            changed = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Waiter(WriteOrder Order, bool CreatesContent, long Ticket);
}

/// <summary>A turn that is given back by disposing it.</summary>
/// <param name="end">Gives it back.</param>
internal sealed class Turn(Action end) : IDisposable
{
    public void Dispose() => end();
}
