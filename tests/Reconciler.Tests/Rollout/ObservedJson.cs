using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>Reads recorded objects into what the judge sees, in the plainest way: it checks the judge, not the program's own reader.</summary>
internal static class ObservedJson
{
    public static ApplicationState Application(JsonNode o) => new()
    {
        Namespace = Text(o, "metadata", "namespace")!,
        Name = Text(o, "metadata", "name")!,
        Uid = Text(o, "metadata", "uid")!,
        Refresh = Text(o, "metadata", "annotations", "argocd.argoproj.io/refresh"),
        CreationTimestamp = Time(o, "metadata", "creationTimestamp"),
        DeletionTimestamp = Time(o, "metadata", "deletionTimestamp"),
        Operation = At(o, "operation") is { } operation ? Operation(operation) : null,
        Spec = Spec(At(o, "spec")!),
        Status = At(o, "status") is { } status ? Status(status) : new ApplicationStatus(),
    };

    public static DeploymentState Deployment(JsonNode o) => new()
    {
        Namespace = Text(o, "metadata", "namespace")!,
        Name = Text(o, "metadata", "name")!,
        Uid = Text(o, "metadata", "uid")!,
        Generation = Number(o, "metadata", "generation") ?? 0,
        CreationTimestamp = Time(o, "metadata", "creationTimestamp"),
        DeletionTimestamp = Time(o, "metadata", "deletionTimestamp"),
        Revision = Text(o, "metadata", "annotations", "deployment.kubernetes.io/revision"),
        Selector = At(o, "spec", "selector", "matchLabels")!.AsObject().ToImmutableDictionary(pair => pair.Key, pair => (string)pair.Value!, StringComparer.Ordinal),
        Replicas = (int)(Number(o, "spec", "replicas") ?? 1),
        Paused = At(o, "spec", "paused")?.GetValue<bool>() ?? false,
        Template = Template(o),
        Status = new DeploymentStatus
        {
            ObservedGeneration = Number(o, "status", "observedGeneration") ?? 0,
            Replicas = (int)(Number(o, "status", "replicas") ?? 0),
            UpdatedReplicas = (int)(Number(o, "status", "updatedReplicas") ?? 0),
            ReadyReplicas = (int)(Number(o, "status", "readyReplicas") ?? 0),
            AvailableReplicas = (int)(Number(o, "status", "availableReplicas") ?? 0),
            TerminatingReplicas = (int?)Number(o, "status", "terminatingReplicas"),
            Conditions = Conditions(o),
        },
    };

    public static ReplicaSetState ReplicaSet(JsonNode o) => new()
    {
        Namespace = Text(o, "metadata", "namespace")!,
        Name = Text(o, "metadata", "name")!,
        Uid = Text(o, "metadata", "uid")!,
        OwnerUid = Text(o, "metadata", "ownerReferences", "0", "uid"),
        Revision = Text(o, "metadata", "annotations", "deployment.kubernetes.io/revision"),
        CreationTimestamp = Time(o, "metadata", "creationTimestamp"),
        DeletionTimestamp = Time(o, "metadata", "deletionTimestamp"),
        Replicas = (int)(Number(o, "spec", "replicas") ?? 1),
        Template = Template(o),
    };

    public static PodState Pod(JsonNode o) => new()
    {
        Namespace = Text(o, "metadata", "namespace")!,
        Name = Text(o, "metadata", "name")!,
        Uid = Text(o, "metadata", "uid")!,
        OwnerUid = Text(o, "metadata", "ownerReferences", "0", "uid"),
        CreationTimestamp = Time(o, "metadata", "creationTimestamp"),
        DeletionTimestamp = Time(o, "metadata", "deletionTimestamp"),
        AddonsHash = Text(o, "metadata", "annotations", "odoosky.io/addons-hash"),
        Phase = Text(o, "status", "phase"),
        Reason = Text(o, "status", "reason"),
        Conditions = Conditions(o),
        InitContainers = [.. Items(o, "status", "initContainerStatuses").Select(Container)],
        Containers = [.. Items(o, "status", "containerStatuses").Select(Container)],
    };

    private static ApplicationSpec Spec(JsonNode o) => new()
    {
        Project = Text(o, "project")!,
        Destination = Destination(At(o, "destination")),
        Sources = Sources(o),
        IsMultiSource = Items(o, "sources").Any(),
        Automated = At(o, "syncPolicy", "automated") is { } automated && automated["enabled"]?.GetValue<bool>() != false,
        SelfHeal = At(o, "syncPolicy", "automated", "selfHeal")?.GetValue<bool>() ?? false,
    };

    private static ApplicationStatus Status(JsonNode o) => new()
    {
        Sync = new SyncStatus
        {
            Status = Text(o, "sync", "status"),
            Revision = Text(o, "sync", "revision"),
            Revisions = [.. Items(o, "sync", "revisions").Select(item => (string)item!)],
            ComparedTo = At(o, "sync", "comparedTo") is { } compared ? new ComparedTo { Destination = Destination(At(compared, "destination")), Sources = Sources(compared) } : null,
        },
        Health = Text(o, "health", "status"),
        ReconciledAt = Time(o, "reconciledAt"),
        OperationState = At(o, "operationState") is { } state ? State(state) : null,
        Conditions = [.. Items(o, "conditions").Select(item => new ApplicationCondition(Text(item, "type")!, Text(item, "message")!, Time(item, "lastTransitionTime")))],
        Resources = [.. Items(o, "resources").Select(item => new ApplicationResource(Text(item, "group"), Text(item, "kind")!, Text(item, "namespace"), Text(item, "name")!, Text(item, "status")))],
        History = [.. Items(o, "history").Select(item => new SyncHistory(
            Items(item, "revisions").Any() ? [.. Items(item, "revisions").Select(revision => (string)revision!)] : [Text(item, "revision") ?? ""],
            Time(item, "deployStartedAt"), Time(item, "deployedAt")))],
    };

    private static OperationState State(JsonNode o) => new()
    {
        Phase = Text(o, "phase"),
        Operation = At(o, "operation") is { } operation ? Operation(operation) : null,
        StartedAt = Time(o, "startedAt"),
        FinishedAt = Time(o, "finishedAt"),
        RetryCount = (int)(Number(o, "retryCount") ?? 0),
        Message = Text(o, "message"),
    };

    private static SyncOperation Operation(JsonNode o) => new()
    {
        Revision = Text(o, "sync", "revision"),
        Revisions = [.. Items(o, "sync", "revisions").Select(item => (string)item!)],
        RetryLimit = (int?)Number(o, "retry", "limit"),
    };

    private static ApplicationDestination Destination(JsonNode? o) =>
        new() { Server = Text(o, "server"), Name = Text(o, "name"), Namespace = Text(o, "namespace") };

    private static ImmutableArray<ApplicationSource> Sources(JsonNode o) =>
        Items(o, "sources").Any() ? [.. Items(o, "sources").Select(Source)] : At(o, "source") is { } source ? [Source(source)] : [];

    private static ApplicationSource Source(JsonNode? o) => new()
    {
        RepoUrl = Text(o, "repoURL") ?? "",
        Path = Text(o, "path"),
        TargetRevision = Text(o, "targetRevision"),
        Ref = Text(o, "ref"),
        Chart = Text(o, "chart"),
        Helm = At(o, "helm") is not { } helm ? null : new HelmSource
        {
            ReleaseName = Text(helm, "releaseName"),
            ValueFiles = [.. Items(helm, "valueFiles").Select(item => (string)item!)],
            Parameters = [.. Items(helm, "parameters").Select(item => new HelmParameter(Text(item, "name")!, Text(item, "value")!, item?["forceString"]?.GetValue<bool>() ?? false))],
        },
    };

    private static PodTemplate Template(JsonNode o) => new() { AddonsHash = Text(o, "spec", "template", "metadata", "annotations", "odoosky.io/addons-hash") };

    private static ContainerState Container(JsonNode? o) => new()
    {
        Name = Text(o, "name")!,
        Phase = At(o, "state", "running") is not null ? ContainerPhase.Running : At(o, "state", "terminated") is not null ? ContainerPhase.Terminated : ContainerPhase.Waiting,
        Reason = Text(o, "state", "waiting", "reason") ?? Text(o, "state", "terminated", "reason"),
        ExitCode = (int?)Number(o, "state", "terminated", "exitCode"),
        Ready = o?["ready"]?.GetValue<bool>() ?? false,
        RestartCount = (int)(Number(o, "restartCount") ?? 0),
        LastReason = Text(o, "lastState", "terminated", "reason"),
    };

    private static ImmutableArray<ObjectCondition> Conditions(JsonNode o) =>
        [.. Items(o, "status", "conditions").Select(item => new ObjectCondition(Text(item, "type")!, Text(item, "status")!, Text(item, "reason"), Text(item, "message"), Time(item, "lastTransitionTime")))];

    private static JsonNode? At(JsonNode? node, params string[] path) =>
        path.Aggregate(node, (at, key) => at is JsonArray list ? list.ElementAtOrDefault(int.Parse(key, CultureInfo.InvariantCulture)) : at?[key]);

    private static IEnumerable<JsonNode?> Items(JsonNode? node, params string[] path) => At(node, path)?.AsArray() ?? [];

    // Argo CD writes an empty text where it has nothing to say.
    private static string? Text(JsonNode? node, params string[] path) => At(node, path)?.GetValue<string>() is { Length: > 0 } text ? text : null;

    private static long? Number(JsonNode? node, params string[] path) => At(node, path)?.GetValue<long>();

    private static DateTimeOffset? Time(JsonNode? node, params string[] path) =>
        Text(node, path) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;
}
