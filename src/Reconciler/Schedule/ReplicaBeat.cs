using System.Collections.Concurrent;
using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Replicas;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>
/// What a replica does every few seconds beside its jobs: it says that it lives and which targets it keeps, sees who else does, takes the
/// targets that fall to it, sets their times where they are missing, and shows what the others tell. Nobody decides for the others: each
/// finds the same from the same rows.
/// </summary>
/// <param name="name">This replica's name.</param>
/// <param name="board">Where it is shown.</param>
/// <param name="time">The clock.</param>
internal sealed class ReplicaBeat(string name, Board board, TimeProvider time) : IDisposable
{
    /// <summary>The time between two beats.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <summary>Who was not heard of for so long does not live.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Orphaned = TimeSpan.FromMinutes(1);
    private const int Often = 10;
    private const int Trips = 20;

    private readonly ConcurrentDictionary<string, JobTimes> kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> unset = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Target, JobKind Kind), KeptRun> untold = new();
    private readonly Dictionary<string, DateTimeOffset> orphans = new(StringComparer.Ordinal);
    private readonly Queue<(TimeSpan Trip, TimeSpan Offset)> trips = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private ImmutableSortedDictionary<string, string> seats = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
    private ReplicaBook? reached;
    private Clockwork? shared;
    private int rounds;

    /// <summary>How far the database's clock is before this one.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>By how much <see cref="Offset"/> may be wrong.</summary>
    public TimeSpan Slack { get; private set; }

    /// <summary>The replica by target, of all targets that some living replica keeps.</summary>
    public ImmutableSortedDictionary<string, string> Seats => Volatile.Read(ref seats);

    /// <summary>How many replicas live.</summary>
    public int Living { get; private set; }

    private ReplicaBook Book => reached ?? throw NotReached;

    private Clockwork Clockwork => shared ?? throw NotReached;

    private static ReplicaFailure NotReached => new("the replicas' database was not reached yet");

    /// <summary>The database is there.</summary>
    /// <param name="book">What replicas tell each other in it.</param>
    /// <param name="clockwork">The clockwork that they share.</param>
    public void Reached(ReplicaBook book, Clockwork clockwork) => (reached, shared) = (book, clockwork);

    /// <summary>Keeps a target, from the next beat on; its first pass is asked for with it.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="times">When its jobs run.</param>
    public void Keep(string target, JobTimes times)
    {
        kept[target] = times;
        unset[target] = 0;
    }

    /// <summary>Keeps a target no longer; its times stay while another replica keeps it.</summary>
    /// <param name="target">Its name.</param>
    public void Drop(string target)
    {
        kept.TryRemove(target, out _);
        unset.TryRemove(target, out _);
    }

    /// <summary>Tells how a run ended, with the next beat where the database does not answer now.</summary>
    /// <param name="target">The target.</param>
    /// <param name="run">The run.</param>
    /// <param name="outcome">What came of it, as JSON, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task TellAsync(string target, JobRun run, string? outcome, CancellationToken cancellationToken)
    {
        var told = new KeptRun(target, run.Kind.ToString(), name, run.Begun + Offset, run.Took, run.Failure) { Outcome = outcome };
        try
        {
            await Book.KeepAsync(told, cancellationToken);
        }
        catch (Exception failure) when (failure is ReplicaFailure or OperationCanceledException)
        {
            untold[(target, run.Kind)] = told;
        }
    }

    /// <summary>One beat.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ReplicaFailure">The database does not answer; what was not done is done with the next beat.</exception>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await AnnounceAsync(cancellationToken);
            var living = await Book.LivingAsync(Lease, cancellationToken);
            Living = living.Length;
            var all = living.SelectMany(replica => replica.Targets).ToHashSet(StringComparer.Ordinal);
            var found = all.ToImmutableSortedDictionary(target => target, target => Seating.Of(target, living)!, StringComparer.Ordinal);
            var planned = await SetAsync(await Clockwork.PlannedAsync(cancellationToken), found, cancellationToken);
            await SeatAsync(found, cancellationToken);
            await SweepAsync(planned.Select(job => job.Target).Where(target => !all.Contains(target)), cancellationToken);
            await ShowAsync(planned, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Says that this replica ends.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ReplicaFailure">The database does not answer.</exception>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken); // and keeps it: no beat announces it again
        await Book.LeaveAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow();
        var there = await Book.AnnounceAsync(kept.Keys, cancellationToken);
        var trip = time.GetUtcNow() - before;
        trips.Enqueue((trip, there - (before + (trip / 2))));
        if (trips.Count > Trips) trips.Dequeue();
        (trip, Offset) = trips.MinBy(each => each.Trip); // the quickest answer says it best
        Slack = trip / 2;
        foreach (var (key, run) in untold)
        {
            await Book.KeepAsync(run, cancellationToken);
            untold.TryRemove(KeyValuePair.Create(key, run));
        }
    }

    // A target is set when its settings are new, and when its times are gone: the database may have been emptied, or this replica paused
    // for so long that the others took it for dead and swept up behind it.
    private async Task<ImmutableArray<PlannedJob>> SetAsync(
        ImmutableArray<PlannedJob> planned, ImmutableSortedDictionary<string, string> found, CancellationToken cancellationToken)
    {
        var there = planned.Where(job => job is { Kind: JobKind.Reconcile, IsOnce: false }).Select(job => job.Target).ToHashSet(StringComparer.Ordinal);
        var missing = kept.Keys.Where(target => unset.ContainsKey(target) || !there.Contains(target)).ToList();
        foreach (var target in missing)
        {
            if (!kept.TryGetValue(target, out var wish)) continue;
            unset.TryRemove(target, out _); // before: other settings that come meanwhile are set with the next beat
            var isSet = false;
            try
            {
                await Clockwork.SetAsync(target, wish, cancellationToken);
                await Clockwork.HintAsync(target, JobKind.Reconcile, found.GetValueOrDefault(target), cancellationToken);
                isSet = true;
            }
            finally
            {
                if (!isSet) unset[target] = 0;
            }
        }

        return missing.Count == 0 ? planned : await Clockwork.PlannedAsync(cancellationToken);
    }

    // Who has a target takes it, and nobody gives one away. Now and then all are taken anew: another's older view may have won a race.
    private async Task SeatAsync(ImmutableSortedDictionary<string, string> found, CancellationToken cancellationToken)
    {
        var anew = rounds++ % Often == 0;
        foreach (var (target, replica) in found)
            if (replica == name && (anew || seats.GetValueOrDefault(target) != name)) await Clockwork.SeatAsync(target, name, cancellationToken);
        Volatile.Write(ref seats, found);
    }

    private async Task SweepAsync(IEnumerable<string> nobodys, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var all = nobodys.ToHashSet(StringComparer.Ordinal);
        foreach (var back in orphans.Keys.Except(all, StringComparer.Ordinal).ToList()) orphans.Remove(back);
        foreach (var target in all)
        {
            orphans.TryAdd(target, now);
            if (now - orphans[target] < Orphaned) continue;
            await Clockwork.ForgetAsync(target, cancellationToken);
            await Book.ForgetAsync(target, cancellationToken);
        }
    }

    private async Task ShowAsync(ImmutableArray<PlannedJob> planned, CancellationToken cancellationToken)
    {
        var running = (await Clockwork.RunningAsync(cancellationToken)).Where(job => job.Replica != name).ToLookup(job => job.Target, StringComparer.Ordinal);
        var next = planned.ToLookup(job => job.Target, StringComparer.Ordinal);
        var runs = (await Book.RunsAsync(cancellationToken)).ToLookup(run => run.Target, StringComparer.Ordinal);
        foreach (var (target, times) in kept)
        {
            var seat = seats.GetValueOrDefault(target, name);
            var news = new SharedBoard(
                new Seat(seat, seat == name),
                NextRuns.Of(next[target], times.Maintenance),
                running[target].Where(job => job.Kind is not null).DistinctBy(job => job.Kind).ToImmutableSortedDictionary(job => job.Kind!.Value, job => job.Since),
                [.. runs[target].Select(run => run with { Begun = run.Begun - Offset, GoodBegun = run.GoodBegun - Offset })]);
            var old = board.Now.Targets.GetValueOrDefault(target);
            if (old is not null && !ReferenceEquals(news.Over(old), old)) board.Change(target, news.Over);
        }
    }
}
