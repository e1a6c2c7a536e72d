using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>The way to a target's clusters, opened when it is first needed: most verbs need none, and a broken kubeconfig is not theirs.</summary>
/// <param name="settings">The target's <c>cluster</c>, its paths absolute; null: there is none.</param>
/// <param name="environment">The process's environment.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterDoor(ClusterSettings? settings, IReadOnlyDictionary<string, string> environment, TimeProvider time) : IDisposable
{
    private Rollouts? rollouts;

    /// <summary>Whether the settings name a cluster.</summary>
    public bool IsThere => settings is not null;

    /// <summary>Opens it; nothing is asked of a server yet.</summary>
    /// <returns>The clusters, to be disposed of with this; or all that is wrong.</returns>
    public (IRollouts? Rollouts, ImmutableArray<Problem> Problems) Open()
    {
        if (rollouts is not null) return (rollouts, []);
        if (settings is null) return (null, [None()]);
        var (plan, problems) = ClusterPlan.Make(settings, new Place(ServiceSettings.FileName), environment);
        if (plan is not null) rollouts = new Rollouts(plan, new ClusterLimits(), time);
        return (rollouts, problems);
    }

    /// <inheritdoc/>
    public void Dispose() => rollouts?.Dispose();

    private static Problem None() => new(
        ClusterCodes.None, Severity.Error, "No cluster is named, so nothing can be said about what runs.",
        "Write cluster: in odoosky.yaml, or set ODOOSKY_CLUSTER_KUBECONFIG.", new Place(ServiceSettings.FileName), null);
}
