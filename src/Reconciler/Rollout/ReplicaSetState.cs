namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>A ReplicaSet (apps/v1) as it stood in one read.</summary>
internal sealed record ReplicaSetState
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    /// <summary>The controlling owner's uid: names can come again, uids can't.</summary>
    public string? OwnerUid { get; init; }

    /// <summary>The annotation <c>deployment.kubernetes.io/revision</c>; it grows when a revert takes an old ReplicaSet up again.</summary>
    public string? Revision { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary><c>spec.replicas</c>.</summary>
    public int Replicas { get; init; } = 1;

    public PodTemplate Template { get; init; } = new();
}
