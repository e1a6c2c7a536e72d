using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>One question to the judge: what was seen, what was promised, and what time it is.</summary>
internal sealed record RolloutCase(RolloutObservation Seen, RolloutExpectation Promise, JudgeLimits Limits, DateTimeOffset Now)
{
    // Most rules ask for it, and the search reads all paths.
    private (ApplicationSpec Spec, OverlayPlace Overlay, int? Index)? source;

    /// <summary>The only Application. Rules that stand above have dealt with none and several.</summary>
    public ApplicationState Application => Seen.Applications[0];

    public ApplicationStatus Status => Application.Status;

    public OperationState? Operation => Status.OperationState;

    /// <summary>The index of the source that reads the overlay, or null.</summary>
    public int? Source
    {
        get
        {
            if (source is not { } kept || !ReferenceEquals(kept.Spec, Application.Spec) || !ReferenceEquals(kept.Overlay, Promise.Overlay))
                source = kept = (Application.Spec, Promise.Overlay, OverlaySource.IndexOf(Application.Spec, Promise.Overlay));
            return kept.Index;
        }
    }

    /// <summary>The revision that Argo CD compared, of the overlay's source; null when it names none.</summary>
    public string? Revision => Application.Spec.IsMultiSource ? At(Status.Sync.Revisions) : Status.Sync.Revision;

    public RevisionFact Fact => Promise.Revisions.Of(Revision);

    /// <summary>The revision of the operation that is asked for, else of the running or the last one; null when it names none.</summary>
    public string? OperationRevision => RevisionOf(Application.Operation ?? Operation?.Operation);

    /// <summary>Something was asked for or runs.</summary>
    public bool InOperation => Application.Operation is not null || Operation?.Phase is "Running" or "Terminating";

    /// <summary>The only Deployment, or null.</summary>
    public DeploymentState? Deployment => Seen.Deployments is [var only] ? only : null;

    /// <summary>The Deployment's ReplicaSets that are not being deleted. Names come again; uids don't.</summary>
    public IEnumerable<ReplicaSetState> ReplicaSets =>
        Seen.ReplicaSets.Where(set => set.OwnerUid is { } owner && owner == Deployment?.Uid && set.DeletionTimestamp is null);

    /// <summary>The one whose revision is the Deployment's, not the youngest: a revert takes an old one up again.</summary>
    public ReplicaSetState? Newest =>
        Deployment is { Revision: { } revision } ? ReplicaSets.FirstOrDefault(set => set.Revision == revision) : null;

    /// <summary>All pods of the Deployment, also those that terminate.</summary>
    public IEnumerable<PodState> Pods
    {
        get
        {
            var owners = Seen.ReplicaSets.Where(set => set.OwnerUid == Deployment?.Uid).Select(set => set.Uid).ToHashSet(StringComparer.Ordinal);
            return Seen.Pods.Where(pod => pod.OwnerUid is { } owner && owners.Contains(owner));
        }
    }

    /// <summary>The pods that are to stay.</summary>
    public IEnumerable<PodState> NewPods => Pods.Where(pod => pod.OwnerUid == Newest?.Uid && pod.DeletionTimestamp is null);

    /// <summary>The Deployment's template carries the expected hash.</summary>
    public bool CarriesHash => Promise.Hash.Value is { } hash && Deployment?.Template.AddonsHash == hash;

    /// <summary>The overlay at the compared revision is ours, and our commit is in it.</summary>
    public bool IsOurs(RevisionFact fact) => fact.Relation == RevisionRelation.Contains && fact.OverlayBlob == Promise.OverlayBlob;

    public string? RevisionOf(SyncOperation? operation) =>
        operation is null ? null
        : Application.Spec.IsMultiSource ? At(operation.Revisions) : operation.Revision;

    public string? At(ImmutableArray<string> revisions) => Source is { } index && index < revisions.Length ? revisions[index] : null;
}
