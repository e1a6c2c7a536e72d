using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>All kinds of one cluster: one stream for each kind, and of Argo CD's kinds one for each of its namespaces.</summary>
internal sealed class ClusterFollower
{
    private readonly string name;
    private readonly ImmutableArray<KindFollower<ServedApplication, ApplicationState>> applications;
    private readonly ImmutableArray<KindFollower<ServedProject, AppProjectState>> projects;
    private readonly KindFollower<ServedDeployment, DeploymentState> deployments;
    private readonly KindFollower<ServedReplicaSet, ReplicaSetState> replicaSets;
    private readonly KindFollower<ServedPod, PodState> pods;

    /// <summary>Makes the streams; nothing is asked yet.</summary>
    /// <param name="server">The cluster.</param>
    /// <param name="argocdNamespaces">Where Applications are; none: Argo CD does not run in this cluster.</param>
    /// <param name="limits">How long, how much, how often.</param>
    /// <param name="time">The clock.</param>
    public ClusterFollower(ApiServer server, ImmutableArray<string> argocdNamespaces, ClusterLimits limits, TimeProvider time)
    {
        name = server.Name;
        applications = [.. argocdNamespaces.Select(space => new KindFollower<ServedApplication, ApplicationState>(server, Resources.Applications, space, (limits, time)))];
        projects = [.. argocdNamespaces.Select(space => new KindFollower<ServedProject, AppProjectState>(server, Resources.Projects, space, (limits, time)))];
        deployments = new(server, Resources.Deployments, null, (limits, time));
        replicaSets = new(server, Resources.ReplicaSets, null, (limits, time));
        pods = new(server, Resources.Pods, null, (limits, time));
    }

    /// <summary>Done when every kind was listed or found unreadable.</summary>
    public Task First => Task.WhenAll(
        [.. applications.Select(one => one.First), .. projects.Select(one => one.First), deployments.First, replicaSets.First, pods.First]);

    /// <summary>What is known now.</summary>
    /// <returns>The reading.</returns>
    public ClusterReading Read() => new()
    {
        Name = name,
        Applications = Together(applications.Select(one => one.Reading)),
        Projects = Together(projects.Select(one => one.Reading)),
        Deployments = deployments.Reading,
        ReplicaSets = replicaSets.Reading,
        Pods = pods.Reading,
    };

    /// <summary>Lists every kind once.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public Task ReadOnceAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        .. applications.Select(one => one.ReadOnceAsync(cancellationToken)),
        .. projects.Select(one => one.ReadOnceAsync(cancellationToken)),
        deployments.ReadOnceAsync(cancellationToken),
        replicaSets.ReadOnceAsync(cancellationToken),
        pods.ReadOnceAsync(cancellationToken),
    ]);

    /// <summary>Begins to list and watch every kind.</summary>
    /// <param name="changed">Called with each change.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One task a stream; they end by cancellation.</returns>
    public IEnumerable<Task> Run(Action<ImmutableArray<ChangedObject>> changed, CancellationToken cancellationToken) =>
    [
        .. applications.Select(one => one.RunAsync(changed, cancellationToken)),
        .. projects.Select(one => one.RunAsync(changed, cancellationToken)),
        deployments.RunAsync(changed, cancellationToken),
        replicaSets.RunAsync(changed, cancellationToken),
        pods.RunAsync(changed, cancellationToken),
    ];

    private static KindReading<T> Together<T>(IEnumerable<KindReading<T>> readings)
    {
        var all = readings.ToList();
        if (all.Count == 0) return KindReading<T>.Nothing;
        return all.Count == 1 ? all[0] : new KindReading<T>
        {
            Objects = new(all.SelectMany(one => one.Objects).ToDictionary()),
            Groups = new(all.SelectMany(one => one.Groups).ToDictionary(StringComparer.Ordinal)),
            SpokeAt = all.Any(one => one.SpokeAt is null) ? null : all.Min(one => one.SpokeAt),
            Trouble = string.Join("; ", all.Select(one => one.Trouble).OfType<string>()) is { Length: > 0 } trouble ? trouble : null,
            Cause = all.Find(one => one.Trouble is not null)?.Cause ?? default,
        };
    }
}
