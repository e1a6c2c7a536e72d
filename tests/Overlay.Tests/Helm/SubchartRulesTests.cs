using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

public sealed class SubchartRulesTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("dependencies:\n", null)]
    [InlineData("dependencies: [{name: lib}]\n", null)]
    [InlineData("dependencies: [{name: addons}]\n", "subchart-values")]
    [InlineData("dependencies: [{name: lib, alias: addons}]\n", "subchart-values")]
    [InlineData("Dependencies: [{Name: lib, ALIAS: addons}]\n", "subchart-values")]
    [InlineData("dependencies: [{name: addons, condition: off.it}]\n", "subchart-values")]
    [InlineData("dependencies: [{name: instance}]\n", "subchart-values")]
    [InlineData("dependencies: [{name: addons-lib}]\n", null)]
    [InlineData("dependencies: [{name: lib, import-values: [data]}]\n", "import-values")]
    [InlineData("dependencies: [{name: lib, import-values: [{child: e, parent: .}]}]\n", "import-values")]
    [InlineData("dependencies: [{name: lib, import-values: [{child: e, parent: addons}]}]\n", "import-values")]
    [InlineData("dependencies: [{name: lib, import-values: [{child: e, parent: addons.x}]}]\n", "import-values")]
    [InlineData("dependencies: [{name: lib, import-values: [{child: e, parent: x.addons}]}]\n", null)]
    [InlineData("dependencies: [{name: lib, import-values: [{child: e, parent: other}]}]\n", null)]
    [InlineData("dependencies: [\n", "chart-definition")]
    [InlineData("[]\n", "chart-definition")]
    public void What_a_definition_says_of_subcharts_decides_whether_values_are_certain(string more, string? rule)
    {
        var start = more is "[]\n" ? string.Empty : "apiVersion: v2\nname: x\nversion: 1.0.0\n";
        Assert.Equal(rule, SubchartRules.Check(new ChartParts { Definitions = [Bytes(start + more)] }, ["addons", "instance"])?.Rule);
    }

    [Fact]
    public void Roots_that_do_not_count_may_be_a_subchart_s()
    {
        var parts = new ChartParts { Definitions = [Bytes("dependencies: [{name: instance}]\n")] };
        Assert.Null(SubchartRules.Check(parts, ["addons"]));
    }

    [Theory]
    [InlineData("name: lib\n", null)]
    [InlineData("name: addons\n", "subchart-values")]
    [InlineData("name: [\n", "chart-definition")]
    public void A_folder_in_charts_counts_though_no_dependency_names_it(string text, string? rule) =>
        Assert.Equal(rule, SubchartRules.Check(new ChartParts { Subcharts = [Bytes(text)] }, ["addons"])?.Rule);

    [Theory]
    [InlineData("lib-1.0.0.tgz", null)]
    [InlineData("other-1.0.0.tgz", "subchart-archive")]
    [InlineData("addons-1.0.0.tgz", "subchart-archive")]
    public void An_archive_counts_by_the_dependency_that_its_name_begins_with(string file, string? rule)
    {
        var parts = new ChartParts { Definitions = [Bytes("dependencies: [{name: lib}]\n")], Archives = [file] };
        Assert.Equal(rule, SubchartRules.Check(parts, ["addons"])?.Rule);
    }

    [Theory]
    [InlineData("Chart.yaml", ChartPart.Definition)]
    [InlineData("requirements.yaml", ChartPart.Definition)]
    [InlineData("charts/lib/Chart.yaml", ChartPart.Subchart)]
    [InlineData("charts/lib-1.tgz", ChartPart.Archive)]
    [InlineData("charts/_lib/Chart.yaml", null)]
    [InlineData("charts/.lib-1.tgz", null)]
    [InlineData("charts/lib/charts/x/Chart.yaml", null)]
    [InlineData("charts/README.md", null)]
    [InlineData("values.yaml", null)]
    public void A_path_in_the_chart_s_folder_is_one_of_three_parts_or_none(string path, ChartPart? part) =>
        Assert.Equal(part, ChartParts.KindOf(path));

    [Theory]
    [InlineData("helm:\n  parameters:\n  - name: image.tag\n    value: '1'\n", true)]
    [InlineData("helm:\n  parameters:\n  - {name: addons, value: x}\n", false)]
    [InlineData("helm:\n  parameters:\n  - {name: 'addons[0].version', value: x}\n", false)]
    [InlineData("helm:\n  parameters:\n  - {name: 'a,addons', value: x}\n", false)]
    [InlineData("helm:\n  parameters:\n  - {name: 'add\\ons', value: x}\n", false)]
    [InlineData("helm:\n  parameters:\n  - {value: x}\n", false)]
    [InlineData("helm:\n  values: 'addons: []'\n", false)]
    [InlineData("path: elsewhere\n", false)]
    [InlineData("helm: [\n", false)]
    [InlineData("", false)]
    public void An_override_leaves_the_addons_alone_only_when_all_it_does_is_to_set_other_parameters(string text, bool alone) =>
        Assert.Equal(alone, ArgoOverrides.LeavesAlone(Bytes(text), ["addons"]));

    [Theory]
    [InlineData(".argocd-source.yaml", true)]
    [InlineData(".argocd-source-acme.yaml", true)]
    [InlineData(".argocd-source-acme.yml", false)]
    [InlineData("argocd-source.yaml", false)]
    public void Argo_CD_s_override_files_are_known_by_their_names(string name, bool known) => Assert.Equal(known, ArgoOverrides.IsName(name));

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
