using System.Collections.Concurrent;
using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>Plans all instances, several at a time, and none that nothing changed for.</summary>
/// <param name="memory">What earlier passes found.</param>
internal sealed class FleetPlanner(FleetMemory memory)
{
    private (Observation Observed, OverlayPlan Plan)? last;

    /// <summary>Makes the plan.</summary>
    /// <param name="observed">What there is and what is wished.</param>
    /// <returns>The plan.</returns>
    public OverlayPlan Plan(Observation observed)
    {
        if (last is { } known && observed.IsOfSameTreesAs(known.Observed)) return known.Plan;
        var plan = PlanAll(observed);
        last = (observed, plan);
        return plan;
    }

    private OverlayPlan PlanAll(Observation observed)
    {
        var wishes = observed.Desired.Instances.ToDictionary(wish => wish.Code);
        var broken = observed.Desired.Broken.Select(InstanceCode.TryParse).OfType<InstanceCode>().Concat(observed.Blocked).ToHashSet();
        var codes = wishes.Keys.Concat(observed.Overlays.Keys).Concat(broken).Distinct();
        var planner = new InstancePlanner(observed.Rules);
        var used = new ConcurrentBag<FleetMemory.PlanKey>();
        var planned = codes.AsParallel().Select(One).ToList();
        memory.Leave(used);
        memory.Keep([.. observed.Overlays.Values.Select(overlay => overlay.Entry)], used);
        return OverlayPlanner.Combine(planned, observed.Problems.Concat(observed.Desired.Problems));

        OverlayChange One(InstanceCode code)
        {
            var (wish, overlay) = (wishes.GetValueOrDefault(code), observed.Overlays.GetValueOrDefault(code));
            if (broken.Contains(code)) return Anew();
            var key = new FleetMemory.PlanKey(observed.RulesKey, code, wish?.Content ?? string.Empty, overlay?.Entry.Blob ?? string.Empty);
            used.Add(key);
            return Named(memory.Planned(key, Known), wish);

            OverlayChange Known() => wish is not null && overlay is not null && memory.UnchangedHash(key) is { } hash
                ? InstancePlanner.Unchanged(overlay.Entry.Path, wish, overlay.Text, hash)
                : Anew();

            OverlayChange Anew() => planner.Plan(new InstanceFacts(code, observed.Settings.Overlays.PathOf(code), wish, broken.Contains(code), overlay?.Read()));
        }
    }

    // A remembered plan may have been made for an older revision that says the same.
    private static OverlayChange Named(OverlayChange change, DesiredInstance? wish) =>
        wish is null || change.DesiredRevision == wish.Revision ? change : change with { DesiredRevision = wish.Revision };
}
