using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>A kind as the API serves it, and how its objects become states.</summary>
/// <typeparam name="TServed">What is read of the JSON.</typeparam>
/// <typeparam name="TState">What is kept.</typeparam>
internal sealed record Resource<TServed, TState>
    where TServed : class
{
    public required ClusterKind Kind { get; init; }

    /// <summary>As RBAC and messages name it: <c>deployments.apps</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The path up to the version: <c>/apis/apps/v1</c>.</summary>
    public required string Root { get; init; }

    /// <summary>The plural in paths.</summary>
    public required string Plural { get; init; }

    /// <summary>Which objects are ours; empty: all. Pods of strangers are not read.</summary>
    public string LabelSelector { get; init; } = "";

    /// <summary>How parts begin that nobody reads: see <see cref="UnreadParts"/>.</summary>
    public ImmutableArray<byte[]> Unread { get; init; } = [];

    public required JsonTypeInfo<ServedPage<TServed>> Page { get; init; }

    public required JsonTypeInfo<ServedEvent<TServed>> Event { get; init; }

    public required Func<TServed, ServedMeta?> Meta { get; init; }

    public required Func<TServed, TState> State { get; init; }

    /// <summary>The group under which a state is found again.</summary>
    public required Func<TState, string> Group { get; init; }

    /// <summary>The collection's path, in one namespace or in all.</summary>
    /// <param name="space">The namespace; null: all.</param>
    /// <returns>A path with the selector in its query, so that more can be added with <c>&amp;</c>.</returns>
    public string PathIn(string? space) =>
        $"{Root}/{(space is null ? "" : $"namespaces/{Uri.EscapeDataString(space)}/")}{Plural}?labelSelector={Uri.EscapeDataString(LabelSelector)}";
}

/// <summary>The kinds that are read.</summary>
internal static class Resources
{
    /// <summary>The label that the chart puts on the Odoo Deployment, its ReplicaSets and its pods.</summary>
    private const string OdooRole = "odoosky.io/role=odoo";

    // Pods and pod templates are read for annotations and states alone.
    private static readonly ImmutableArray<byte[]> InApplications = [Fields, [.. "\"syncResult\":{\""u8]];
    private static readonly ImmutableArray<byte[]> InPods = [Fields, [.. "\"spec\":{\""u8]];

    private static readonly ImmutableArray<byte[]> InWorkloads =
    [
        Fields, [.. "\"containers\":[{"u8], [.. "\"initContainers\":[{"u8], [.. "\"volumes\":[{"u8],
        [.. "\"kubectl.kubernetes.io/last-applied-configuration\":\""u8],
    ];

    private static byte[] Fields => [.. "\"managedFields\":[{"u8];

    public static Resource<ServedApplication, ApplicationState> Applications { get; } = new()
    {
        Kind = ClusterKind.Application,
        Name = "applications.argoproj.io",
        Root = "/apis/argoproj.io/v1alpha1",
        Plural = "applications",
        Unread = InApplications,
        Page = ServedJson.Default.ApplicationPage,
        Event = ServedJson.Default.ApplicationEvent,
        Meta = served => served.Metadata,
        State = ApplicationStates.Of,
        Group = state => state.Namespace,
    };

    public static Resource<ServedProject, AppProjectState> Projects { get; } = new()
    {
        Kind = ClusterKind.AppProject,
        Name = "appprojects.argoproj.io",
        Root = "/apis/argoproj.io/v1alpha1",
        Plural = "appprojects",
        Unread = [Fields],
        Page = ServedJson.Default.ProjectPage,
        Event = ServedJson.Default.ProjectEvent,
        Meta = served => served.Metadata,
        State = ApplicationStates.Of,
        Group = state => state.Namespace,
    };

    public static Resource<ServedDeployment, DeploymentState> Deployments { get; } = new()
    {
        Kind = ClusterKind.Deployment,
        Name = "deployments.apps",
        Root = "/apis/apps/v1",
        Plural = "deployments",
        Unread = InWorkloads,
        LabelSelector = OdooRole,
        Page = ServedJson.Default.DeploymentPage,
        Event = ServedJson.Default.DeploymentEvent,
        Meta = served => served.Metadata,
        State = WorkloadStates.Of,
        Group = state => state.Namespace,
    };

    public static Resource<ServedReplicaSet, ReplicaSetState> ReplicaSets { get; } = new()
    {
        Kind = ClusterKind.ReplicaSet,
        Name = "replicasets.apps",
        Root = "/apis/apps/v1",
        Plural = "replicasets",
        Unread = InWorkloads,
        LabelSelector = OdooRole,
        Page = ServedJson.Default.ReplicaSetPage,
        Event = ServedJson.Default.ReplicaSetEvent,
        Meta = served => served.Metadata,
        State = WorkloadStates.Of,
        Group = state => state.OwnerUid ?? "",
    };

    public static Resource<ServedPod, PodState> Pods { get; } = new()
    {
        Kind = ClusterKind.Pod,
        Name = "pods",
        Root = "/api/v1",
        Plural = "pods",
        Unread = InPods,
        LabelSelector = OdooRole,
        Page = ServedJson.Default.PodPage,
        Event = ServedJson.Default.PodEvent,
        Meta = served => served.Metadata,
        State = WorkloadStates.Of,
        Group = state => state.OwnerUid ?? "",
    };
}
