using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>What kubectl asks before it asks for objects.</summary>
internal static class Discovery
{
    /// <summary>Answers a discovery path.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The answer's body, or null for another path.</returns>
    public static JsonObject? Find(HttpContext context) => (context.Request.Path.Value ?? "").TrimEnd('/') switch
    {
        "/version" => new JsonObject { ["major"] = "1", ["minor"] = "36", ["gitVersion"] = "v1.36.2", ["platform"] = "linux/amd64" },
        "/api" => new JsonObject { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1"), ["serverAddressByClientCIDRs"] = new JsonArray() },
        "/apis" => new JsonObject { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = new JsonArray(Group("apps", "v1"), Group("argoproj.io", "v1alpha1")) },
        "/api/v1" => Resources("", "v1"),
        "/apis/apps/v1" => Resources("apps", "v1"),
        "/apis/argoproj.io/v1alpha1" => Resources("argoproj.io", "v1alpha1"),
        _ => null,
    };

    private static JsonObject Group(string name, string version)
    {
        JsonObject Served() => new() { ["groupVersion"] = $"{name}/{version}", ["version"] = version };
        return new JsonObject { ["name"] = name, ["versions"] = new JsonArray(Served()), ["preferredVersion"] = Served() };
    }

    private static JsonObject Resources(string group, string version) => new()
    {
        ["kind"] = "APIResourceList",
        ["apiVersion"] = "v1",
        ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
        ["resources"] = new JsonArray([.. ServedKind.All.Where(kind => kind.Group == group).Select(Resource)]),
    };

    private static JsonNode Resource(ServedKind kind) => new JsonObject
    {
        ["name"] = kind.Plural,
        ["singularName"] = kind.Plural[..^1],
        ["namespaced"] = true,
        ["kind"] = kind.Kind,
        ["verbs"] = new JsonArray("get", "list", "patch", "watch"),
        ["shortNames"] = new JsonArray(kind.Short),
    };
}
