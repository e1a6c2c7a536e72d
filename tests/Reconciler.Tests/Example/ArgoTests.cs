using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Argo CD's side: what the project, the ApplicationSet and the single Applications say.</summary>
public sealed class ArgoTests
{
    [Fact]
    public void The_ApplicationSet_makes_one_Application_of_each_overlay_and_finds_them_in_Git()
    {
        var spec = Read("applicationset.yaml").At("spec")!;
        var git = Assert.Single(spec.List("generators")).At("git")!;
        Assert.Equal("https://git.example/nordlicht/fleet.git main", $"{git.Text("repoURL")} {git.Text("revision")}");
        Assert.Equal("""[{"path":"instances/*/values.yaml"}]""", git.At("files")!.ToJsonString());
        Assert.True(spec.At("goTemplate")!.GetValue<bool>());
        Assert.Equal(["missingkey=error"], spec.Texts("goTemplateOptions"));
    }

    [Fact]
    public void It_makes_of_an_overlay_what_the_single_Application_says()
    {
        var made = JsonNode.Parse(Read("applicationset.yaml").At("spec.template")!.ToJsonString()
            .Replace("{{ .path.basename }}", "alpenhof", StringComparison.Ordinal)
            .Replace("{{ .path.path }}", "instances/alpenhof", StringComparison.Ordinal))!;
        var single = Read("application.yaml");
        Assert.DoesNotContain("{{", made.ToJsonString(), StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(made["spec"], single["spec"]), made["spec"]!.ToJsonString());
        Assert.Equal((single.Text("metadata.name"), "alpenhof"), (made.Text("metadata.name"), made.Text("spec.source.helm.releaseName")));
        Assert.Equal(single.Texts("metadata.finalizers"), made.Texts("metadata.finalizers"));
        Assert.Equal("odoo-alpenhof", made.Text("spec.destination.namespace"));
    }

    [Fact]
    public void Chart_and_overlay_are_where_the_single_Application_looks()
    {
        var source = Read("application.yaml").At("spec.source")!;
        Assert.True(File.Exists(Path.Combine(ExampleRepo.Root, source.Text("path"), "Chart.yaml")));
        Assert.True(File.Exists(ExampleRepo.Root + Assert.Single(source.Texts("helm.valueFiles"))));
    }

    [Fact]
    public void With_two_sources_the_overlay_comes_from_the_one_that_is_named_values()
    {
        var two = Read("application-two-sources.yaml");
        var sources = two.List("spec.sources");
        Assert.Equal(["$values/instances/alpenhof/values.yaml"], sources[0].Texts("helm.valueFiles"));
        Assert.Equal(("values", "charts/instance"), (sources[1].Text("ref"), sources[0].Text("path")));
        Assert.Null(sources[1].At("path"));
        Assert.NotEqual("main", sources[0].Text("targetRevision"));
        var single = Read("application.yaml").At("spec")!.DeepClone().AsObject();
        var rest = two.At("spec")!.DeepClone().AsObject();
        single.Remove("source");
        rest.Remove("sources");
        Assert.True(JsonNode.DeepEquals(single, rest), rest.ToJsonString());
    }

    [Theory]
    [InlineData("applicationset.yaml", "spec.template.spec")]
    [InlineData("application.yaml", "spec")]
    [InlineData("application-two-sources.yaml", "spec")]
    public void Sync_is_automatic_with_self_heal_and_without_prune_and_leaves_the_password_alone(string file, string at)
    {
        var spec = Read(file).At(at)!;
        Assert.Equal("""{"selfHeal":true,"prune":false}""", spec.At("syncPolicy.automated")!.ToJsonString());
        Assert.Equal("""[{"kind":"Secret","jsonPointers":["/data"]}]""", spec.At("ignoreDifferences")!.ToJsonString());
        Assert.Equal(["CreateNamespace=true", "RespectIgnoreDifferences=true"], spec.Texts("syncPolicy.syncOptions"));
    }

    [Fact]
    public void A_retired_instances_pods_go_with_its_Application() =>
        Assert.Equal(["resources-finalizer.argocd.argoproj.io"], Read("applicationset.yaml").Texts("spec.template.metadata.finalizers"));

    [Fact]
    public void The_project_allows_every_repository_and_namespace_that_an_Application_names()
    {
        var project = Read("project.yaml");
        var (single, two) = (Read("application.yaml"), Read("application-two-sources.yaml"));
        var repositories = two.List("spec.sources").Append(single.At("spec.source")!).Select(source => source.Text("repoURL")).Distinct();
        Assert.Equal(repositories.Order(StringComparer.Ordinal), project.Texts("spec.sourceRepos").Order(StringComparer.Ordinal));
        var destination = Assert.Single(project.List("spec.destinations"));
        Assert.Equal((single.Text("spec.destination.server"), "odoo-*"), (destination.Text("server"), destination.Text("namespace")));
        Assert.All(new[] { single, two }, item => Assert.Equal(project.Text("metadata.name"), item.Text("spec.project")));
        Assert.Equal("""[{"group":"","kind":"Namespace"}]""", project.At("spec.clusterResourceWhitelist")!.ToJsonString());
    }

    [Fact]
    public async Task The_project_allows_the_kinds_that_the_chart_makes_and_no_other()
    {
        var allowed = Read("project.yaml").List("spec.namespaceResourceWhitelist")
            .Select(item => $"{item.Text("group")} {item.Text("kind")}");
        var made = (await Renderings.AllAsync()).SelectMany(rendered => rendered.Manifests.Objects)
            .Select(item => $"{(item.Text("apiVersion").Contains('/') ? item.Text("apiVersion").Split('/')[0] : "")} {item.Text("kind")}");
        Assert.Equal(made.Distinct().Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Kubectl_takes_the_files_as_the_README_applies_them()
    {
        await using var cluster = await ClusterStandIn.StartAsync([]);
        var readme = await File.ReadAllLinesAsync(Path.Combine(ExampleRepo.Root, "argocd", "README.md"));
        var words = Assert.Single(readme, line => line.StartsWith("kubectl apply -f", StringComparison.Ordinal)).Split(' ').Skip(1);
        var run = await TestTool.RunAsync("kubectl",
            [.. words.Select(word => word.StartsWith("argocd/", StringComparison.Ordinal) ? Path.Combine(ExampleRepo.Root, word) : word),
                "--dry-run=client", "--validate=false", "--kubeconfig", cluster.Kubeconfig], string.Empty);
        string[] made = ["appproject.argoproj.io/odoo", "applicationset.argoproj.io/odoo-instances"];
        Assert.Equal(made.Select(name => name + " created (dry run)"), run.Output.TrimEnd('\n').Split('\n'));
    }

    private static JsonNode Read(string file) =>
        KubernetesYaml.Read(File.ReadAllText(Path.Combine(ExampleRepo.Root, "argocd", file))).Single()!;
}
