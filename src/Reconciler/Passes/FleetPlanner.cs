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
        memory.Keep(observed.Overlays.Values.Select(overlay => overlay.Entry), used);
        return OverlayPlanner.Combine(planned, observed.Problems.Concat(observed.Desired.Problems));

        InstanceFacts Facts(InstanceCode code) => new(
            code,
            observed.Settings.Overlays.PathOf(code),
            wishes.GetValueOrDefault(code),
            broken.Contains(code),
            observed.Overlays.GetValueOrDefault(code)?.Read());

        OverlayChange One(InstanceCode code)
        {
            if (broken.Contains(code)) return planner.Plan(Facts(code));
            var blob = observed.Overlays.GetValueOrDefault(code)?.Entry.Blob ?? string.Empty;
            var key = new FleetMemory.PlanKey(observed.RulesKey, code, wishes.GetValueOrDefault(code)?.Revision ?? string.Empty, blob);
            used.Add(key);
            return memory.Planned(key, () => planner.Plan(Facts(code)));
        }
    }
}
