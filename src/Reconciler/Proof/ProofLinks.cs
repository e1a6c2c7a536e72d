using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>Which instances an object of a cluster belongs to, so that one changed object costs one verdict.</summary>
internal sealed class ProofLinks
{
    private readonly Dictionary<string, InstanceCode> byUid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<InstanceCode>> byNamespace = new(StringComparer.Ordinal);

    /// <summary>Keeps what an observation told of an instance.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="seen">The observation.</param>
    public void Keep(InstanceCode code, RolloutObservation seen)
    {
        foreach (var deployment in seen.Deployments) byUid[deployment.Uid] = code;
        foreach (var set in seen.ReplicaSets) byUid[set.Uid] = code;
        foreach (var space in seen.Applications.Select(application => application.Spec.Destination.Namespace).OfType<string>())
        {
            if (!byNamespace.TryGetValue(space, out var codes)) byNamespace[space] = codes = [];
            codes.Add(code);
        }
    }

    /// <summary>The instances that a workload may belong to.</summary>
    /// <param name="changed">The object.</param>
    /// <param name="readings">All clusters before and after the change: a deleted object is found in the first.</param>
    /// <returns>One where its owner is known, else all of its namespace.</returns>
    public IEnumerable<InstanceCode> Of(ChangedObject changed, params ReadOnlySpan<FleetReading?> readings)
    {
        foreach (var reading in readings)
            if (reading?.Clusters.GetValueOrDefault(changed.Cluster) is { } cluster && UidOf(cluster, changed) is { } uid && byUid.TryGetValue(uid, out var code))
                return [code];
        return byNamespace.TryGetValue(changed.Namespace, out var codes) ? [.. codes] : [];
    }

    private static string? UidOf(ClusterReading cluster, ChangedObject changed)
    {
        var key = (changed.Namespace, changed.Name);
        return changed.Kind switch
        {
            ClusterKind.Deployment => cluster.Deployments.Objects.GetValueOrDefault(key)?.Uid,
            ClusterKind.ReplicaSet => cluster.ReplicaSets.Objects.GetValueOrDefault(key)?.OwnerUid,
            _ => cluster.Pods.Objects.GetValueOrDefault(key)?.OwnerUid,
        };
    }
}
