namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>Whether a Deployment has done what it was told, from one read of it and of what it owns.</summary>
internal static class Roll
{
    /// <summary>Its counts, its newest ReplicaSet and that ReplicaSet's pods all say so.</summary>
    public static bool IsComplete(RolloutCase c, DeploymentState deployment) =>
        IsObserved(deployment)
        && Deadline(c, deployment) is null
        && deployment.Status.UpdatedReplicas >= deployment.Replicas
        && deployment.Status.Replicas <= deployment.Status.UpdatedReplicas
        && deployment.Status.AvailableReplicas >= deployment.Status.UpdatedReplicas
        && c.Newest is { } newest && newest.Template.AddonsHash == deployment.Template.AddonsHash
        && ReadyPods(c) >= deployment.Replicas;

    public static bool IsObserved(DeploymentState deployment) => deployment.Generation <= deployment.Status.ObservedGeneration;

    public static int ReadyPods(RolloutCase c) =>
        c.NewPods.Count(pod => PodTrouble.IsReady(pod) && pod.AddonsHash == c.Deployment?.Template.AddonsHash);

    /// <summary>
    /// The condition that the deadline passed, when it is of this roll. After a fix the old one stands for a moment beside the
    /// new hash; its message names the ReplicaSet that timed out. Another ReplicaSet can carry the same hash, so the name decides.
    /// </summary>
    public static ObjectCondition? Deadline(RolloutCase c, DeploymentState deployment)
    {
        var condition = deployment.Status.Conditions.FirstOrDefault(held => held is { Type: "Progressing", Status: "False", Reason: "ProgressDeadlineExceeded" });
        return condition is not null && !NamesAnother(c, condition.Message) ? condition : null;
    }

    private static bool NamesAnother(RolloutCase c, string? message)
    {
        var parts = message?.Split('"') ?? [];
        return parts.Length >= 3 && c.Deployment is { } deployment
            && !(c.Newest is { } newest && newest.Name == parts[1] && newest.Template == deployment.Template);
    }
}
