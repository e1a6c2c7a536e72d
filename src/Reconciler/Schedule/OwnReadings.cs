using System.Collections.Concurrent;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>
/// Reads by itself the targets that other replicas work on, so that this one's pages show them too: once at first, soon after a pass that
/// found something to do, and now and then. It writes nothing.
/// </summary>
/// <param name="works">The open targets.</param>
/// <param name="board">Where it is shown.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Hears which target could not be read, and why.</param>
internal sealed class OwnReadings(ConcurrentDictionary<string, TargetWork> works, Board board, TimeProvider time, Action<string, string> tell) : IAsyncDisposable
{
    /// <summary>How old what is shown may become.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromMinutes(5);

    private const int AtOnce = 2;
    private const string Quiet = "\"result\":\"unchanged\"";

    private readonly ConcurrentDictionary<string, Task> reading = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> tried = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim room = new(AtOnce, AtOnce);
    private readonly CancellationTokenSource end = new();

    /// <summary>Begins the readings that are due; waits for none.</summary>
    public void Begin()
    {
        foreach (var (name, board) in board.Now.Targets)
            if (!board.IsHere && works.TryGetValue(name, out var work) && IsDue(board) && !(reading.TryGetValue(name, out var running) && !running.IsCompleted))
            {
                tried[name] = time.GetUtcNow();
                reading[name] = Task.Run(() => ReadAsync(work));
            }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(reading.Values);
        room.Dispose();
        end.Dispose();
    }

    private bool IsDue(TargetBoard target)
    {
        var now = time.GetUtcNow();
        if (target.Maintenance?.Until(now) is not null) return false;
        if (!tried.TryGetValue(target.Target, out var last) || now - last > Oldest) return true;
        var pass = target.LastRuns.GetValueOrDefault(JobKind.Reconcile);
        return pass is not null && pass.Begun + pass.Took > last && target.Outcome?.Contains(Quiet, StringComparison.Ordinal) != true;
    }

    private async Task ReadAsync(TargetWork work)
    {
        try
        {
            await room.WaitAsync(end.Token);
            try
            {
                if (await work.ReadAsync(end.Token) is { } trouble) tell(work.Name, trouble);
            }
            finally
            {
                room.Release();
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
        {
            // The service ends, or the target was closed.
        }
    }
}
