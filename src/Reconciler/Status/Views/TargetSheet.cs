using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>All that pages list of a target, made once for each thing its jobs find.</summary>
internal sealed class TargetSheet
{
    private readonly Lazy<Dictionary<string, InstanceLine>> byCode;

    private TargetSheet(TargetBoard board)
    {
        Facts = new TargetFacts(board);
        Lists = new TargetLists(Facts);
        Lines = new InstanceLines(Facts).Make();
        byCode = new(() => Lines.ToDictionary(line => line.Code, StringComparer.Ordinal));
        (Changes, Declined, Waiting) = ([.. Lists.Changes()], [.. Lists.Declined()], [.. Lists.Waiting()]);
        (Drift, Problems) = ([.. Lists.Drift()], [.. Lists.Problems()]);
        Restarting = Facts.Planned?.Plan.Changes.Count(TargetLists.IsRestart) ?? 0;
    }

    /// <summary>What it was made of, to be looked up.</summary>
    public TargetFacts Facts { get; }

    /// <summary>Makes single lines.</summary>
    public TargetLists Lists { get; }

    /// <summary>The target's name.</summary>
    public string Name => Facts.Board.Target;

    /// <summary>Instances, in order of code.</summary>
    public ImmutableArray<InstanceLine> Lines { get; }

    /// <summary>The same, by code.</summary>
    public Dictionary<string, InstanceLine> ByCode => byCode.Value;

    /// <summary>Change sets, in order of branch.</summary>
    public ImmutableArray<ChangeLine> Changes { get; }

    /// <summary>Changes that people said no to.</summary>
    public ImmutableArray<HeldLine> Declined { get; }

    /// <summary>Changes that wait for their time.</summary>
    public ImmutableArray<HeldLine> Waiting { get; }

    /// <summary>Drift findings.</summary>
    public ImmutableArray<DriftLine> Drift { get; }

    /// <summary>Problems of the newest plan.</summary>
    public ImmutableArray<ProblemLine> Problems { get; }

    /// <summary>Instances that would restart by changes that are not merged.</summary>
    public int Restarting { get; }

    /// <summary>The sheet of a board: the old one where jobs found nothing new.</summary>
    /// <param name="board">The board.</param>
    /// <param name="old">The sheet before, or null.</param>
    /// <returns>The sheet.</returns>
    public static TargetSheet Of(TargetBoard board, TargetSheet? old) =>
        old is not null && IsSame(old.Facts.Board, board) ? old : new TargetSheet(board);

    // By reference: a job that ran puts a new picture there, one that did not leaves the old.
    private static bool IsSame(TargetBoard one, TargetBoard other) =>
        ReferenceEquals(one.Pass, other.Pass) && ReferenceEquals(one.FirstPlan, other.FirstPlan) && one.Proofs == other.Proofs && one.Drift == other.Drift;
}
