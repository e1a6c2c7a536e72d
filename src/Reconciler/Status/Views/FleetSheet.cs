using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>All targets as pages show them, of one moment; it no longer changes.</summary>
internal sealed class FleetSheet
{
    private FleetSheet(Board.Picture picture, FleetSheet? old)
    {
        Picture = picture;
        Targets = [.. picture.Targets.Values.Select(board => TargetSheet.Of(board, old?.Targets.FirstOrDefault(each => each.Name == board.Target)))];
        Lines = old is not null && Targets.SequenceEqual(old.Targets) ? old.Lines : Sorted(Targets);
        Failures = [.. picture.Targets.Values.SelectMany(FailuresOf)];
        Numbers = new StatusNumbers(
            Lines.Length, Targets.Sum(each => each.Changes.Length), Targets.Sum(each => each.Drift.Length), Targets.Sum(each => each.Declined.Length),
            Failures.Length + Targets.Sum(each => each.Problems.Length));
    }

    /// <summary>What it was made of.</summary>
    public Board.Picture Picture { get; }

    /// <summary>The targets, in order of name.</summary>
    public ImmutableArray<TargetSheet> Targets { get; }

    /// <summary>All instances: those that are not well first, then those under way; by code, then by target.</summary>
    public ImmutableArray<InstanceLine> Lines { get; }

    /// <summary>Jobs whose newest run failed.</summary>
    public ImmutableArray<ProblemLine> Failures { get; }

    /// <summary>How much there is of everything.</summary>
    public StatusNumbers Numbers { get; }

    /// <summary>Makes it.</summary>
    /// <param name="picture">The board.</param>
    /// <param name="old">The one before, of which most may stay; or null.</param>
    /// <returns>The sheet.</returns>
    public static FleetSheet Of(Board.Picture picture, FleetSheet? old) => old is not null && old.Picture.Version == picture.Version ? old : new FleetSheet(picture, old);

    // One target's lines are in order of code already.
    private static ImmutableArray<InstanceLine> Sorted(ImmutableArray<TargetSheet> targets) => targets is [var only]
        ? [.. only.Lines.Where(line => line.Rank == 0), .. only.Lines.Where(line => line.Rank == 1), .. only.Lines.Where(line => line.Rank == 2)]
        : [.. targets.SelectMany(each => each.Lines).OrderBy(line => line.Rank).ThenBy(line => line.Code, StringComparer.Ordinal).ThenBy(line => line.Target, StringComparer.Ordinal)];

    private static IEnumerable<ProblemLine> FailuresOf(TargetBoard board)
    {
        foreach (var run in board.LastRuns.Values)
        {
            if (run.Failure is not { } failure) continue;
            var colon = failure.IndexOf(": ", StringComparison.Ordinal);
            var coded = colon > 0 && failure.StartsWith("OSG", StringComparison.Ordinal);
            yield return new ProblemLine(
                board.Target, "error", coded ? failure[..colon] : null, StatusWords.Cut(coded ? failure[(colon + 2)..] : failure), null, $"{EnumWords.Word(run.Kind)} of {StatusWords.Time(run.Begun)}", null);
        }
    }
}

/// <summary>Keeps the sheet of the newest board, so that readers share it.</summary>
/// <param name="board">The board.</param>
internal sealed class FleetSheets(Board board)
{
    private readonly Lock turn = new();
    private FleetSheet? newest;

    /// <summary>The sheet of the board as it is now.</summary>
    public FleetSheet Now
    {
        get
        {
            var picture = board.Now;
            if (Volatile.Read(ref newest) is { } known && known.Picture.Version == picture.Version) return known;
            lock (turn)
            {
                var made = FleetSheet.Of(board.Now, newest);
                Volatile.Write(ref newest, made);
                return made;
            }
        }
    }
}
