using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proof;

/// <summary>What Argo CD and Kubernetes say of an instance.</summary>
internal sealed record Deployed(string Code, string Revision, string Hash)
{
    public string Sync { get; init; } = "Synced";

    /// <summary>Minutes after the fleet's beginning.</summary>
    public int At { get; init; } = 2;

    public bool Ready { get; init; } = true;

    /// <summary>Why the init container of the addon waits.</summary>
    public string? Waits { get; init; }

    public string TargetRevision { get; init; } = "main";

    public string Helm { get; init; } = "";

    public string Phase { get; init; } = "Succeeded";

    public string Message { get; init; } = "successfully synced (all tasks run)";

    /// <summary>The hash on the pod template, when somebody changed it by hand.</summary>
    public string? LiveHash { get; init; }

    public string Destination { get; init; } = "https://kubernetes.default.svc";
}

/// <summary>A real repository, a stand-in of a cluster that deploys from it, and command lines that are run beside both.</summary>
internal sealed class LiveFleet : IAsyncDisposable
{
    public const string Repository = "https://git.example/acme/fleet.git";
    private static readonly DateTimeOffset Beginning = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private LiveFleet(TestFleet git, KubernetesServer server, FakeClock clock) => (Git, Server, Clock) = (git, server, clock);

    public TestFleet Git { get; }

    public KubernetesServer Server { get; }

    public FakeClock Clock { get; }

    /// <summary>Starts eight minutes after the first commits.</summary>
    /// <param name="cluster">More of the settings' <c>cluster</c>.</param>
    /// <param name="more">More settings of the target.</param>
    public static async Task<LiveFleet> StartAsync(string cluster = "", string more = "")
    {
        var clock = new FakeClock(Beginning.AddMinutes(8));
        var fleet = new LiveFleet(new TestFleet { Time = clock }, await KubernetesServer.StartAsync(clock, TestContext.Current.CancellationToken), clock);
        await File.WriteAllTextAsync(Path.Combine(fleet.Git.Folder, "kube.yaml"), fleet.Server.Kubeconfig());
        fleet.Settings($"cluster: {{kubeconfig: kube.yaml, repository: \"{Repository}\"{cluster}}}{more}");
        return fleet;
    }

    public void Settings(string target) => File.WriteAllText(
        Path.Combine(Git.Folder, "odoosky.yaml"),
        $"apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  prod:\n    repository: {Git.Remote}\n    {target}\n");

    public Task<Ran> RunAsync(params string[] arguments) => Git.RunAsync(arguments);

    /// <summary>The hash of an overlay as it stands in the work tree.</summary>
    public string HashOf(string code) => HelmValues.HashAddons(new HelmInput { Files = [File.ReadAllBytes(Path.Combine(Git.Work, $"instances/{code}/values.yaml"))] }).Value!;

    /// <summary>Deploys what the work tree says at a revision, and its pod is ready.</summary>
    public Deployed Deploy(string code, string revision)
    {
        var deployed = new Deployed(code, revision, HashOf(code));
        Put(deployed);
        return deployed;
    }

    public void Put(Deployed it) => Put(Server, it);

    /// <summary>Puts an Application onto a server, with all that it deployed.</summary>
    public static void Put(KubernetesServer server, Deployed it)
    {
        server.Store.Put(ServedKind.Find("argoproj.io", "applications")!, Application(it));
        PutWorkload(server, it);
    }

    /// <summary>Puts what an Application deployed onto a server.</summary>
    public static void PutWorkload(KubernetesServer server, Deployed it)
    {
        server.Store.Put(ServedKind.Find("apps", "deployments")!, Deployment(it));
        server.Store.Put(ServedKind.Find("apps", "replicasets")!, ReplicaSet(it));
        server.Store.Put(ServedKind.Find("", "pods")!, Pod(it));
    }

    public void Delete(string group, string plural, string space, string name) => Server.Store.Delete(ServedKind.Find(group, plural)!, space, name);

    public void Put(string group, string plural, JsonObject made) => Server.Store.Put(ServedKind.Find(group, plural)!, made);

    /// <summary>The target, open as the service keeps it.</summary>
    public OpenTarget Open() => Hosting.Open(Target(), Clock, new Secrets());

    /// <summary>The target.</summary>
    public RunTarget Target()
    {
        var none = ImmutableSortedDictionary<string, string>.Empty;
        var (target, problems) = Hosting.Resolve(new TargetChoice { Cache = Path.Combine(Git.Folder, "cache-open"), Environment = none, Folder = Git.Folder });
        return target ?? throw new InvalidOperationException(string.Join('\n', problems));
    }

    /// <summary>The refresh that an Application is asked for, or null.</summary>
    public string? RefreshOf(string code) =>
        (string?)Server.Store.Find(ServedKind.Find("argoproj.io", "applications")!, "argocd", code)?["metadata"]?["annotations"]?["argocd.argoproj.io/refresh"];

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Git.Dispose();
    }

    public static JsonObject Application(Deployed it)
    {
        var source = $$"""{"repoURL":"git@git.example:acme/fleet.git","path":"charts/instance","targetRevision":"{{it.TargetRevision}}","helm":{"valueFiles":["/instances/{{it.Code}}/values.yaml"]{{it.Helm}} } }""";
        var destination = $$"""{"server":"{{it.Destination}}","namespace":"odoo-{{it.Code}}"}""";
        return Json($$"""
            {"metadata":{"name":"{{it.Code}}","namespace":"argocd","uid":"app-{{it.Code}}","creationTimestamp":"{{Time(0)}}"},
             "spec":{"project":"odoo","destination":{{destination}},"source":{{source}},"syncPolicy":{"automated":{"selfHeal":true} } },
             "status":{"sync":{"status":"{{it.Sync}}","revision":"{{it.Revision}}","comparedTo":{"destination":{{destination}},"source":{{source}} } },
               "health":{"status":"Healthy"},"reconciledAt":"{{Time(it.At + 1)}}",
               "operationState":{"phase":"{{it.Phase}}","message":"{{it.Message}}","startedAt":"{{Time(it.At)}}","finishedAt":"{{Time(it.At)}}","operation":{"sync":{"revision":"{{it.Revision}}"} } },
               "history":[{"revision":"{{it.Revision}}","deployStartedAt":"{{Time(it.At)}}","deployedAt":"{{Time(it.At)}}"}],
               "resources":[{"group":"apps","kind":"Deployment","namespace":"odoo-{{it.Code}}","name":"{{it.Code}}-odoo","status":"Synced"}]} }
            """);
    }

    public static JsonObject Deployment(Deployed it)
    {
        var ready = it.Ready ? 1 : 0;
        return Json($$"""
            {"metadata":{"name":"{{it.Code}}-odoo","namespace":"odoo-{{it.Code}}","uid":"deploy-{{it.Code}}","creationTimestamp":"{{Time(0)}}","labels":{"odoosky.io/role":"odoo"},
               "annotations":{"deployment.kubernetes.io/revision":"{{it.At}}"} },
             "spec":{"replicas":1,"selector":{"matchLabels":{"app.kubernetes.io/instance":"{{it.Code}}","odoosky.io/role":"odoo"} },
               "template":{"metadata":{"annotations":{"odoosky.io/addons-hash":"{{it.LiveHash ?? it.Hash}}"} } } },
             "status":{"observedGeneration":9,"replicas":1,"updatedReplicas":1,"readyReplicas":{{ready}},"availableReplicas":{{ready}},
               "conditions":[{"type":"Progressing","status":"True","reason":"NewReplicaSetAvailable"}]} }
            """);
    }

    public static JsonObject ReplicaSet(Deployed it) => Json($$"""
        {"metadata":{"name":"{{it.Code}}-odoo-{{it.At}}","namespace":"odoo-{{it.Code}}","uid":"set-{{it.Code}}-{{it.At}}","creationTimestamp":"{{Time(it.At)}}","labels":{"odoosky.io/role":"odoo"},
           "annotations":{"deployment.kubernetes.io/revision":"{{it.At}}"},"ownerReferences":[{"uid":"deploy-{{it.Code}}","controller":true}]},
         "spec":{"replicas":1,"template":{"metadata":{"annotations":{"odoosky.io/addons-hash":"{{it.LiveHash ?? it.Hash}}"} } } } }
        """);

    public static JsonObject Pod(Deployed it)
    {
        var state = it.Waits is null ? """{"terminated":{"reason":"Completed","exitCode":0}}""" : $$"""{"waiting":{"reason":"{{it.Waits}}"} }""";
        return Json($$"""
            {"metadata":{"name":"{{it.Code}}-odoo-pod","namespace":"odoo-{{it.Code}}","uid":"pod-{{it.Code}}-{{it.At}}","creationTimestamp":"{{Time(it.At)}}","labels":{"odoosky.io/role":"odoo"},
               "annotations":{"odoosky.io/addons-hash":"{{it.LiveHash ?? it.Hash}}"},"ownerReferences":[{"uid":"set-{{it.Code}}-{{it.At}}","controller":true}]},
             "status":{"phase":"Running","conditions":[{"type":"Ready","status":"{{it.Ready}}","lastTransitionTime":"{{Time(it.At + 1)}}"}],
               "initContainerStatuses":[{"name":"addon-web-x","ready":false,"restartCount":0,"state":{{state}} }],
               "containerStatuses":[{"name":"odoo","ready":{{(it.Ready ? "true" : "false")}},"restartCount":0,"state":{"running":{} } }]} }
            """);
    }

    public static string Time(int minutes) => Beginning.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject Json(string text) => JsonNode.Parse(Encoding.UTF8.GetBytes(text))!.AsObject();
}
