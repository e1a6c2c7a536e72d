using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>Everything that was seen of one instance in the cluster, as of one moment.</summary>
internal sealed record RolloutObservation
{
    /// <summary>When the lists or watches that this rests on last spoke; what is too old proves nothing.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>The instance's Applications: one, none, or several that can't be told apart.</summary>
    public ImmutableArray<ApplicationState> Applications { get; init; } = [];

    /// <summary>The instance's Odoo Deployments in the destination's namespace: one, none, or several.</summary>
    public ImmutableArray<DeploymentState> Deployments { get; init; } = [];

    /// <summary>ReplicaSets of that namespace; those of other owners are ignored.</summary>
    public ImmutableArray<ReplicaSetState> ReplicaSets { get; init; } = [];

    /// <summary>Pods of that namespace; those of other owners are ignored.</summary>
    public ImmutableArray<PodState> Pods { get; init; } = [];

    /// <summary>The Application's project; null: it is not there, or may not be read.</summary>
    public AppProjectState? Project { get; init; }

    /// <summary>What could not be read, with the missing right or the fault; empty: everything was.</summary>
    public ImmutableArray<UnreadKind> Unread { get; init; } = [];
}

/// <summary>A kind that the cluster did not give.</summary>
/// <param name="Kind">What stands for it in messages: <c>Application</c>, <c>Pod</c>, or <c>cluster</c> for a destination that no setting maps.</param>
/// <param name="Reason">In words a person can act on, such as <c>may not list deployments in odoo-acme (403)</c>.</param>
internal sealed record UnreadKind(string Kind, string Reason);
