using System.Text.Json.Serialization;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>A page of a list. <c>continue</c> is empty or absent on the last one.</summary>
internal sealed record ServedPage<T>
{
    public ServedListMeta? Metadata { get; init; }

    public List<T>? Items { get; init; }
}

internal sealed record ServedListMeta(string? ResourceVersion, string? Continue);

/// <summary>A line of a watch. The object of BOOKMARK has a version alone, the one of ERROR is a Status.</summary>
internal sealed record ServedEvent<T>(string? Type, T? Object);

/// <summary>A Status, as failures and the ERROR of a watch have it.</summary>
internal sealed record ServedStatus(string? Message, string? Reason, int? Code);

/// <summary>What a line of a watch is about, read before its object is.</summary>
internal sealed record ServedHead(string? Type, ServedHeadObject? Object);

internal sealed record ServedHeadObject(ServedListMeta? Metadata, string? Message, int? Code);

/// <summary>Of an object's metadata what is looked at; <c>managedFields</c> and other annotations are passed over.</summary>
internal record ServedMeta
{
    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    public long Generation { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    public DateTimeOffset? DeletionTimestamp { get; init; }

    public ServedAnnotations? Annotations { get; init; }

    public List<ServedOwner>? OwnerReferences { get; init; }
}

internal sealed record ServedLabelledMeta : ServedMeta
{
    public Dictionary<string, string>? Labels { get; init; }
}

internal sealed record ServedOwner(string? Uid, bool? Controller);

internal sealed record ServedAnnotations
{
    [JsonPropertyName("argocd.argoproj.io/refresh")]
    public string? Refresh { get; init; }

    [JsonPropertyName("argocd.argoproj.io/refresh-timestamp")]
    public string? RefreshTimestamp { get; init; }

    [JsonPropertyName("deployment.kubernetes.io/revision")]
    public string? Revision { get; init; }

    [JsonPropertyName("odoosky.io/addons-hash")]
    public string? AddonsHash { get; init; }

    [JsonPropertyName("kubectl.kubernetes.io/restartedAt")]
    public string? RestartedAt { get; init; }
}

internal sealed record ServedTemplate(ServedTemplateMeta? Metadata);

internal sealed record ServedTemplateMeta(ServedAnnotations? Annotations);

internal sealed record ServedCondition(string? Type, string? Status, string? Reason, string? Message, DateTimeOffset? LastTransitionTime);
