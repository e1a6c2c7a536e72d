using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>What one pass would do to every instance: data, so that it can be printed, approved, saved and thrown away.</summary>
public sealed record OverlayPlan
{
    // Counted once for each list: a pass with nothing to do asks for them too, and shall not look at every instance again.
    private readonly ImmutableArray<OverlayChange> instances, changes;
    private readonly int fleetSize;

    /// <summary>Every instance, wished or found, in ordinal order of code.</summary>
    public required ImmutableArray<OverlayChange> Instances
    {
        get => instances;
        init
        {
            instances = value;
            changes = [.. value.Where(change => change.IsProposed)];
            fleetSize = value.Count(change => change.Before is not null || change.Action is ChangeAction.Create);
        }
    }

    /// <summary>Problems that belong to no instance, or to instances that have no overlay and no plan.</summary>
    public required ImmutableArray<Problem> Problems { get; init; }

    /// <summary>The plan's digest over the change digests, not over the base commit: 64 hex digits. Approvals name it.</summary>
    public required string Digest { get; init; }

    /// <summary>The changes that would be proposed, in ordinal order of code.</summary>
    public IEnumerable<OverlayChange> Changes => changes;

    /// <summary>How many instances have overlays or should have: what percentages are of.</summary>
    public int FleetSize => fleetSize;

    /// <summary>All problems: the plan's own, then each instance's.</summary>
    public IEnumerable<Problem> AllProblems => Problems.Concat(Instances.SelectMany(change => change.Problems)).Distinct();

    /// <summary>How many instances have an action.</summary>
    /// <param name="action">The action.</param>
    /// <returns>The count.</returns>
    public int Count(ChangeAction action) => Instances.Count(change => change.Action == action);
}
