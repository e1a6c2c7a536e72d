using System.Text.Json.Serialization;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>A page of a list. <c>continue</c> is empty or absent on the last one.</summary>
internal sealed record ServedPage<T>
{
    public ServedListMeta? Metadata { get; set; }

    public List<T>? Items { get; set; }
}

internal sealed record ServedListMeta
{
    public string? ResourceVersion { get; set; }

    public string? Continue { get; set; }
}

/// <summary>A line of a watch. The object of BOOKMARK has a version alone, the one of ERROR is a Status.</summary>
internal sealed record ServedEvent<T>
{
    public string? Type { get; set; }

    public T? Object { get; set; }
}

/// <summary>A Status, as failures and the ERROR of a watch have it.</summary>
internal sealed record ServedStatus
{
    public string? Message { get; set; }

    public string? Reason { get; set; }

    public int? Code { get; set; }
}

/// <summary>What a line of a watch is about, read before its object is.</summary>
internal sealed record ServedHead
{
    public string? Type { get; set; }

    public ServedHeadObject? Object { get; set; }
}

internal sealed record ServedHeadObject
{
    public ServedListMeta? Metadata { get; set; }

    public string? Message { get; set; }

    public int? Code { get; set; }
}

/// <summary>Of an object's metadata what is looked at; <c>managedFields</c> and other annotations are passed over.</summary>
internal record ServedMeta
{
    public string? Namespace { get; set; }

    public string? Name { get; set; }

    public string? Uid { get; set; }

    public string? ResourceVersion { get; set; }

    public long Generation { get; set; }

    public DateTimeOffset? CreationTimestamp { get; set; }

    public DateTimeOffset? DeletionTimestamp { get; set; }

    public ServedAnnotations? Annotations { get; set; }

    public List<ServedOwner>? OwnerReferences { get; set; }
}

internal sealed record ServedLabelledMeta : ServedMeta
{
    public Dictionary<string, string>? Labels { get; set; }
}

internal sealed record ServedOwner
{
    public string? Uid { get; set; }

    public bool? Controller { get; set; }
}

internal sealed record ServedAnnotations
{
    [JsonPropertyName("argocd.argoproj.io/refresh")]
    public string? Refresh { get; set; }

    [JsonPropertyName("argocd.argoproj.io/refresh-timestamp")]
    public string? RefreshTimestamp { get; set; }

    [JsonPropertyName("deployment.kubernetes.io/revision")]
    public string? Revision { get; set; }

    [JsonPropertyName("odoosky.io/addons-hash")]
    public string? AddonsHash { get; set; }

    [JsonPropertyName("kubectl.kubernetes.io/restartedAt")]
    public string? RestartedAt { get; set; }
}

internal sealed record ServedTemplate
{
    public ServedTemplateMeta? Metadata { get; set; }
}

internal sealed record ServedTemplateMeta
{
    public ServedAnnotations? Annotations { get; set; }
}

internal sealed record ServedCondition
{
    public string? Type { get; set; }

    public string? Status { get; set; }

    public string? Reason { get; set; }

    public string? Message { get; set; }

    public DateTimeOffset? LastTransitionTime { get; set; }
}
