using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>A Pod (v1) as it stood in one read.</summary>
internal sealed record PodState
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    /// <summary>The controlling ReplicaSet's uid.</summary>
    public string? OwnerUid { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Set while the pod terminates.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>The annotation <c>odoosky.io/addons-hash</c>.</summary>
    public string? AddonsHash { get; init; }

    /// <summary>Pending, Running, Succeeded, Failed, Unknown.</summary>
    public string? Phase { get; init; }

    /// <summary><c>status.reason</c>, such as Evicted.</summary>
    public string? Reason { get; init; }

    /// <summary>Ready (its time is when the pod became so) and PodScheduled (with Unschedulable) are enough.</summary>
    public ImmutableArray<ObjectCondition> Conditions { get; init; } = [];

    /// <summary><c>initContainerStatuses</c>, in order.</summary>
    public ImmutableArray<ContainerState> InitContainers { get; init; } = [];

    /// <summary><c>containerStatuses</c>, in order.</summary>
    public ImmutableArray<ContainerState> Containers { get; init; } = [];
}

/// <summary>What a container does.</summary>
internal enum ContainerPhase
{
    Waiting,
    Running,
    Terminated,
}

/// <summary>A container's state. <c>Reason</c> is the waiting or the terminated state's: ImagePullBackOff, CrashLoopBackOff, Error, Completed.</summary>
internal sealed record ContainerState
{
    public required string Name { get; init; }

    public ContainerPhase Phase { get; init; }

    public string? Reason { get; init; }

    /// <summary>The state's message: what the image's registry or the program said.</summary>
    public string? Message { get; init; }

    /// <summary>Of a terminated container.</summary>
    public int? ExitCode { get; init; }

    public bool Ready { get; init; }

    public int RestartCount { get; init; }

    /// <summary><c>lastState.terminated.reason</c>: how it ended before it was started again, such as OOMKilled.</summary>
    public string? LastReason { get; init; }
}
