using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>An overlay, and what is known of it without asking the chart.</summary>
internal sealed record OverlayCase(string Name, string Text)
{
    public string Code { get; init; } = "acme";

    /// <summary>Null: the code is the name.</summary>
    public string? OwnName { get; init; }

    public string Fullname => OwnName ?? Code;

    public string CloneFrom { get; init; } = string.Empty;

    /// <summary>As the overlay and the defaults name it, without a mirror.</summary>
    public string Image { get; init; } = "odoo:17.0";

    public string? Mirror { get; init; }

    public string OdooImage => Mirror is null ? Image : $"{Mirror}/{Image}";

    public string? PullSecret { get; init; }

    public string MountPath { get; init; } = "/mnt/extra-addons";

    /// <summary>The addons' init containers, in order.</summary>
    public ImmutableArray<RenderedContainer> Addons { get; init; } = [];

    public string PgImage { get; init; } = "postgres:16";

    /// <summary>Null: the chart makes the Secret.</summary>
    public string? OwnSecret { get; init; }

    public string DatabaseSecret => OwnSecret ?? Fullname + "-pg";

    public (string Odoo, string Pg) Resources { get; init; } =
        ("""{"limits":{"memory":"2Gi"},"requests":{"cpu":"250m","memory":"768Mi"}}""",
            """{"limits":{"memory":"1Gi"},"requests":{"cpu":"100m","memory":"256Mi"}}""");

    public VolumeWish OdooVolume { get; init; } = new("10Gi", null);

    public VolumeWish PgVolume { get; init; } = new("10Gi", null);

    /// <summary>Null: there is none.</summary>
    public IngressWish? Ingress { get; init; } = new();

    public string Host => Ingress?.Host ?? $"{Code}.{Ingress?.Domain}";

    /// <summary>The case as a file's name.</summary>
    public string FileName => Name.Replace(' ', '-').Replace("'", string.Empty, StringComparison.Ordinal);

    public override string ToString() => Name;
}

/// <summary>What a claim asks for.</summary>
/// <param name="Size">Kubernetes' amount.</param>
/// <param name="StorageClass">Null: the cluster's default.</param>
internal sealed record VolumeWish(string Size, string? StorageClass);

/// <summary>What an Ingress shall look like.</summary>
internal sealed record IngressWish
{
    public string? ClassName { get; init; }

    /// <summary>Null: the code under the fleet's domain.</summary>
    public string? Host { get; init; }

    /// <summary>The fleet's.</summary>
    public string Domain { get; init; } = "odoo.example";

    public string? TlsSecret { get; init; }

    /// <summary>As JSON with sorted keys; null: none.</summary>
    public string? Annotations { get; init; }

    /// <summary>The retry Middleware's spec as JSON; null: there is none.</summary>
    public string? Retry { get; init; }

    /// <summary>The annotation by which Traefik finds them.</summary>
    public static string Middlewares(string names) => $$"""{"traefik.ingress.kubernetes.io/router.middlewares":"{{names}}"}""";
}

/// <summary>One case as one Helm renders it.</summary>
internal sealed record RenderedCase(RealHelm Helm, OverlayCase Case, string Text)
{
    public RenderedManifests Manifests { get; } = RenderedManifests.Parse(Text);

    public JsonPod Odoo => new(Manifests.OdooPod);

    public JsonPod Pg => new(Manifests.PgPod);

    public override string ToString() => $"{Helm}, {Case}";
}

/// <summary>The parts of a pod template that assertions look at.</summary>
internal sealed record JsonPod(JsonNode Template)
{
    public JsonNode Container => Template.List("spec.containers").Single();

    public ImmutableArray<JsonNode> Volumes => Template.List("spec.volumes");

    public ImmutableArray<JsonNode> InitContainers => Template.List("spec.initContainers");
}
