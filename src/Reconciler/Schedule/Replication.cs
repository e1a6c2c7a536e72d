using OdooSky.GitOps.Reconciler.Replicas;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>Something that the service tells in its log about itself among its replicas.</summary>
/// <param name="Words">What.</param>
/// <param name="IsTrouble">Whether somebody should look.</param>
/// <param name="Target">Of which target, or null.</param>
internal sealed record ReplicaNews(string Words, bool IsTrouble, string? Target = null);

/// <summary>
/// The life of one replica among several: it reaches the database that they share, however long that takes; beats; and goes on as well as
/// it can while the database is away.
/// </summary>
/// <param name="place">The database and this replica's name.</param>
/// <param name="board">Where it is shown.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Hears what people should know.</param>
internal sealed class Replication(ClockworkPlace place, Board board, TimeProvider time, Action<ReplicaNews> tell) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ReplicaBook book = new(place.Connection!, place.Replica);
    private readonly CancellationTokenSource end = new();
    private Task beating = Task.CompletedTask;
    private string told = string.Empty;
    private bool isSkewed;

    /// <summary>What it does every few seconds.</summary>
    public ReplicaBeat Beat { get; } = new(place.Replica, board, time);

    /// <summary>Reaches the database and makes what is missing there; tries again until it is reached.</summary>
    /// <param name="door">Who does the jobs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The clockwork, which runs.</returns>
    public async Task<Clockwork> ReachAsync(JobDoor door, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await TryReachAsync(door, cancellationToken);
            }
            catch (ReplicaFailure failure)
            {
                Trouble(failure);
                tell(new ReplicaNews($"{ReplicaCodes.Unreachable}: {failure.Message}; asked again in {pause.TotalSeconds:0} s", IsTrouble: true));
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Begins to beat.</summary>
    /// <param name="after">Called after each beat.</param>
    public void Begin(Action after) => beating = Task.Run(() => KeepAsync(after));

    /// <summary>One beat, whether it is time or not; a database that does not answer is told of, and no reason to stop.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Beat.RoundAsync(cancellationToken);
            Well();
        }
        catch (ReplicaFailure failure)
        {
            if (board.Replicas is { Trouble: null }) tell(new ReplicaNews($"{ReplicaCodes.Unreachable}: {failure.Message}; no job begins until it answers", IsTrouble: true));
            Trouble(failure);
        }
    }

    /// <summary>Gives a job that can't run here to the replica whose it is; what the database does not take comes by its time.</summary>
    /// <param name="clockwork">The clockwork that they share.</param>
    /// <param name="job">Which job.</param>
    /// <param name="isEnding">Whether this replica ends: then any other may have it.</param>
    /// <returns>A task.</returns>
    public async Task HandOnAsync(Clockwork clockwork, (string Target, JobKind Kind) job, bool isEnding)
    {
        var (replica, isThere) = isEnding ? (null, true) : PlaceOf(job.Target);
        if (!isThere) return;
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            await clockwork.TriggerAsync(job.Target, job.Kind, replica, limit.Token);
        }
        catch (Exception failure) when (failure is ReplicaFailure or OperationCanceledException)
        {
            // The next one comes by its time.
        }
    }

    /// <summary>Ends: others take this replica's targets from their next beat on.</summary>
    /// <returns>A task.</returns>
    public async Task LeaveAsync()
    {
        await end.CancelAsync();
        await beating;
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            await Beat.LeaveAsync(limit.Token);
        }
        catch (Exception failure) when (failure is ReplicaFailure or OperationCanceledException)
        {
            // They find out when the lease is over.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await beating;
        await book.DisposeAsync();
        Beat.Dispose();
        end.Dispose();
    }

    // Where a job of a target that is not kept here is to run (null: anywhere), and whether there is any such place.
    private (string? Replica, bool IsThere) PlaceOf(string target)
    {
        if (Beat.Living == 0) return (null, true);
        var seat = Beat.Seats.GetValueOrDefault(target);
        if (seat is not null && seat != place.Replica) return (seat, true);
        tell(new ReplicaNews($"{ReplicaCodes.NobodyKeeps}: {target}: no living replica's settings name this target; its job is left out", IsTrouble: true, target));
        return (null, false);
    }

    private async Task<Clockwork> TryReachAsync(JobDoor door, CancellationToken cancellationToken)
    {
        await book.MakeAsync(cancellationToken);
        var clockwork = await Clockwork.MakeAsync(place, door, cancellationToken);
        Beat.Reached(book, clockwork);
        var isReached = false;
        try
        {
            await clockwork.StartAsync(cancellationToken);
            await Beat.RoundAsync(cancellationToken);
            tell(new ReplicaNews($"this replica is {place.Replica}", IsTrouble: false));
            Well();
            isReached = true;
            return clockwork;
        }
        finally
        {
            if (!isReached) await clockwork.DisposeAsync();
        }
    }

    private async Task KeepAsync(Action after)
    {
        try
        {
            while (true)
            {
                await Task.Delay(ReplicaBeat.Pause, time, end.Token);
                await BeatAsync(end.Token);
                after();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The service ends.
        }
    }

    // A fault of the program is told with each beat, and ends none of those that follow.
    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RoundAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            var meaning = FailureMeaning.Of(fault, cancellationToken);
            tell(new ReplicaNews($"{meaning.Code}: {meaning.Message}", IsTrouble: true));
        }
    }

    private void Trouble(ReplicaFailure failure) => board.Replicas = board.Replicas is { Trouble: not null } old
        ? old with { Trouble = failure.Message }
        : new ReplicaState(place.Replica, Beat.Living, failure.Message, time.GetUtcNow());

    private void Well()
    {
        if (board.Replicas is { Trouble: not null, Living: > 0 }) tell(new ReplicaNews("the replicas' database answers again", IsTrouble: false));
        if (board.Replicas is not { Trouble: null } old || old.Living != Beat.Living)
            board.Replicas = new ReplicaState(place.Replica, Beat.Living, null, board.Replicas is { Trouble: null } before ? before.Since : time.GetUtcNow());
        var here = string.Join(", ", Beat.Seats.Where(seat => seat.Value == place.Replica).Select(seat => seat.Key));
        var words = $"{Beat.Living} replica{(Beat.Living == 1 ? " lives" : "s live")}; this one works on {(here.Length == 0 ? "no target" : here)}";
        if (words != told) tell(new ReplicaNews(words, IsTrouble: false));
        told = words;
        var skewed = Beat.Offset.Duration() > Skew;
        if (skewed && !isSkewed)
            tell(new ReplicaNews($"{ReplicaCodes.Clock}: the clocks of this replica and of the database are {Beat.Offset.Duration().TotalSeconds:0} s apart; set them right, or living replicas are taken for dead", IsTrouble: true));
        isSkewed = skewed;
    }
}
