using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>Puts the plans of all instances together.</summary>
public static class OverlayPlanner
{
    /// <summary>Makes a plan of planned instances.</summary>
    /// <param name="instances">Each instance once, in any order.</param>
    /// <param name="problems">Problems of the desired state.</param>
    /// <returns>The plan.</returns>
    public static OverlayPlan Combine(IEnumerable<OverlayChange> instances, IEnumerable<Problem> problems)
    {
        var sorted = instances.OrderBy(change => change.Code).ToImmutableArray();
        return new OverlayPlan
        {
            Instances = sorted,
            Problems = [.. problems],
            Digest = Digests.OfPlan(sorted.Where(change => change.IsProposed)),
        };
    }
}
