using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Passes;

/// <summary>What in the chart's folder, or beside an overlay, makes a plan uncertain.</summary>
public sealed class ChartAndOverrideTests : IDisposable
{
    private readonly TestFleet fleet = new();

    public ChartAndOverrideTests()
    {
        foreach (var code in (string[])["acme", "globex", "initech"]) fleet.AddInstance(code, "1.0", wished: "1.1");
    }

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task A_null_in_the_chart_s_defaults_stops_nothing()
    {
        fleet.Write("charts/instance/values.yaml", TestFleet.Chart + "\ningress:\n  tls:\n");
        fleet.Push();
        var ran = await fleet.RunAsync("plan");
        Assert.Equal(0, ran.Exit);
        Assert.DoesNotContain(" error ", ran.Messages);
        Assert.Equal(3, ran.Output.Split("web_x 1.0 → 1.1").Length - 1);
    }

    [Fact]
    public async Task A_chart_that_is_not_certain_is_blamed_once()
    {
        fleet.Write("charts/instance/values.yaml", "addons: {a: ~}\n");
        fleet.Push();
        foreach (var verb in (string[])["plan", "validate"])
        {
            var ran = await fleet.RunAsync(verb);
            Assert.Equal(1, ran.Exit);
            var errors = (ran.Output + ran.Messages).Split('\n').Where(line => line.Contains(" error ", StringComparison.Ordinal));
            Assert.Equal(
                "charts/instance/values.yaml:1:13: error OSG0502: The chart's values can't be read with certainty (versions-disagree): Helm 3.19.4 and 4.2.4 make different values of addons.a; say which version reads it. Name your Helm version with helm: in the settings, or take the null or the cut out of the chart's values.yaml.",
                Assert.Single(errors));
        }
    }

    [Theory]
    [InlineData("charts/instance/Chart.yaml", "name: c\ndependencies: [{name: lib, alias: addons}]\n", "subchart-values")]
    [InlineData("charts/instance/Chart.yaml", "name: c\ndependencies: [{name: lib, import-values: [{child: e, parent: addons}]}]\n", "import-values")]
    [InlineData("charts/instance/charts/x/Chart.yaml", "name: instance\n", "subchart-values")]
    [InlineData("charts/instance/charts/x-1.tgz", "", "subchart-archive")]
    public async Task A_subchart_that_may_write_managed_values_stops_the_plan(string file, string text, string rule)
    {
        fleet.Write(file, text);
        fleet.Push();
        var ran = await fleet.RunAsync("plan");
        Assert.Equal(1, ran.Exit);
        Assert.Contains($"charts/instance/Chart.yaml: error OSG0502: The chart's values can't be read with certainty ({rule}): ", ran.Messages);
        Assert.Single(ran.Messages.Split('\n'), line => line.Contains(" error ", StringComparison.Ordinal));
        Assert.Equal(1, (await fleet.RunAsync("validate")).Exit);
    }

    [Fact]
    public async Task Other_subcharts_stop_nothing()
    {
        fleet.Write("charts/instance/Chart.yaml", "name: c\ndependencies: [{name: pg}]\n");
        fleet.Write("charts/instance/charts/pg-1.0.0.tgz", "");
        fleet.Push();
        Assert.Equal(0, (await fleet.RunAsync("plan")).Exit);
    }

    [Theory]
    [InlineData("helm: {parameters: [{name: \"addons[0].version\", value: \"2\"}]}\n", 1, "error OSG0511: Argo CD merges this file over the Application's source, and it may set the addons: the hash is not certain.")]
    [InlineData("helm: {parameters: [{name: image.tag, value: \"18\"}]}\n", 0, "warning OSG0511: Argo CD merges this file over the Application's source: its parameters win over the overlay, and the forecast does not know them.")]
    public async Task An_override_of_Argo_CD_beside_the_chart_concerns_every_instance(string text, int exit, string problem)
    {
        fleet.Write("charts/instance/.argocd-source-acme.yaml", text);
        fleet.Push();
        foreach (var verb in (string[])["plan", "validate"])
        {
            var ran = await fleet.RunAsync(verb);
            Assert.Equal(exit, ran.Exit);
            Assert.Contains($"charts/instance/.argocd-source-acme.yaml: {problem}", ran.Output + ran.Messages);
        }
    }

    [Fact]
    public async Task An_override_of_Argo_CD_beside_an_overlay_stops_that_instance_alone()
    {
        fleet.Write("instances/globex/.argocd-source.yaml", "helm: {values: 'addons: []'}\n");
        fleet.Push();
        var ran = await fleet.RunAsync("apply");
        Assert.Equal(6, ran.Exit);
        Assert.Contains("instances/globex/.argocd-source.yaml: error OSG0511: ", ran.Messages);
        Assert.Equal(["main", "odoosky/prod/i-acme", "odoosky/prod/i-initech"], fleet.Refs().Split('\n').Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public async Task An_override_of_Argo_CD_elsewhere_is_nobody_s_business()
    {
        fleet.Write("other/.argocd-source.yaml", "helm: {values: 'addons: []'}\n");
        fleet.Push();
        var ran = await fleet.RunAsync("plan");
        Assert.Equal(0, ran.Exit);
        Assert.DoesNotContain("OSG0511", ran.Messages);
    }

    [Fact]
    public async Task An_error_in_a_file_does_not_hide_its_traps_and_each_is_said_once()
    {
        fleet.Write("instances/acme/values.yaml", "instance: {code: acme}\naddons: {a: 1}\nimage: {tag: 17.0}\n");
        fleet.Push();
        var lines = (await fleet.RunAsync("validate")).Output.Split('\n').Where(line => line.StartsWith("instances/acme", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.StartsWith("instances/acme/values.yaml:2:9: error OSG0204: ", lines[0]);
        Assert.Equal("instances/acme/values.yaml:3:14: warning OSG0509: Helm reads 17.0 as 17 (number-changes). Write \"17.0\" when it is text, 17 when it is meant so.", lines[1]);
    }

    [Fact]
    public async Task A_hash_that_is_a_number_is_said_once()
    {
        fleet.Write("instances/acme/values.yaml", "instance: {code: \"acme\"}\naddons:\n- {code: sale, ref: \"5\"}\n");
        var overlay = Enumerable.Range(0, 100_000).Select(i => $"instance: {{code: \"acme\"}}\naddons:\n- {{code: sale, ref: \"{i}\"}}\n").First(LooksLikeNumber);
        fleet.Write("instances/acme/values.yaml", overlay);
        fleet.Write("desired/instances/acme.yaml", "apiVersion: odoosky.io/v1\nkind: Instance\ncode: acme\nstate: suspended\naddons: []\n");
        fleet.Push();
        var output = (await fleet.RunAsync("validate")).Output;
        Assert.Single(output.Split('\n'), line => line.Contains("is a number in YAML", StringComparison.Ordinal));
        Assert.DoesNotContain("number-hash", output);
    }

    private static bool LooksLikeNumber(string overlay) => Overlay.Helm.AddonsHash.LooksLikeNumber(
        Overlay.Helm.HelmValues.HashAddons(new Overlay.Helm.HelmInput { Files = [System.Text.Encoding.UTF8.GetBytes(overlay)] }).Value!);
}
