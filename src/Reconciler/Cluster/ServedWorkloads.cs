namespace OdooSky.GitOps.Reconciler.Cluster;

internal sealed record ServedDeployment
{
    public ServedMeta? Metadata { get; set; }

    public ServedWorkloadSpec? Spec { get; set; }

    public ServedDeploymentStatus? Status { get; set; }
}

/// <summary>The spec of a Deployment or a ReplicaSet.</summary>
internal sealed record ServedWorkloadSpec
{
    public int? Replicas { get; set; }

    public bool? Paused { get; set; }

    public ServedSelector? Selector { get; set; }

    public ServedTemplate? Template { get; set; }
}

internal sealed record ServedSelector
{
    public Dictionary<string, string>? MatchLabels { get; set; }
}

internal sealed record ServedDeploymentStatus
{
    public long ObservedGeneration { get; set; }

    public int Replicas { get; set; }

    public int UpdatedReplicas { get; set; }

    public int ReadyReplicas { get; set; }

    public int AvailableReplicas { get; set; }

    public int? TerminatingReplicas { get; set; }

    public List<ServedCondition>? Conditions { get; set; }
}

internal sealed record ServedReplicaSet
{
    public ServedMeta? Metadata { get; set; }

    public ServedWorkloadSpec? Spec { get; set; }
}

internal sealed record ServedPod
{
    public ServedMeta? Metadata { get; set; }

    public ServedPodStatus? Status { get; set; }
}

internal sealed record ServedPodStatus
{
    public string? Phase { get; set; }

    public string? Reason { get; set; }

    public List<ServedCondition>? Conditions { get; set; }

    public List<ServedContainer>? InitContainerStatuses { get; set; }

    public List<ServedContainer>? ContainerStatuses { get; set; }
}

internal sealed record ServedContainer
{
    public string? Name { get; set; }

    public bool Ready { get; set; }

    public int RestartCount { get; set; }

    public ServedContainerState? State { get; set; }

    public ServedContainerState? LastState { get; set; }
}

internal sealed record ServedContainerState
{
    public ServedContainerDetail? Waiting { get; set; }

    public ServedContainerDetail? Running { get; set; }

    public ServedContainerDetail? Terminated { get; set; }
}

internal sealed record ServedContainerDetail
{
    public string? Reason { get; set; }

    public string? Message { get; set; }

    public int? ExitCode { get; set; }
}
