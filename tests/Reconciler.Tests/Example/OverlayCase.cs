using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>An overlay, and what is known of it without asking the chart.</summary>
internal sealed record OverlayCase(string Name, string Text)
{
    public string Code { get; init; } = "acme";

    public string Fullname { get; init; } = "acme";

    public string OdooImage { get; init; } = "odoo:17.0";

    public string MountPath { get; init; } = "/mnt/extra-addons";

    public string? PullSecret { get; init; }

    public string DatabaseSecret { get; init; } = "acme-pg";

    public string CloneFrom { get; init; } = string.Empty;

    /// <summary>The addons' init containers, in order.</summary>
    public ImmutableArray<RenderedContainer> Addons { get; init; } = [];

    public override string ToString() => Name;
}

/// <summary>One case as one Helm renders it.</summary>
internal sealed record RenderedCase(RealHelm Helm, OverlayCase Case, RenderedManifests Manifests)
{
    public JsonPod Odoo => new(Manifests.OdooPod);

    public override string ToString() => $"{Helm}, {Case}";
}

/// <summary>The parts of a pod template that assertions look at.</summary>
internal sealed record JsonPod(System.Text.Json.Nodes.JsonNode Template)
{
    public System.Text.Json.Nodes.JsonNode Container => Template.List("spec.containers").Single();

    public ImmutableArray<System.Text.Json.Nodes.JsonNode> Volumes => Template.List("spec.volumes");

    public ImmutableArray<System.Text.Json.Nodes.JsonNode> InitContainers => Template.List("spec.initContainers");
}
