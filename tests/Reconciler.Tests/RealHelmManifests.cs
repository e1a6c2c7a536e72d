using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests;

/// <summary>A container as far as a plan speaks of it.</summary>
internal sealed record RenderedContainer(string Name, string Image);

/// <summary>The objects of one rendering of the instance chart.</summary>
internal sealed class RenderedManifests
{
    private const string HashAnnotation = "odoosky.io/addons-hash";

    private RenderedManifests(ImmutableArray<JsonObject> objects) => Objects = objects;

    public ImmutableArray<JsonObject> Objects { get; }

    public JsonObject Odoo => Single("Deployment");

    public JsonObject Pg => Single("StatefulSet");

    public JsonNode OdooPod => Odoo.At("spec.template")!;

    public JsonNode PgPod => Pg.At("spec.template")!;

    /// <summary>The annotation as it stands; the test fails when it is no string.</summary>
    public string Hash => OdooPod.At("metadata.annotations")![HashAnnotation]!.GetValue<string>();

    public ImmutableArray<RenderedContainer> InitContainers =>
        [.. OdooPod.List("spec.initContainers").Select(item => new RenderedContainer(item.Text("name"), item.Text("image")))];

    public static RenderedManifests Parse(string text) => new([.. KubernetesYaml.Read(text).OfType<JsonObject>()]);

    public JsonObject Single(string kind) => Assert.Single(All(kind));

    public ImmutableArray<JsonObject> All(string kind) => [.. Objects.Where(item => item.Text("kind") == kind)];

    public JsonObject Named(string kind, string name) => Assert.Single(All(kind), item => item.Text("metadata.name") == name);

    public JsonNode InitContainer(string name) => OdooPod.List("spec.initContainers").Single(item => item.Text("name") == name);
}

/// <summary>Short ways into parsed objects.</summary>
internal static class JsonPaths
{
    /// <summary>What stands at keys joined by dots, or null.</summary>
    public static JsonNode? At(this JsonNode node, string path) =>
        path.Split('.').Aggregate((JsonNode?)node, (at, key) => (at as JsonObject)?[key]);

    public static string Text(this JsonNode node, string path) => node.At(path)!.GetValue<string>();

    public static ImmutableArray<JsonNode> List(this JsonNode node, string path) =>
        [.. (node.At(path) as JsonArray ?? []).OfType<JsonNode>()];

    public static ImmutableArray<string> Texts(this JsonNode node, string path) =>
        [.. node.List(path).Select(item => item.GetValue<string>())];
}
