using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>A Deployment (apps/v1) as it stood in one read, with the fields that the judge uses. Names are those of Kubernetes.</summary>
internal sealed record DeploymentState
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    /// <summary><c>metadata.generation</c>. A foreign annotation on the Deployment itself raises it without a roll.</summary>
    public long Generation { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>The annotation <c>deployment.kubernetes.io/revision</c>, which the newest ReplicaSet carries too.</summary>
    public string? Revision { get; init; }

    /// <summary><c>spec.selector.matchLabels</c>, which says whose Deployment it is; metadata labels may be Argo CD's tracking.</summary>
    public IReadOnlyDictionary<string, string> Selector { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary><c>spec.replicas</c>; 1 when absent, as Kubernetes has it.</summary>
    public int Replicas { get; init; } = 1;

    public bool Paused { get; init; }

    public PodTemplate Template { get; init; } = new();

    public DeploymentStatus Status { get; init; } = new();
}

/// <summary>What of a pod template tells one roll from another.</summary>
internal sealed record PodTemplate
{
    /// <summary>The annotation <c>odoosky.io/addons-hash</c>.</summary>
    public string? AddonsHash { get; init; }

    /// <summary>The annotation <c>kubectl.kubernetes.io/restartedAt</c>: somebody asked for a restart.</summary>
    public string? RestartedAt { get; init; }
}

/// <summary>A Deployment's status; a count that is absent is 0.</summary>
internal sealed record DeploymentStatus
{
    public long ObservedGeneration { get; init; }

    public int Replicas { get; init; }

    public int UpdatedReplicas { get; init; }

    public int ReadyReplicas { get; init; }

    public int AvailableReplicas { get; init; }

    /// <summary>Null on clusters that do not count them yet.</summary>
    public int? TerminatingReplicas { get; init; }

    public ImmutableArray<ObjectCondition> Conditions { get; init; } = [];
}

/// <summary>A condition of a Deployment or a Pod. <c>Status</c> is True, False or Unknown.</summary>
internal sealed record ObjectCondition(string Type, string Status, string? Reason, string? Message, DateTimeOffset? LastTransitionTime);
