using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdooSky.GitOps.Reconciler.Cluster;

internal sealed record ServedApplication
{
    public ServedLabelledMeta? Metadata { get; set; }

    public ServedApplicationSpec? Spec { get; set; }

    public ServedOperation? Operation { get; set; }

    public ServedApplicationStatus? Status { get; set; }
}

internal sealed record ServedApplicationSpec
{
    public string? Project { get; set; }

    public ServedDestination? Destination { get; set; }

    public ServedSource? Source { get; set; }

    public List<ServedSource>? Sources { get; set; }

    public ServedSyncPolicy? SyncPolicy { get; set; }
}

internal sealed record ServedDestination
{
    public string? Server { get; set; }

    public string? Name { get; set; }

    public string? Namespace { get; set; }
}

internal sealed record ServedSyncPolicy
{
    public ServedAutomated? Automated { get; set; }
}

internal sealed record ServedAutomated
{
    public bool? Enabled { get; set; }

    public bool? SelfHeal { get; set; }
}

internal sealed record ServedSource
{
    [JsonPropertyName("repoURL")]
    public string? RepoUrl { get; set; }

    public string? Path { get; set; }

    public string? TargetRevision { get; set; }

    public string? Ref { get; set; }

    public string? Chart { get; set; }

    public ServedHelm? Helm { get; set; }
}

internal sealed record ServedHelm
{
    public string? ReleaseName { get; set; }

    public List<string>? ValueFiles { get; set; }

    public List<ServedHelmParameter>? Parameters { get; set; }

    public List<ServedFileParameter>? FileParameters { get; set; }

    public string? Values { get; set; }

    /// <summary>Free-form; kept as its text, since any key in it can be an override.</summary>
    public JsonElement? ValuesObject { get; set; }
}

internal sealed record ServedHelmParameter
{
    public string? Name { get; set; }

    public string? Value { get; set; }

    public bool? ForceString { get; set; }
}

internal sealed record ServedFileParameter
{
    public string? Name { get; set; }

    public string? Path { get; set; }
}

internal sealed record ServedOperation
{
    public ServedSync? Sync { get; set; }

    public ServedRetry? Retry { get; set; }
}

internal sealed record ServedSync
{
    public string? Revision { get; set; }

    public List<string>? Revisions { get; set; }
}

internal sealed record ServedRetry
{
    public int? Limit { get; set; }
}

internal sealed record ServedApplicationStatus
{
    public ServedSyncStatus? Sync { get; set; }

    public ServedHealth? Health { get; set; }

    public DateTimeOffset? ReconciledAt { get; set; }

    public ServedOperationState? OperationState { get; set; }

    public List<ServedCondition>? Conditions { get; set; }

    public List<ServedResource>? Resources { get; set; }

    public List<ServedHistory>? History { get; set; }
}

internal sealed record ServedHealth
{
    public string? Status { get; set; }
}

internal sealed record ServedSyncStatus
{
    public string? Status { get; set; }

    public string? Revision { get; set; }

    public List<string>? Revisions { get; set; }

    public ServedComparedTo? ComparedTo { get; set; }
}

internal sealed record ServedComparedTo
{
    public ServedDestination? Destination { get; set; }

    public ServedSource? Source { get; set; }

    public List<ServedSource>? Sources { get; set; }
}

internal sealed record ServedOperationState
{
    public string? Phase { get; set; }

    public ServedOperation? Operation { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public int? RetryCount { get; set; }

    public string? Message { get; set; }
}

internal sealed record ServedResource
{
    public string? Group { get; set; }

    public string? Kind { get; set; }

    public string? Namespace { get; set; }

    public string? Name { get; set; }

    public string? Status { get; set; }
}

internal sealed record ServedHistory
{
    public string? Revision { get; set; }

    public List<string>? Revisions { get; set; }

    public DateTimeOffset? DeployStartedAt { get; set; }

    public DateTimeOffset? DeployedAt { get; set; }
}

internal sealed record ServedProject
{
    public ServedMeta? Metadata { get; set; }

    public ServedProjectSpec? Spec { get; set; }
}

internal sealed record ServedProjectSpec
{
    public List<ServedSyncWindow>? SyncWindows { get; set; }
}

internal sealed record ServedSyncWindow
{
    public string? Kind { get; set; }

    public string? Schedule { get; set; }

    public string? Duration { get; set; }

    public List<string>? Applications { get; set; }

    public List<string>? Namespaces { get; set; }

    public List<string>? Clusters { get; set; }

    public bool? ManualSync { get; set; }
}
