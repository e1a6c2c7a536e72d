using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// An Argo CD Application (argoproj.io/v1alpha1) as it stood in one read, with the fields that the judge uses and no others.
/// Names are Argo CD's. A field that the object lacks is null, or empty for lists.
/// </summary>
internal sealed record ApplicationState
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    /// <summary><c>metadata.labels</c>: for a match by label, when that is configured.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The annotation <c>argocd.argoproj.io/refresh</c>: a refresh was asked for and is not done.</summary>
    public string? Refresh { get; init; }

    /// <summary>The annotation <c>argocd.argoproj.io/refresh-timestamp</c>: when we last asked, also after it was done.</summary>
    public DateTimeOffset? RefreshRequestedAt { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    public DateTimeOffset? DeletionTimestamp { get; init; }

    public required ApplicationSpec Spec { get; init; }

    /// <summary><c>operation</c> at the root of the object: asked for, or running.</summary>
    public SyncOperation? Operation { get; init; }

    public ApplicationStatus Status { get; init; } = new();
}

/// <summary>What the Application should be.</summary>
internal sealed record ApplicationSpec
{
    /// <summary>The AppProject's name.</summary>
    public string Project { get; init; } = "default";

    public ApplicationDestination Destination { get; init; } = new();

    /// <summary>
    /// What is rendered: <c>spec.sources</c> when it has an item, else the one <c>spec.source</c>. Indexes are those of
    /// <c>status.sync.revisions</c>.
    /// </summary>
    public ImmutableArray<ApplicationSource> Sources { get; init; } = [];

    /// <summary>Whether <c>spec.sources</c> has an item, so that <c>revisions</c> counts and <c>revision</c> does not.</summary>
    public bool IsMultiSource { get; init; }

    /// <summary><c>syncPolicy.automated</c> is there and its <c>enabled</c> is not false.</summary>
    public bool Automated { get; init; }

    /// <summary><c>syncPolicy.automated.selfHeal</c>.</summary>
    public bool SelfHeal { get; init; }
}

/// <summary>Where the Application deploys to: a cluster by address or by name, and a namespace.</summary>
internal sealed record ApplicationDestination
{
    public string? Server { get; init; }

    public string? Name { get; init; }

    public string? Namespace { get; init; }
}

/// <summary>What Argo CD last said of the Application.</summary>
internal sealed record ApplicationStatus
{
    public SyncStatus Sync { get; init; } = new();

    /// <summary><c>health.status</c>: Healthy, Progressing, Degraded, Suspended, Missing, Unknown, or a word of a later Argo CD.</summary>
    public string? Health { get; init; }

    /// <summary>When the last full comparison ended, in whole seconds.</summary>
    public DateTimeOffset? ReconciledAt { get; init; }

    public OperationState? OperationState { get; init; }

    public ImmutableArray<ApplicationCondition> Conditions { get; init; } = [];

    /// <summary><c>resources</c>: what the Application consists of. Only Deployments need to be kept.</summary>
    public ImmutableArray<ApplicationResource> Resources { get; init; } = [];

    /// <summary><c>history</c>, in the order served. It leaves out partial syncs, so it proves no absence.</summary>
    public ImmutableArray<SyncHistory> History { get; init; } = [];
}

/// <summary><c>status.sync</c>.</summary>
internal sealed record SyncStatus
{
    /// <summary>Synced, OutOfSync, Unknown, or null before the first comparison (Argo CD writes an empty text there).</summary>
    public string? Status { get; init; }

    /// <summary>Of a single source: a full commit id, but after errors also a branch's name.</summary>
    public string? Revision { get; init; }

    /// <summary>Of several sources: one for each, in the order of the sources that were compared.</summary>
    public ImmutableArray<string> Revisions { get; init; } = [];

    /// <summary>Which spec this status speaks of. Null before the first comparison.</summary>
    public ComparedTo? ComparedTo { get; init; }
}

/// <summary><c>status.sync.comparedTo</c>; for several sources Argo CD adds an empty <c>source</c>, which is left out here.</summary>
internal sealed record ComparedTo
{
    public ApplicationDestination Destination { get; init; } = new();

    /// <summary>As in <see cref="ApplicationSpec.Sources"/>.</summary>
    public ImmutableArray<ApplicationSource> Sources { get; init; } = [];
}

/// <summary>ComparisonError, InvalidSpecError, SyncError, UnknownError, and warnings. Messages hold random names: never compare them.</summary>
internal sealed record ApplicationCondition(string Type, string Message, DateTimeOffset? LastTransitionTime);

/// <summary>An entry of <c>status.resources</c>. Its health is absent by default since Argo CD 3.0.</summary>
internal sealed record ApplicationResource(string? Group, string Kind, string? Namespace, string Name, string? Status);

/// <summary>An entry of <c>status.history</c>. <c>Revisions</c> has one item for a single source.</summary>
internal sealed record SyncHistory(ImmutableArray<string> Revisions, DateTimeOffset? DeployStartedAt, DateTimeOffset? DeployedAt);
