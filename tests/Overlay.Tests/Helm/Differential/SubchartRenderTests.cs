using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Differential;

/// <summary>Charts with subcharts: real Helm renders what is answered here, or the answer is refused.</summary>
public sealed class SubchartRenderTests
{
    private const string Template = """
        kind: ConfigMap
        apiVersion: v1
        metadata: {name: answers}
        # = {{ .Values.addons | toJson }}
        """;

    private const string Start = "apiVersion: v2\nname: answers\nversion: 1.0.0\n";

    [Theory]
    [InlineData("dependencies: [{name: addons, version: 1.0.0}]\n", "addons", "k: s\n", """{"a":1,"b":2,"global":{},"k":"s"}""", true)]
    [InlineData("dependencies: [{name: lib, version: 1.0.0, alias: addons}]\n", "lib", "k: s\n", """{"a":1,"b":2,"global":{},"k":"s"}""", true)]
    [InlineData("", "addons", "k: s\n", """{"a":1,"b":2,"global":{},"k":"s"}""", true)]
    [InlineData("dependencies: [{name: lib, version: 1.0.0, import-values: [{child: e, parent: addons}]}]\n", "lib", "e: {z: 1}\n", """{"a":1,"b":2,"z":1}""", true)]
    [InlineData("dependencies: [{name: lib, version: 1.0.0, import-values: [data]}]\n", "lib", "exports: {data: {addons: {z: 1}}}\n", """{"a":1,"b":2,"z":1}""", true)]
    [InlineData("dependencies: [{name: lib, version: 1.0.0, import-values: [{child: e, parent: x.addons}]}]\n", "lib", "e: {z: 1}\n", """{"a":1,"b":2}""", false)]
    [InlineData("dependencies: [{name: lib, version: 1.0.0}]\n", "lib", "global: {addons: 1}\n", """{"a":1,"b":2}""", false)]
    public void Subcharts_that_reach_the_addons_are_refused_and_others_change_nothing(string definition, string name, string values, string rendered, bool refused)
    {
        using var folder = new ScratchFolder();
        folder.WriteChart(Template);
        folder.Write("chart/Chart.yaml", Start + definition);
        folder.Write("chart/values.yaml", "addons: {a: 1}\n");
        folder.Write("chart/charts/lib/Chart.yaml", $"apiVersion: v2\nname: {name}\nversion: 1.0.0\n");
        folder.Write("chart/charts/lib/values.yaml", values);
        folder.Write("values.yaml", "addons: {b: 2}\n");
        foreach (var helm in (RealHelm[])[RealHelm.Three, RealHelm.Four])
        {
            var (output, errors, code) = helm.Run(folder, "template", "x", "chart", "-f", "values.yaml");
            Assert.True(code == 0, errors);
            Assert.Contains($"# = {rendered}\n", output + "\n");
        }

        var parts = new ChartParts { Definitions = [Bytes(Start + definition)], Subcharts = [Bytes($"name: {name}\n")] };
        Assert.Equal(refused, SubchartRules.Check(parts, ImmutableArray.Create("addons")) is not null);
        Assert.Equal(refused, rendered != """{"a":1,"b":2}""");
    }

    [Fact]
    public void A_chart_without_values_renders_the_overlay_alone()
    {
        using var folder = new ScratchFolder();
        folder.WriteChart(Template);
        folder.Write("values.yaml", "addons: {b: null}\n");
        var reading = HelmValues.ReadAddons(new HelmInput { Files = [Bytes("addons: {b: null}\n")] });
        foreach (var helm in (RealHelm[])[RealHelm.Three, RealHelm.Four])
            Assert.Contains("# = " + Encoding.UTF8.GetString(GoJson.Write(reading.Value!)), helm.Run(folder, "template", "x", "chart", "-f", "values.yaml").Output);
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
