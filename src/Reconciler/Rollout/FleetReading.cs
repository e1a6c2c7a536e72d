using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>A kind that is read from a cluster.</summary>
internal enum ClusterKind
{
    Application,
    AppProject,
    Deployment,
    ReplicaSet,
    Pod,
}

/// <summary>An object that was added, changed or deleted.</summary>
/// <param name="Cluster">The cluster's name: <c>this</c>, or a context's name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
internal sealed record ChangedObject(string Cluster, ClusterKind Kind, string Namespace, string Name);

/// <summary>Everything that is known of one cluster. Argo CD's own kinds are empty where Argo CD does not run.</summary>
internal sealed record ClusterReading
{
    /// <summary><c>this</c> for the cluster that runs Argo CD, else the context's name.</summary>
    public required string Name { get; init; }

    public KindReading<ApplicationState> Applications { get; init; } = KindReading<ApplicationState>.Nothing;

    public KindReading<AppProjectState> Projects { get; init; } = KindReading<AppProjectState>.Nothing;

    /// <summary>Grouped by namespace.</summary>
    public KindReading<DeploymentState> Deployments { get; init; } = KindReading<DeploymentState>.Nothing;

    /// <summary>Grouped by the owning Deployment's uid.</summary>
    public KindReading<ReplicaSetState> ReplicaSets { get; init; } = KindReading<ReplicaSetState>.Nothing;

    /// <summary>Grouped by the owning ReplicaSet's uid.</summary>
    public KindReading<PodState> Pods { get; init; } = KindReading<PodState>.Nothing;

    /// <summary>Why kinds that verdicts rest on can't be read: the words, and what kind of trouble it is. Projects are not among them.</summary>
    public IEnumerable<(string Words, TroubleCause Cause)> Troubles
    {
        get
        {
            (string? Words, TroubleCause Cause)[] all =
            [
                (Applications.Trouble, Applications.Cause), (Deployments.Trouble, Deployments.Cause),
                (ReplicaSets.Trouble, ReplicaSets.Cause), (Pods.Trouble, Pods.Cause),
            ];
            return all.Where(each => each.Words is not null).Select(each => (each.Words!, each.Cause));
        }
    }
}

/// <summary>All clusters at one moment. Immutable: who holds one may compare it with a later one.</summary>
internal sealed record FleetReading
{
    /// <summary>The name of the cluster that runs Argo CD.</summary>
    public const string This = "this";

    /// <summary>By name; <see cref="This"/> is always among them.</summary>
    public required ImmutableSortedDictionary<string, ClusterReading> Clusters { get; init; }

    /// <summary>Which destination (a server's address or a cluster's name in Argo CD) is which cluster of <see cref="Clusters"/>.</summary>
    public required ImmutableSortedDictionary<string, string> Destinations { get; init; }

    /// <summary>The cluster that runs Argo CD.</summary>
    public ClusterReading ArgoCluster => Clusters[This];

    /// <summary>The cluster that an Application deploys to; null when no setting maps its destination.</summary>
    /// <param name="destination">The Application's.</param>
    /// <returns>The cluster's reading.</returns>
    public ClusterReading? At(ApplicationDestination destination) =>
        Find(destination.Server?.TrimEnd('/')) ?? Find(destination.Name);

    private ClusterReading? Find(string? destination) =>
        destination is not null && Destinations.TryGetValue(destination, out var cluster) ? Clusters.GetValueOrDefault(cluster) : null;
}
