namespace OdooSky.GitOps.Reconciler.Cluster;

internal sealed record ServedDeployment
{
    public ServedMeta? Metadata { get; init; }

    public ServedWorkloadSpec? Spec { get; init; }

    public ServedDeploymentStatus? Status { get; init; }
}

/// <summary>The spec of a Deployment or a ReplicaSet.</summary>
internal sealed record ServedWorkloadSpec
{
    public int? Replicas { get; init; }

    public bool? Paused { get; init; }

    public ServedSelector? Selector { get; init; }

    public ServedTemplate? Template { get; init; }
}

internal sealed record ServedSelector(Dictionary<string, string>? MatchLabels);

internal sealed record ServedDeploymentStatus
{
    public long ObservedGeneration { get; init; }

    public int Replicas { get; init; }

    public int UpdatedReplicas { get; init; }

    public int ReadyReplicas { get; init; }

    public int AvailableReplicas { get; init; }

    public int? TerminatingReplicas { get; init; }

    public List<ServedCondition>? Conditions { get; init; }
}

internal sealed record ServedReplicaSet
{
    public ServedMeta? Metadata { get; init; }

    public ServedWorkloadSpec? Spec { get; init; }
}

internal sealed record ServedPod
{
    public ServedMeta? Metadata { get; init; }

    public ServedPodStatus? Status { get; init; }
}

internal sealed record ServedPodStatus
{
    public string? Phase { get; init; }

    public string? Reason { get; init; }

    public List<ServedCondition>? Conditions { get; init; }

    public List<ServedContainer>? InitContainerStatuses { get; init; }

    public List<ServedContainer>? ContainerStatuses { get; init; }
}

internal sealed record ServedContainer
{
    public string? Name { get; init; }

    public bool Ready { get; init; }

    public int RestartCount { get; init; }

    public ServedContainerState? State { get; init; }

    public ServedContainerState? LastState { get; init; }
}

internal sealed record ServedContainerState(ServedContainerDetail? Waiting, ServedContainerDetail? Running, ServedContainerDetail? Terminated);

internal sealed record ServedContainerDetail(string? Reason, string? Message, int? ExitCode);
