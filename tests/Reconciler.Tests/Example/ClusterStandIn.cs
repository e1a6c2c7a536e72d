using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>As much of a Kubernetes API server, on loopback, as Helm and kubectl ask when they look for objects.</summary>
internal sealed class ClusterStandIn : IAsyncDisposable
{
    private static readonly (string Group, string Version, string[] Kinds)[] Served =
    [
        ("", "v1", ["Secret", "Service", "PersistentVolumeClaim"]), ("apps", "v1", ["Deployment", "StatefulSet"]),
        ("networking.k8s.io", "v1", ["Ingress"]), ("argoproj.io", "v1alpha1", ["Application", "ApplicationSet", "AppProject"]),
    ];

    private readonly WebApplication web;
    private readonly Dictionary<string, JsonObject> objects;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-cluster-");

    private ClusterStandIn(WebApplication web, Dictionary<string, JsonObject> objects) => (this.web, this.objects) = (web, objects);

    /// <summary>The path of a kubeconfig.</summary>
    public string Kubeconfig => Path.Combine(folder.FullName, "kubeconfig");

    /// <param name="objects">What there is, by its path below the server's root.</param>
    public static async Task<ClusterStandIn> StartAsync(Dictionary<string, JsonObject> objects)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var cluster = new ClusterStandIn(builder.Build(), objects);
        cluster.web.Run(cluster.AnswerAsync);
        await cluster.web.StartAsync();
        var address = cluster.web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await File.WriteAllTextAsync(cluster.Kubeconfig, $"""
            apiVersion: v1
            kind: Config
            current-context: here
            clusters:
              - name: here
                cluster:
                  server: {address}
            contexts:
              - name: here
                context:
                  cluster: here
            """);
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static JsonObject? Discover(string path) => path switch
    {
        "/version" => new() { ["major"] = "1", ["minor"] = "31", ["gitVersion"] = "v1.31.0" },
        "/api" => new() { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1") },
        "/apis" => new() { ["kind"] = "APIGroupList", ["groups"] = new JsonArray([.. Served.Skip(1).Select(Group)]) },
        _ => Served.Where(served => path == PathOf(served)).Select(Resources).FirstOrDefault(),
    };

    private static string PathOf((string Group, string Version, string[] Kinds) served) =>
        served.Group.Length == 0 ? "/api/" + served.Version : $"/apis/{served.Group}/{served.Version}";

    private static JsonNode Group((string Group, string Version, string[] Kinds) served)
    {
        JsonObject Version() => new() { ["groupVersion"] = $"{served.Group}/{served.Version}", ["version"] = served.Version };
        return new JsonObject { ["name"] = served.Group, ["versions"] = new JsonArray(Version()), ["preferredVersion"] = Version() };
    }

    private static JsonObject Resources((string Group, string Version, string[] Kinds) served) => new()
    {
        ["kind"] = "APIResourceList",
        ["groupVersion"] = served.Group.Length == 0 ? served.Version : $"{served.Group}/{served.Version}",
        ["resources"] = new JsonArray([.. served.Kinds.Select(kind => (JsonNode)new JsonObject
        {
            ["name"] = PluralOf(kind), ["kind"] = kind, ["namespaced"] = true, ["verbs"] = new JsonArray("get"),
        })]),
    };

    private static string PluralOf(string kind) => kind == "Ingress" ? "ingresses" : $"{kind}s".ToLowerInvariant();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.TrimEnd('/');
        var answer = objects.GetValueOrDefault(path) ?? Discover(path);
        context.Response.StatusCode = answer is null ? 404 : 200;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync((answer ?? NotFound()).ToJsonString());
    }

    private static JsonObject NotFound() => new()
    {
        ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["reason"] = "NotFound", ["code"] = 404,
    };
}
