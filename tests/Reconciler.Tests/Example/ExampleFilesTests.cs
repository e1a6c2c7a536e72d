using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

public sealed class ExampleFilesTests
{
    [Fact]
    public Task Helm_finds_no_fault_with_the_chart_and_any_overlay() => Task.WhenAll(RealHelm.Both.Select(async helm =>
    {
        foreach (var code in ExampleRepo.Overlays)
        {
            var run = await helm.LintAsync(ExampleRepo.Chart, ExampleRepo.Overlay(code));
            Assert.True(run.ExitCode == 0, $"{helm}, {code}: {run.Output}");
        }
    }));

    [Fact]
    public async Task Helm_finds_no_fault_with_any_generated_release()
    {
        using var releases = ManyReleases.Of(OverlayCases.All.Select(item => item.Text));
        await Task.WhenAll(RealHelm.Both.Select(async helm =>
        {
            var run = await releases.LintAsync(helm);
            Assert.True(run.ExitCode == 0, $"{helm}: {run.Output}");
            Assert.Contains($"{OverlayCases.All.Length} chart(s) linted, 0 chart(s) failed", run.Output, StringComparison.Ordinal);
        }));
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
    public void The_charts_README_lists_every_value_and_no_other()
    {
        var readme = File.ReadAllLines(Path.Combine(ExampleRepo.Chart, "README.md"));
        var listed = readme.SkipWhile(line => line != "## Values").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);
        var values = HelmValues.Read(new HelmInput { Files = [File.ReadAllBytes(Path.Combine(ExampleRepo.Chart, "values.yaml"))] }).Value!;
        Assert.Equal(Paths(values, string.Empty).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    // Resources are one value to a reader: what stands below odoo and pg is Kubernetes' own.
    private static IEnumerable<string> Paths(HelmMap map, string above) => map.Entries.SelectMany(entry =>
        entry.Value is HelmMap { Entries.Length: > 0 } below && above != "resources."
            ? Paths(below, $"{above}{entry.Key}.")
            : [above + entry.Key]);
}
