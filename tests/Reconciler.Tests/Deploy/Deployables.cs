using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Deploy;

/// <summary>What deploy/ renders to, by the real programs.</summary>
internal static class Deployables
{
    /// <summary>Values that switch everything on, and differ from every default.</summary>
    public const string Everything = """
        replicas: 3
        image: {repository: images.example/odoosky, tag: 0.1.0-7, pullPolicy: Always}
        imagePullSecrets: [{name: registry}]
        settings:
          apiVersion: odoosky.io/v1
          kind: Settings
          targets:
            prod: {repository: "https://github.com/acme/fleet.git", cluster: {argocdNamespaces: [argocd, argocd-eu]}}
            test: {repository: "https://github.com/acme/test.git"}
          page: {hosts: [fleet.example.com]}
        credentials: {existingSecret: keys}
        database: {existingSecret: shared, key: string, port: 6432}
        webhooks: {existingSecret: hooks, key: webhook}
        page: {existingSecret: orders, key: admin}
        ingress: {create: true, className: nginx, host: fleet.example.com, tlsSecret: fleet-tls, showPage: true, annotations: {a: b}}
        serviceAccount: {name: keeper, annotations: {team: platform}}
        rbac: {create: true, argocdNamespaces: [argocd, argocd-eu], refresh: false}
        service: {port: 80}
        networkPolicy:
          create: true
          from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]
          egressPorts: [443, 5432]
        serviceMonitor: {create: true, interval: 15s, labels: {release: prometheus}}
        podDisruptionBudget: {create: true, maxUnavailable: 34%}
        resources: {requests: {cpu: 1}, limits: {memory: 2Gi}}
        cache: {sizeLimit: 20Gi}
        env:
          - {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://collector.monitoring:4317"}
          - {name: ODOOSKY_GITHUB_TOKEN, valueFrom: {secretKeyRef: {name: keys, key: token}}}
        podAnnotations: {prometheus.io/scrape: "true"}
        nodeSelector: {kubernetes.io/arch: amd64}
        tolerations: [{key: dedicated, operator: Exists, effect: NoSchedule}]
        affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [a]}]}]}}}
        topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {a: b}}}]
        """;

    public static string Chart { get; } = Path.Combine(ExampleRepo.Sources, "deploy", "chart");

    /// <summary>The chart's objects; the test fails when Helm does.</summary>
    public static async Task<ImmutableArray<JsonObject>> ChartAsync(RealHelm helm, string values = "{}", string release = "odoosky-gitops", string space = "odoosky")
    {
        var run = await TemplateAsync(helm, values, release, space);
        Assert.True(run.ExitCode == 0, $"{helm}: {run.Errors}");
        return RenderedManifests.Parse(run.Output).Objects;
    }

    public static Task<ProgramRun> TemplateAsync(RealHelm helm, string values, string release = "odoosky-gitops", string space = "odoosky") =>
        helm.RunAsync(["template", release, Chart, "--namespace", space, "--values", "-"], values);

    /// <summary>The objects of a folder below deploy/kustomize.</summary>
    public static async Task<ImmutableArray<JsonObject>> KustomizeAsync(string folder)
    {
        var run = await TestTool.RunAsync("kubectl", ["kustomize", Path.Combine(ExampleRepo.Sources, "deploy", "kustomize", folder)], string.Empty);
        Assert.True(run.ExitCode == 0, run.Errors);
        return RenderedManifests.Parse(run.Output).Objects;
    }

    /// <summary>Everything that deploy/ can be told to render, with where it comes from.</summary>
    public static async Task<ImmutableArray<(string From, JsonObject Item)>> AllAsync()
    {
        var all = new List<(string, JsonObject)>();
        foreach (var helm in RealHelm.Both)
        {
            all.AddRange((await ChartAsync(helm)).Select(item => ($"{helm}, defaults", item)));
            all.AddRange((await ChartAsync(helm, Everything)).Select(item => ($"{helm}, everything", item)));
        }

        all.AddRange((await KustomizeAsync("base")).Select(item => ("base", item)));
        foreach (var overlay in (string[])["example", "replicas"])
            all.AddRange((await KustomizeAsync("overlays/" + overlay)).Select(item => (overlay, item)));
        return [.. all];
    }

    /// <summary>Where an object lies: <c>Role argocd/name</c>.</summary>
    public static string PlaceOf(JsonObject item) => $"{item.Text("kind")} {item.At("metadata.namespace")?.GetValue<string>() ?? ""}/{item.Text("metadata.name")}";
}
