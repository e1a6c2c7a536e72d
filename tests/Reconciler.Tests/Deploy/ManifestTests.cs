using System.Text;
using System.Text.Json.Nodes;
using System.CommandLine;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Deploy;

/// <summary>What deploy/ renders, by real Helm 3 and 4 and kubectl, is right, safe, and the same in both ways.</summary>
public sealed class ManifestTests
{
    [Fact]
    public async Task Helm_has_nothing_to_say_about_the_chart()
    {
        var values = Path.GetTempFileName();
        await File.WriteAllTextAsync(values, Deployables.Everything);
        foreach (var helm in RealHelm.Both)
        foreach (var more in (string[][])[[], ["--values", values]])
        {
            var run = await helm.RunAsync(["lint", Deployables.Chart, "--strict", .. more], string.Empty);
            Assert.True(run.ExitCode == 0, $"{helm}: {run.Output}{run.Errors}");
        }

        File.Delete(values);
    }

    [Fact]
    public async Task Every_object_is_what_the_API_takes()
    {
        var all = (await Deployables.AllAsync()).Where(each => each.Item.Text("kind") != "ServiceMonitor").ToList();
        var run = await TestProgram.RunAsync(
            "node", [Path.Combine(ExampleRepo.Sources, "tests", "tools", "validate-kubernetes.cjs")], string.Concat(all.Select(each => each.Item.ToJsonString() + "\n")));

        Assert.True(run.ExitCode == 0, run.Errors);
        var problems = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(all.Count, problems.Length);
        Assert.All(all.Zip(problems), pair => Assert.True(pair.Second == "[]", $"{pair.First.From}, {Deployables.PlaceOf(pair.First.Item)}: {pair.Second}"));
    }

    [Fact]
    public async Task Chart_and_kustomize_mean_the_same()
    {
        var kustomize = Meaning(await Deployables.KustomizeAsync("base"));
        foreach (var helm in RealHelm.Both)
            Assert.Equal(kustomize, Meaning(await Deployables.ChartAsync(helm)));
    }

    [Fact]
    public async Task Two_installs_in_one_cluster_share_no_object()
    {
        var here = (await Deployables.ChartAsync(RealHelm.Four, space: "one")).Select(Deployables.PlaceOf).ToList();
        var there = (await Deployables.ChartAsync(RealHelm.Four, space: "two")).Select(Deployables.PlaceOf).ToList();

        Assert.Equal(10, here.Count);
        Assert.Empty(here.Intersect(there));
    }

    [Fact]
    public async Task The_pod_is_let_in_where_only_restricted_pods_are()
    {
        foreach (var (from, deployment) in (await Deployables.AllAsync()).Where(each => each.Item.Text("kind") == "Deployment"))
        {
            var pod = deployment.At("spec.template.spec")!;
            var container = Assert.Single(pod.List("containers"));
            Assert.Equal((from, true, 1654L, 1654L, 1654L), (from, (bool)pod.At("securityContext.runAsNonRoot")!, (long)pod.At("securityContext.runAsUser")!,
                (long)pod.At("securityContext.runAsGroup")!, (long)pod.At("securityContext.fsGroup")!));
            Assert.Equal("RuntimeDefault", pod.Text("securityContext.seccompProfile.type"));
            Assert.Equal((false, true), ((bool)container.At("securityContext.allowPrivilegeEscalation")!, (bool)container.At("securityContext.readOnlyRootFilesystem")!));
            Assert.Equal(["ALL"], container.Texts("securityContext.capabilities.drop"));
        }
    }

    [Fact]
    public async Task What_the_program_writes_to_can_be_written_to_and_the_end_has_time()
    {
        foreach (var (_, deployment) in (await Deployables.AllAsync()).Where(each => each.Item.Text("kind") == "Deployment"))
        {
            var pod = deployment.At("spec.template.spec")!;
            var container = pod.List("containers")[0];
            var mounts = container.List("volumeMounts").ToDictionary(mount => mount.Text("mountPath"), mount => mount.Text("name"));
            var empty = pod.List("volumes").Where(volume => volume.At("emptyDir") is not null).Select(volume => volume.Text("name"));
            Assert.Equal(["/tmp", "/var/cache/odoosky"], mounts.Where(mount => empty.Contains(mount.Value)).Select(mount => mount.Key).Order());
            Assert.Equal(("/var/cache/odoosky", "/etc/odoosky/settings/odoosky.yaml"), (Variable(container, "ODOOSKY_CACHE"), Variable(container, "ODOOSKY_CONFIG")));
            Assert.Contains("/etc/odoosky/settings", mounts.Keys);
            Assert.InRange((long)pod.At("terminationGracePeriodSeconds")!, 30, 60);
        }
    }

    [Fact]
    public async Task Probes_ask_for_what_the_service_answers()
    {
        foreach (var (_, deployment) in (await Deployables.AllAsync()).Where(each => each.Item.Text("kind") == "Deployment"))
        {
            var container = deployment.At("spec.template.spec")!.List("containers")[0];
            Assert.Equal(
                ["/livez http", "/livez http", "/readyz http"],
                ((string[])["startupProbe", "livenessProbe", "readinessProbe"]).Select(probe => $"{container.Text(probe + ".httpGet.path")} {container.Text(probe + ".httpGet.port")}"));
            Assert.Equal(("http", 8080L), (container.List("ports")[0].Text("name"), (long)container.List("ports")[0].At("containerPort")!));
        }
    }

    [Fact]
    public async Task The_program_takes_the_arguments_that_it_is_started_with()
    {
        var deployment = (await Deployables.KustomizeAsync("base")).Single(item => item.Text("kind") == "Deployment");
        var arguments = deployment.At("spec.template.spec")!.List("containers")[0].Texts("args");
        var surroundings = new Surroundings(new Terminal(TextWriter.Null, TextWriter.Null, (false, false)), Surroundings.OfProcess(), "/", Stream.Null, TimeProvider.System);

        Assert.Equal(["serve", "--urls", "http://0.0.0.0:8080"], arguments);
        Assert.Empty(ServeVerb.Make(surroundings).Parse([.. arguments.Skip(1)]).Errors);
    }

    [Fact]
    public async Task Settings_that_are_shipped_are_read_without_a_word()
    {
        var maps = (await Deployables.AllAsync()).Where(each => each.Item.Text("kind") == "ConfigMap").ToList();

        Assert.Equal(7, maps.Count);
        foreach (var (from, map) in maps)
        {
            var (settings, problems) = new SettingsLayers { Service = new SettingsText("odoosky.yaml", Encoding.UTF8.GetBytes((string)map["data"]!["odoosky.yaml"]!)) }.ReadService();
            Assert.True(problems.IsEmpty && settings.Targets.Count > 0, $"{from}: {string.Join('\n', problems)}");
        }
    }

    [Theory]
    [InlineData("replica: 2", "replica")]
    [InlineData("image: {tag: latest}", "tag")]
    [InlineData("rbac: {argocdNamespaces: [Argo_CD]}", "argocdNamespaces")]
    [InlineData("settings: {kind: Setting}", "kind")]
    [InlineData("podDisruptionBudget: {maxUnavailable: 0}", "maxUnavailable")]
    [InlineData("serviceMonitor: {interval: 30}", "interval")]
    [InlineData("replicas: 2", "2 replicas need a database by which they share their work: name its Secret with database.existingSecret, or set replicas: 1.")]
    [InlineData("ingress: {create: true}", "ingress.create needs ingress.host")]
    [InlineData("ingress: {create: true, showPage: true, host: fleet.example.com}", "settings.page.hosts does not list: add fleet.example.com there.")]
    [InlineData("database: {secret: x}", "secret")]
    public async Task A_wrong_value_is_refused_by_name(string values, string named)
    {
        var run = await Deployables.TemplateAsync(RealHelm.Three, values);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_secrets_are_mounted_where_the_program_is_told_that_they_are()
    {
        string[] variables = ["ODOOSKY_SERVICE_DATABASE_CONNECTION_FILE", "ODOOSKY_WEBHOOKS_SECRET_FILE", "ODOOSKY_PAGE_ADMIN_TOKEN_FILE"];
        foreach (var (pod, secrets) in ((JsonObject, string[])[])
            [(await DeploymentAsync(Deployables.ChartAsync(RealHelm.Four, Deployables.Everything)), ["shared string", "hooks webhook", "orders admin"]),
             (await DeploymentAsync(Deployables.KustomizeAsync("overlays/replicas")), ["odoosky-gitops-database connection"])])
        {
            var container = pod.At("spec.template.spec")!.List("containers")[0];
            var volumes = pod.At("spec.template.spec")!.List("volumes").ToDictionary(volume => volume.Text("name"));
            Assert.Equal(secrets, variables.Take(secrets.Length).Select(variable =>
            {
                var path = Variable(container, variable)!;
                var mount = container.List("volumeMounts").Single(each => path.StartsWith(each.Text("mountPath") + "/", StringComparison.Ordinal));
                var volume = volumes[mount.Text("name")];
                var item = volume.At("secret")!.List("items").Single();
                Assert.Equal(path, $"{mount.Text("mountPath")}/{item.Text("path")}");
                Assert.Contains(variable, SettingField.All.Select(field => field.Variable));
                return $"{volume.Text("secret.secretName")} {item.Text("key")}";
            }));
            Assert.Equal(("RollingUpdate", 3L), (pod.Text("spec.strategy.type"), (long)pod.At("spec.replicas")!));
        }
    }

    [Fact]
    public async Task Only_webhooks_come_in_unless_the_page_is_asked_for()
    {
        var hooks = (await Deployables.ChartAsync(RealHelm.Three, "ingress: {create: true, host: fleet.example.com}")).Single(item => item.Text("kind") == "Ingress");
        var page = (await Deployables.ChartAsync(RealHelm.Three, Deployables.Everything)).Single(item => item.Text("kind") == "Ingress");

        Assert.Equal(["/webhooks/github"], hooks.At("spec")!.List("rules")[0].At("http")!.List("paths").Select(path => path.Text("path")));
        Assert.Equal(["/"], page.At("spec")!.List("rules")[0].At("http")!.List("paths").Select(path => path.Text("path")));
    }

    private static async Task<JsonObject> DeploymentAsync(Task<System.Collections.Immutable.ImmutableArray<JsonObject>> objects) => (await objects).Single(item => item.Text("kind") == "Deployment");

    [Fact]
    public async Task Everything_that_can_be_switched_off_is_gone_then()
    {
        var kinds = (await Deployables.ChartAsync(RealHelm.Four, """
            {credentials: {existingSecret: ""}, rbac: {create: false}, networkPolicy: {create: false}, podDisruptionBudget: {create: false}}
            """)).Select(item => item.Text("kind")).Order();

        Assert.Equal(["ConfigMap", "Deployment", "Service", "ServiceAccount"], kinds);
    }

    // Whose it is and by which version are the chart's own labels; the settings are compared as what they say.
    private static IEnumerable<string> Meaning(IEnumerable<JsonObject> objects) => objects.Select(item =>
    {
        var copy = item.DeepClone().AsObject();
        foreach (var label in (string[])["app.kubernetes.io/version", "app.kubernetes.io/managed-by", "helm.sh/chart"]) copy["metadata"]!["labels"]!.AsObject().Remove(label);
        if (copy.At("data.odoosky.yaml") is null && copy["data"] is JsonObject data) data["odoosky.yaml"] = KubernetesYaml.Read((string)data["odoosky.yaml"]!)[0];
        return Sorted(copy)!.ToJsonString();
    }).Order(StringComparer.Ordinal);

    private static JsonNode? Sorted(JsonNode? node)
    {
        if (node is JsonObject map) return new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value))));
        return node is JsonArray list ? new JsonArray([.. list.Select(Sorted)]) : node?.DeepClone();
    }

    private static string? Variable(JsonNode container, string name) =>
        container.List("env").Single(variable => variable.Text("name") == name).At("value")?.GetValue<string>();
}
