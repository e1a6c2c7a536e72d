using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

public sealed class ExampleFilesTests
{
    [Fact]
    public async Task Helm_finds_no_fault_with_the_chart_and_any_overlay()
    {
        foreach (var helm in RealHelm.Both)
            foreach (var code in ExampleRepo.Overlays)
            {
                var run = await helm.LintAsync(ExampleRepo.Chart, ExampleRepo.Overlay(code));
                Assert.True(run.ExitCode == 0, $"{helm}, {code}: {run.Output}");
            }
    }

    [Fact]
    public void The_overlays_are_those_that_the_tests_know() =>
        Assert.Equal(ExampleRepo.Overlays,
            Directory.GetDirectories(Path.Combine(ExampleRepo.Root, "instances")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Cobalts_overlay_has_Windows_line_ends_throughout()
    {
        var text = File.ReadAllText(ExampleRepo.Overlay("cobalt"));
        Assert.Equal(text.Count(letter => letter == '\n'), text.Split("\r\n").Length - 1);
        Assert.All(ExampleRepo.Overlays.Remove("cobalt"), code => Assert.DoesNotContain('\r', File.ReadAllText(ExampleRepo.Overlay(code))));
    }

    [Fact]
    public async Task Rendering_twice_makes_the_same_bytes_but_for_the_generated_password()
    {
        foreach (var helm in RealHelm.Both)
        {
            var first = await helm.TemplateTextAsync(ExampleRepo.Chart, "instance: {code: acme}\n");
            var second = await helm.TemplateTextAsync(ExampleRepo.Chart, "instance: {code: acme}\n");
            Assert.NotEqual(first.Output, second.Output);
            Assert.Equal(WithoutPassword(first.Output), WithoutPassword(second.Output));
            var own = new[] { "--set", "postgresql.existingSecret=own" };
            Assert.Equal(
                (await helm.TemplateTextAsync(ExampleRepo.Chart, "instance: {code: acme}\n", own)).Output,
                (await helm.TemplateTextAsync(ExampleRepo.Chart, "instance: {code: acme}\n", own)).Output);
        }
    }

    [Fact]
    public void The_charts_README_lists_every_value_and_no_other()
    {
        var readme = File.ReadAllLines(Path.Combine(ExampleRepo.Chart, "README.md"));
        var listed = readme.SkipWhile(line => line != "## Values").Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        var values = HelmValues.Read(new HelmInput { Files = [File.ReadAllBytes(Path.Combine(ExampleRepo.Chart, "values.yaml"))] }).Value!;
        Assert.Equal(Paths(values, string.Empty).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Argo_CD_leaves_the_generated_password_alone()
    {
        foreach (var (file, template) in new[] { ("applicationset.yaml", "spec.template.spec"), ("application.yaml", "spec"), ("application-two-sources.yaml", "spec") })
        {
            var spec = ReadArgo(file).At(template)!;
            Assert.Equal("""[{"kind":"Secret","jsonPointers":["/data"]}]""", spec.At("ignoreDifferences")!.ToJsonString());
            Assert.Contains("RespectIgnoreDifferences=true", spec.Texts("syncPolicy.syncOptions"));
            Assert.Equal("""{"selfHeal":true,"prune":false}""", spec.At("syncPolicy.automated")!.ToJsonString());
        }
    }

    [Fact]
    public async Task The_project_allows_the_kinds_that_the_chart_makes_and_no_other()
    {
        var allowed = ReadArgo("project.yaml").List("spec.namespaceResourceWhitelist").Select(item => item.Text("kind"));
        var made = (await Renderings.AllAsync()).SelectMany(rendered => rendered.Manifests.Objects).Select(item => item.Text("kind")).Distinct(StringComparer.Ordinal);
        Assert.Equal(made.Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    private static JsonNode ReadArgo(string file) =>
        KubernetesYaml.Read(File.ReadAllText(Path.Combine(ExampleRepo.Root, "argocd", file))).Single()!;

    private static string WithoutPassword(string output) =>
        string.Join('\n', output.Split('\n').Where(line => !line.StartsWith("  POSTGRES_PASSWORD: ", StringComparison.Ordinal)));

    // Resources are one value to a reader: what stands below odoo and pg is Kubernetes' own.
    private static IEnumerable<string> Paths(HelmMap map, string above) => map.Entries.SelectMany(entry =>
        entry.Value is HelmMap { Entries.Length: > 0 } below && above != "resources."
            ? Paths(below, $"{above}{entry.Key}.")
            : [above + entry.Key]);
}
