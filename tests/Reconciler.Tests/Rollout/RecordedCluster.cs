using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>What stands in the cluster after the events so far.</summary>
internal sealed class RecordedCluster
{
    private readonly Dictionary<string, ApplicationState> applications = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeploymentState> deployments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplicaSetState> replicaSets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PodState> pods = new(StringComparer.Ordinal);

    public void Apply(RecordedEvent read)
    {
        if (read.Kind == "Action") return;
        var uid = (string)read.Object["metadata"]!["uid"]!;
        var gone = read.Type == "DELETED";
        switch (read.Kind)
        {
            case "Application": Put(applications, uid, gone ? null : ObservedJson.Application(read.Object)); break;
            case "Deployment": Put(deployments, uid, gone ? null : ObservedJson.Deployment(read.Object)); break;
            case "ReplicaSet": Put(replicaSets, uid, gone ? null : ObservedJson.ReplicaSet(read.Object)); break;
            case "Pod": Put(pods, uid, gone ? null : ObservedJson.Pod(read.Object)); break;
            default: throw new InvalidOperationException(read.Kind);
        }
    }

    public RolloutObservation Observe(InstanceCode code, OverlayPlace overlay, DateTimeOffset now)
    {
        var found = ApplicationMatch.BySource.Find(applications.Values, code, overlay);
        return new RolloutObservation
        {
            ObservedAt = now,
            Applications = found,
            Deployments = found is [var only] ? DeploymentMatch.Find(deployments.Values, only, code) : [],
            ReplicaSets = [.. replicaSets.Values],
            Pods = [.. pods.Values],
        };
    }

    private static void Put<T>(Dictionary<string, T> held, string uid, T? now)
        where T : class
    {
        if (now is null) held.Remove(uid);
        else held[uid] = now;
    }
}
