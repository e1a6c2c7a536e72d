using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Replicas;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>What replicas tell of a target, on the board of this one.</summary>
/// <param name="Seat">Who works on it.</param>
/// <param name="Next">When its jobs come next.</param>
/// <param name="Elsewhere">Its jobs that run on other replicas, and since when.</param>
/// <param name="Runs">The newest runs of its jobs, with times by this replica's clock.</param>
internal sealed record SharedBoard(
    Seat Seat, ImmutableSortedDictionary<JobKind, DateTimeOffset> Next, ImmutableSortedDictionary<JobKind, DateTimeOffset> Elsewhere, ImmutableArray<KeptRun> Runs)
{
    /// <summary>Puts it onto a board.</summary>
    /// <param name="old">The board.</param>
    /// <returns>The new board; the old one when nothing is new.</returns>
    public TargetBoard Over(TargetBoard old)
    {
        var board = old with { Seat = Seat, NextRuns = Next.IsEmpty ? old.NextRuns : Next, Elsewhere = Elsewhere };
        foreach (var run in Runs) board = Over(board, run);
        return IsSame(old, board) ? old : board;
    }

    // A run of this process is known better by itself.
    private static TargetBoard Over(TargetBoard board, KeptRun kept)
    {
        if (!Enum.TryParse<JobKind>(kept.Kind, out var kind)) return board;
        var own = board.LastRuns.GetValueOrDefault(kind);
        if (own is not null && own.Begun + TimeSpan.FromMilliseconds(500) >= kept.Begun) return board;
        var good = kept.GoodBegun is { } begun ? new JobRun(kind, begun, kept.GoodTook) : board.LastSuccesses.GetValueOrDefault(kind);
        return board with
        {
            LastRuns = board.LastRuns.SetItem(kind, new JobRun(kind, kept.Begun, kept.Took, kept.Failure)),
            LastSuccesses = good is null ? board.LastSuccesses : board.LastSuccesses.SetItem(kind, good),
            Outcome = kind == JobKind.Reconcile ? kept.Outcome : board.Outcome,
        };
    }

    private static bool IsSame(TargetBoard one, TargetBoard other) =>
        one.Seat == other.Seat && one.NextRuns.SequenceEqual(other.NextRuns) && one.Elsewhere.SequenceEqual(other.Elsewhere) && one.LastRuns.SequenceEqual(other.LastRuns);
}
