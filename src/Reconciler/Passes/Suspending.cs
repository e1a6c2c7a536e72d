using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Suspensions;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>Leaves alone what is suspended, as if its wish said so.</summary>
/// <param name="book">What is suspended.</param>
/// <param name="target">What passes work on.</param>
/// <param name="time">The clock, by which suspensions end.</param>
internal sealed class Suspending(SuspensionBook book, RunTarget target, TimeProvider time)
{
    private (OverlayPlan Plan, ImmutableArray<Suspension> Active, OverlayPlan Rested)? last;

    /// <summary>Reads what is suspended and takes it out of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="head">The head of what is suspended, or null.</param>
    /// <param name="rings">The fleet's rings.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The plan itself when nothing is suspended.</returns>
    /// <exception cref="SuspensionFailure">What is suspended can't be read.</exception>
    public async Task<OverlayPlan> ApplyAsync(OverlayPlan plan, ObjectId? head, ImmutableArray<Ring> rings, CancellationToken cancellationToken)
    {
        var active = Active(await book.ReadAsync(head, cancellationToken), target.Name, time.GetUtcNow());
        if (last is { } known && ReferenceEquals(known.Plan, plan) && known.Active.SequenceEqual(active)) return known.Rested;
        var rested = Rest(plan, active, rings);
        last = (plan, active, rested);
        return rested;
    }

    /// <summary>What holds for a target at a time.</summary>
    /// <param name="all">All that is written.</param>
    /// <param name="target">The target's name.</param>
    /// <param name="now">The time.</param>
    /// <returns>Instances first, then rings, then the target; in order of name.</returns>
    public static ImmutableArray<Suspension> Active(ImmutableArray<Suspension> all, string target, DateTimeOffset now) =>
    [
        .. all.Where(suspension => suspension.Target == target && suspension.HoldsAt(now))
            .OrderBy(suspension => suspension.Scope).ThenBy(suspension => suspension.Name, StringComparer.Ordinal).ThenByDescending(suspension => suspension.At),
    ];

    /// <summary>Takes what is suspended out of a plan. What a problem stops, and what nobody wishes, stays what it is.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="active">What is suspended (see <see cref="Active"/>).</param>
    /// <param name="rings">The fleet's rings.</param>
    /// <returns>The plan itself when nothing is suspended.</returns>
    public static OverlayPlan Rest(OverlayPlan plan, ImmutableArray<Suspension> active, ImmutableArray<Ring> rings)
    {
        if (active.IsEmpty) return plan;
        var covering = Covering(active, rings);
        return OverlayPlanner.Combine(plan.Instances.Select(change => Rest(change, covering(change))), plan.Problems);
    }

    /// <summary>Finds what suspends an instance: its own suspension before its ring's, and that before the target's.</summary>
    /// <param name="active">What is suspended.</param>
    /// <param name="rings">The fleet's rings.</param>
    /// <returns>A function that gives null for an instance that is not suspended.</returns>
    public static Func<OverlayChange, Suspension?> Covering(ImmutableArray<Suspension> active, ImmutableArray<Ring> rings)
    {
        var codes = Named(SuspensionScope.Instance);
        var names = Named(SuspensionScope.Ring);
        var whole = active.FirstOrDefault(suspension => suspension.Scope == SuspensionScope.Target);
        return change => codes.GetValueOrDefault(change.Code.Text) ?? (names.Count == 0 ? null : names.GetValueOrDefault(RingOf(change, rings))) ?? whole;

        Dictionary<string, Suspension> Named(SuspensionScope scope) => active.Where(suspension => suspension.Scope == scope)
            .DistinctBy(suspension => suspension.Name, StringComparer.Ordinal).ToDictionary(suspension => suspension.Name, StringComparer.Ordinal);
    }

    /// <summary>The name of an instance's ring.</summary>
    /// <param name="change">The instance.</param>
    /// <param name="rings">The fleet's rings.</param>
    /// <returns>The name; empty when it is in none.</returns>
    public static string RingOf(OverlayChange change, ImmutableArray<Ring> rings) =>
        Waves.RingOf(rings, change.Labels) is var ring && ring < rings.Length ? rings[ring].Name : string.Empty;

    private static OverlayChange Rest(OverlayChange change, Suspension? by) => by is null || change.Action is ChangeAction.Stopped or ChangeAction.Orphaned
        ? change
        : change with
        {
            Action = ChangeAction.Suspended,
            After = null,
            HashAfter = null,
            Forecast = Forecast.Nothing,
            Steps = [],
            Digest = string.Empty,
            HeldBecause = null,
            Sentence = by.Sentence,
        };
}
