using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdooSky.GitOps.Reconciler.Cluster;

internal sealed record ServedApplication
{
    public ServedLabelledMeta? Metadata { get; init; }

    public ServedApplicationSpec? Spec { get; init; }

    public ServedOperation? Operation { get; init; }

    public ServedApplicationStatus? Status { get; init; }
}

internal sealed record ServedApplicationSpec
{
    public string? Project { get; init; }

    public ServedDestination? Destination { get; init; }

    public ServedSource? Source { get; init; }

    public List<ServedSource>? Sources { get; init; }

    public ServedSyncPolicy? SyncPolicy { get; init; }
}

internal sealed record ServedDestination(string? Server, string? Name, string? Namespace);

internal sealed record ServedSyncPolicy(ServedAutomated? Automated);

internal sealed record ServedAutomated(bool? Enabled, bool? SelfHeal);

internal sealed record ServedSource
{
    [JsonPropertyName("repoURL")]
    public string? RepoUrl { get; init; }

    public string? Path { get; init; }

    public string? TargetRevision { get; init; }

    public string? Ref { get; init; }

    public string? Chart { get; init; }

    public ServedHelm? Helm { get; init; }
}

internal sealed record ServedHelm
{
    public string? ReleaseName { get; init; }

    public List<string>? ValueFiles { get; init; }

    public List<ServedHelmParameter>? Parameters { get; init; }

    public List<ServedFileParameter>? FileParameters { get; init; }

    public string? Values { get; init; }

    /// <summary>Free-form; kept as its text, since any key in it can be an override.</summary>
    public JsonElement? ValuesObject { get; init; }
}

internal sealed record ServedHelmParameter(string? Name, string? Value, bool? ForceString);

internal sealed record ServedFileParameter(string? Name, string? Path);

internal sealed record ServedOperation(ServedSync? Sync, ServedRetry? Retry);

internal sealed record ServedSync(string? Revision, List<string>? Revisions);

internal sealed record ServedRetry(int? Limit);

internal sealed record ServedApplicationStatus
{
    public ServedSyncStatus? Sync { get; init; }

    public ServedHealth? Health { get; init; }

    public DateTimeOffset? ReconciledAt { get; init; }

    public ServedOperationState? OperationState { get; init; }

    public List<ServedCondition>? Conditions { get; init; }

    public List<ServedResource>? Resources { get; init; }

    public List<ServedHistory>? History { get; init; }
}

internal sealed record ServedHealth(string? Status);

internal sealed record ServedSyncStatus(string? Status, string? Revision, List<string>? Revisions, ServedComparedTo? ComparedTo);

internal sealed record ServedComparedTo(ServedDestination? Destination, ServedSource? Source, List<ServedSource>? Sources);

internal sealed record ServedOperationState
{
    public string? Phase { get; init; }

    public ServedOperation? Operation { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public int? RetryCount { get; init; }

    public string? Message { get; init; }
}

internal sealed record ServedResource(string? Group, string? Kind, string? Namespace, string? Name, string? Status);

internal sealed record ServedHistory(string? Revision, List<string>? Revisions, DateTimeOffset? DeployStartedAt, DateTimeOffset? DeployedAt);

internal sealed record ServedProject(ServedMeta? Metadata, ServedProjectSpec? Spec);

internal sealed record ServedProjectSpec(List<ServedSyncWindow>? SyncWindows);

internal sealed record ServedSyncWindow
{
    public string? Kind { get; init; }

    public string? Schedule { get; init; }

    public string? Duration { get; init; }

    public List<string>? Applications { get; init; }

    public List<string>? Namespaces { get; init; }

    public List<string>? Clusters { get; init; }

    public bool? ManualSync { get; init; }
}
