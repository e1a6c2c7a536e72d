using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>How much one pass may change before a person has to approve. Shares are of the whole fleet.</summary>
public sealed record GuardLimits
{
    /// <summary>Overlays removed, counted on the whole plan. Default 5%.</summary>
    public Percent Deletes { get; init; } = new(5);

    /// <summary>Overlays removed, counted on the whole plan, 0 to 10,000, however large the fleet is. Default 10.</summary>
    public int MaxDeletes { get; init; } = 10;

    /// <summary>Instances changed by what this pass would propose. Default 25%.</summary>
    public Percent Changes { get; init; } = new(25);

    /// <summary>Instances restarted by what this pass would propose. Default 10%.</summary>
    public Percent Restarts { get; init; } = new(10);

    /// <summary>From how many instances on shares are looked at, 1 to 10,000. Default 20.</summary>
    public int From { get; init; } = 20;
}

/// <summary>One guard and what it saw.</summary>
/// <param name="Rule">Its name: <c>deletes</c>, <c>max-deletes</c>, <c>changes</c> or <c>restarts</c>.</param>
/// <param name="Count">How many instances the rule counted.</param>
/// <param name="Allowed">How many it allows; -1 when the fleet is too small for the rule.</param>
public sealed record GuardResult(string Rule, int Count, int Allowed)
{
    /// <summary>Whether the rule lets the plan pass.</summary>
    public bool Passed => Allowed < 0 || Count <= Allowed;
}

/// <summary>A plan that policy forbids, and what would let it pass.</summary>
/// <param name="Reason">Which guards hold it, in words.</param>
/// <param name="PlanDigest">What an approval must name.</param>
public sealed record Held(string Reason, string PlanDigest);

/// <summary>The guards: how much of a fleet one pass may change.</summary>
public static class Guards
{
    /// <summary>Counts a plan against the limits.</summary>
    /// <param name="plan">The whole plan: removals are counted on all of it.</param>
    /// <param name="proposed">What this pass would propose after limits and rings: changes and restarts are counted on it.</param>
    /// <param name="limits">How much is allowed.</param>
    /// <returns>Every guard with what it saw.</returns>
    public static ImmutableArray<GuardResult> Check(OverlayPlan plan, IReadOnlyCollection<OverlayChange> proposed, GuardLimits limits)
    {
        var fleet = plan.FleetSize;
        var deletes = plan.Count(ChangeAction.Retire);
        return
        [
            new("deletes", deletes, Allowed(limits.Deletes)),
            new("max-deletes", deletes, limits.MaxDeletes),
            new("changes", proposed.Count, Allowed(limits.Changes)),
            new("restarts", proposed.Count(change => change.Forecast.Restart != Restart.No), Allowed(limits.Restarts)),
        ];

        int Allowed(Percent share) => fleet < limits.From ? -1 : (int)decimal.Floor(fleet * share.Value / 100);
    }

    /// <summary>Decides whether a plan is held.</summary>
    /// <param name="results">What the guards saw.</param>
    /// <param name="digest">The plan's digest.</param>
    /// <param name="approvals">Digests that may pass, whole or their first 12 digits or more.</param>
    /// <returns>Why it is held, or null when it may go on.</returns>
    public static Held? Decide(IEnumerable<GuardResult> results, string digest, IEnumerable<string> approvals)
    {
        var failed = results.Where(result => !result.Passed).ToList();
        if (failed.Count == 0 || approvals.Any(approval => Approves(approval, digest))) return null;
        var reasons = failed.Select(result => FormattableString.Invariant($"{result.Rule}: {result.Count} planned, {result.Allowed} allowed"));
        return new Held(string.Join("; ", reasons), digest);
    }

    private static bool Approves(string approval, string digest) =>
        approval.Length >= 12 && digest.StartsWith(approval, StringComparison.Ordinal);
}
