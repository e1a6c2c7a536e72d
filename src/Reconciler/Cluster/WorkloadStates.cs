using System.Collections.Immutable;
using System.Collections.ObjectModel;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>Makes states of what was served of Deployments, ReplicaSets and Pods. Words that are not known stay as they are.</summary>
internal static class WorkloadStates
{
    public static DeploymentState Of(ServedDeployment served) => new()
    {
        Namespace = served.Metadata?.Namespace ?? "",
        Name = served.Metadata?.Name ?? "",
        Uid = served.Metadata?.Uid ?? "",
        Generation = served.Metadata?.Generation ?? 0,
        CreationTimestamp = served.Metadata?.CreationTimestamp,
        DeletionTimestamp = served.Metadata?.DeletionTimestamp,
        Revision = served.Metadata?.Annotations?.Revision,
        Selector = served.Spec?.Selector?.MatchLabels ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty,
        Replicas = served.Spec?.Replicas ?? 1,
        Paused = served.Spec?.Paused ?? false,
        Template = TemplateOf(served.Spec?.Template),
        Status = StatusOf(served.Status ?? new()),
    };

    public static ReplicaSetState Of(ServedReplicaSet served) => new()
    {
        Namespace = served.Metadata?.Namespace ?? "",
        Name = served.Metadata?.Name ?? "",
        Uid = served.Metadata?.Uid ?? "",
        OwnerUid = OwnerOf(served.Metadata),
        Revision = served.Metadata?.Annotations?.Revision,
        CreationTimestamp = served.Metadata?.CreationTimestamp,
        DeletionTimestamp = served.Metadata?.DeletionTimestamp,
        Replicas = served.Spec?.Replicas ?? 1,
        Template = TemplateOf(served.Spec?.Template),
    };

    public static PodState Of(ServedPod served) => new()
    {
        Namespace = served.Metadata?.Namespace ?? "",
        Name = served.Metadata?.Name ?? "",
        Uid = served.Metadata?.Uid ?? "",
        OwnerUid = OwnerOf(served.Metadata),
        CreationTimestamp = served.Metadata?.CreationTimestamp,
        DeletionTimestamp = served.Metadata?.DeletionTimestamp,
        AddonsHash = served.Metadata?.Annotations?.AddonsHash,
        Phase = served.Status?.Phase,
        Reason = served.Status?.Reason,
        Conditions = ConditionsOf(served.Status?.Conditions),
        InitContainers = ServedLists.Each(served.Status?.InitContainerStatuses, Of),
        Containers = ServedLists.Each(served.Status?.ContainerStatuses, Of),
    };

    private static ContainerState Of(ServedContainer served)
    {
        var state = served.State;
        var detail = state?.Terminated ?? state?.Running ?? state?.Waiting;
        return new ContainerState
        {
            Name = served.Name ?? "",
            Phase = state?.Terminated is not null ? ContainerPhase.Terminated : state?.Running is not null ? ContainerPhase.Running : ContainerPhase.Waiting,
            Reason = detail?.Reason,
            Message = detail?.Message,
            ExitCode = state?.Terminated?.ExitCode,
            Ready = served.Ready,
            RestartCount = served.RestartCount,
            LastReason = served.LastState?.Terminated?.Reason,
        };
    }

    private static string? OwnerOf(ServedMeta? meta) => meta?.OwnerReferences?.Find(owner => owner.Controller == true)?.Uid;

    private static PodTemplate TemplateOf(ServedTemplate? served) => new()
    {
        AddonsHash = served?.Metadata?.Annotations?.AddonsHash,
        RestartedAt = served?.Metadata?.Annotations?.RestartedAt,
    };

    private static DeploymentStatus StatusOf(ServedDeploymentStatus served) => new()
    {
        ObservedGeneration = served.ObservedGeneration,
        Replicas = served.Replicas,
        UpdatedReplicas = served.UpdatedReplicas,
        ReadyReplicas = served.ReadyReplicas,
        AvailableReplicas = served.AvailableReplicas,
        TerminatingReplicas = served.TerminatingReplicas,
        Conditions = ConditionsOf(served.Conditions),
    };

    private static ImmutableArray<ObjectCondition> ConditionsOf(List<ServedCondition>? served) => ServedLists.Each(served, static condition =>
        new ObjectCondition(condition.Type ?? "", condition.Status ?? "", condition.Reason, condition.Message, condition.LastTransitionTime));
}
