using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>Takes out of a reading of all clusters what belongs to one instance.</summary>
/// <param name="reading">All clusters.</param>
/// <param name="index">Whose Application is which; taken from the same reading.</param>
internal sealed class FleetSight(FleetReading reading, ApplicationIndex index)
{
    /// <summary>What is seen of an instance.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="path">Its overlay's path in the repository.</param>
    /// <returns>The observation; what could not be read is named in it.</returns>
    public RolloutObservation Observe(InstanceCode code, string path)
    {
        var applications = reading.ArgoCluster.Applications;
        var own = index.Find(code, path);
        if (applications.Trouble is { } trouble) return Half(own, new UnreadKind("Application", trouble));
        if (own is not [var application]) return Half(own, null);
        if (reading.At(application.Spec.Destination) is not { } cluster) return Half(own, Unmapped(application.Spec.Destination));
        var deployments = DeploymentMatch.Find(cluster.Deployments.In(application.Spec.Destination.Namespace ?? ""), application, code);
        ImmutableArray<ReplicaSetState> sets = [.. deployments.SelectMany(deployment => cluster.ReplicaSets.In(deployment.Uid))];
        return new RolloutObservation
        {
            ObservedAt = Oldest(applications.SpokeAt, cluster.Deployments.SpokeAt, cluster.ReplicaSets.SpokeAt, cluster.Pods.SpokeAt),
            Applications = own,
            Deployments = deployments,
            ReplicaSets = sets,
            Pods = [.. sets.SelectMany(set => cluster.Pods.In(set.Uid))],
            Project = reading.ArgoCluster.Projects.Objects.GetValueOrDefault((application.Namespace, application.Spec.Project)),
            Unread = Unread(cluster),
        };
    }

    private ImmutableArray<UnreadKind> Unread(ClusterReading cluster)
    {
        (string Kind, string? Trouble)[] all =
        [
            ("Deployment", cluster.Deployments.Trouble), ("ReplicaSet", cluster.ReplicaSets.Trouble), ("Pod", cluster.Pods.Trouble),
            ("AppProject", reading.ArgoCluster.Projects.Trouble),
        ];
        return [.. all.Where(each => each.Trouble is not null).Select(each => new UnreadKind(each.Kind, each.Trouble!))];
    }

    // Without exactly one Application nothing says where the Deployment is, so nothing else is looked for.
    private RolloutObservation Half(ImmutableArray<ApplicationState> own, UnreadKind? unread) => new()
    {
        ObservedAt = Oldest(reading.ArgoCluster.Applications.SpokeAt),
        Applications = own,
        Unread = unread is null ? [] : [unread],
    };

    private static UnreadKind Unmapped(ApplicationDestination destination) =>
        new("cluster", $"no setting maps the destination {destination.Server ?? destination.Name ?? "(none)"}: name its context in cluster.destinations");

    private static DateTimeOffset Oldest(params ReadOnlySpan<DateTimeOffset?> times)
    {
        var oldest = DateTimeOffset.MaxValue;
        foreach (var time in times)
            if ((time ?? DateTimeOffset.MinValue) < oldest) oldest = time ?? DateTimeOffset.MinValue;
        return oldest;
    }
}
