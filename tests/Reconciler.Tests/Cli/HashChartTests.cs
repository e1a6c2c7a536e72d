using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>A chart's folder as Helm sees it: subcharts, a missing values.yaml, a schema, Argo CD's overrides.</summary>
public sealed class HashChartTests : IDisposable
{
    private readonly Prompt prompt = new();

    public HashChartTests()
    {
        prompt.Write("chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n");
        prompt.Write("chart/values.yaml", "addons: {a: 1}\n");
        prompt.Write("a.yaml", "addons: {b: 2}\n");
    }

    public void Dispose() => prompt.Dispose();

    [Fact]
    public async Task A_chart_without_subcharts_has_the_hash_of_both_files()
    {
        var ran = await HashAsync();
        Assert.Equal((0, "43258cff783fe703\n", string.Empty), (ran.Exit, ran.Output, ran.Messages));
    }

    [Theory]
    [InlineData("chart/Chart.yaml", "name: c\ndependencies: [{name: addons, version: 1.0.0}]\n", "subchart-values")]
    [InlineData("chart/Chart.yaml", "name: c\ndependencies: [{name: lib, alias: addons, version: 1.0.0}]\n", "subchart-values")]
    [InlineData("chart/Chart.yaml", "name: c\ndependencies: [{name: lib, import-values: [{child: exports, parent: addons}]}]\n", "import-values")]
    [InlineData("chart/requirements.yaml", "dependencies: [{name: lib, alias: addons}]\n", "subchart-values")]
    [InlineData("chart/charts/lib/Chart.yaml", "name: addons\n", "subchart-values")]
    [InlineData("chart/charts/addons-1.0.0.tgz", "", "subchart-archive")]
    [InlineData("chart/Chart.yaml", "name: [\n", "chart-definition")]
    public async Task A_subchart_that_may_write_the_addons_is_refused(string file, string text, string rule)
    {
        prompt.Write(file, text);
        var ran = await HashAsync();
        Assert.Equal((1, string.Empty), (ran.Exit, ran.Output));
        Assert.StartsWith($"odoosky: OSG0302: the chart: no certain answer ({rule}): ", ran.Messages);
    }

    [Fact]
    public async Task A_subchart_elsewhere_changes_nothing()
    {
        prompt.Write("chart/Chart.yaml", "name: c\ndependencies: [{name: postgresql, version: 1.0.0}]\n");
        prompt.Write("chart/charts/postgresql/Chart.yaml", "name: postgresql\n");
        prompt.Write("chart/charts/README.md", "no chart\n");
        Assert.Equal("43258cff783fe703\n", (await HashAsync()).Output);
    }

    [Fact]
    public async Task A_chart_without_values_has_no_defaults()
    {
        File.Delete(Path.Combine(prompt.Folder, "chart/values.yaml"));
        Assert.Equal((await prompt.RunAsync("hash", "-f", "a.yaml")).Output, (await HashAsync()).Output);
        Assert.Equal("74234e98afe7498f\n", (await prompt.RunAsync("hash", "--chart", "chart")).Output);
    }

    [Fact]
    public async Task A_folder_without_Chart_yaml_is_no_chart()
    {
        File.Delete(Path.Combine(prompt.Folder, "chart/Chart.yaml"));
        var ran = await HashAsync();
        Assert.Equal(1, ran.Exit);
        Assert.Contains("chart: there is no Chart.yaml in it", ran.Messages);
    }

    [Fact]
    public async Task Explain_says_that_the_schema_is_not_looked_at()
    {
        prompt.Write("chart/values.schema.json", "{}");
        var ran = await HashAsync("--explain");
        Assert.Equal((0, "The chart has a values.schema.json: Helm fails on values that it forbids, and it is not looked at here.\n"), (ran.Exit, ran.Messages));
    }

    [Fact]
    public async Task An_override_of_Argo_CD_beside_the_chart_is_warned_of()
    {
        prompt.Write("chart/.argocd-source-acme.yaml", "helm: {}\n");
        var ran = await HashAsync();
        Assert.Equal((0, "warning OSG0511: Argo CD merges the chart's .argocd-source-acme.yaml over the Application's source; this hash is Helm's without it.\n"), (ran.Exit, ran.Messages));
    }

    [Fact]
    public async Task Nulls_elsewhere_in_the_chart_do_not_matter_and_nulls_in_its_addons_are_named()
    {
        prompt.Write("chart/values.yaml", "addons: []\ningress:\n  tls:\n");
        prompt.Write("a.yaml", "x: 1\n");
        Assert.Equal("4f53cda18c2baa0c\n", (await HashAsync()).Output);
        prompt.Write("chart/values.yaml", "addons: {a: ~}\n");
        Assert.Equal(
            "odoosky: OSG0302: the chart:1:13: no certain answer (versions-disagree): Helm 3.19.4 and 4.2.4 make different values of addons.a; say which version reads it.\n",
            (await HashAsync()).Messages);
    }

    [Theory]
    [InlineData("addons:\n- code: x\n  version: 17.0\n  y: 1\na: 1\n01: x\n1: z\n", """
        v.yaml:3:12: Helm reads 17.0 as 17 (number-changes). Write "17.0" when it is text, 17 when it is meant so.
        v.yaml:4:3: Helm reads the key y as true (key-changes). Write "y" when it is text, true when it is meant so.
        v.yaml:6:1: Helm reads the key 01 as 1 (key-changes). Write "01" when it is text, 1 when it is meant so.
        v.yaml:7:1: Helm reads 1 as the same key as 01, of which only the last value counts (repeated-key). Remove all but one.

        """)]
    [InlineData("addons: [\n", "odoosky: OSG0301: v.yaml:1:9: Helm fails (yaml-open-bracket): This bracket is never closed.\n")]
    [InlineData("addons: no\nb: [\"\\/\"]\n", "odoosky: OSG0301: v.yaml:2:7: Helm fails (yaml-escape): This escape does not exist in YAML 1.1, or names no character (\\/ and surrogate pairs are errors).\n")]
    [InlineData("addons: 1\n...\nb: 2\n", "v.yaml:3:1: Helm reads nothing from here on: the values end above (rest-ignored). Remove it, or put it above the line that ends the values.\n")]
    [InlineData("addons:\n", "v.yaml:1:1: Helm reads addons as null, which discards the chart's own list (empty-addons). Write addons: [] for no addons, or leave the key out for the chart's own.\n")]
    public async Task Explain_prints_each_finding_once_as_sentences(string values, string expected)
    {
        prompt.Write("v.yaml", values);
        Assert.Equal(expected, (await prompt.RunAsync("hash", "-f", "v.yaml", "--explain")).Messages);
    }

    [Theory]
    [InlineData("addons: 1\n...\nb: 2\n", "warning OSG0509: v.yaml:3:1: Helm reads nothing from here on: the values end above (rest-ignored). Remove it, or put it above the line that ends the values.\n")]
    [InlineData("  addons: 1\nb: 2\n", "warning OSG0509: v.yaml:2:1: Helm reads nothing from here on: the values end above (rest-ignored). Indent it like the rest, or remove it.\n")]
    [InlineData("addons: 1\n...\n# c\n", "")]
    public async Task Text_that_Helm_ignores_is_warned_of_beside_the_hash(string values, string expected)
    {
        prompt.Write("v.yaml", values);
        var ran = await prompt.RunAsync("hash", "-f", "v.yaml");
        Assert.Equal((0, "6b86b273ff34fce1\n", expected), (ran.Exit, ran.Output, ran.Messages));
    }

    [Fact]
    public async Task An_argument_that_begins_with_an_at_sign_is_a_value_and_no_file()
    {
        prompt.Write("resp", "addons=file\n");
        prompt.Write("@u.yaml", "addons: 1\n");
        Assert.Equal("6b86b273ff34fce1\n", (await prompt.RunAsync("hash", "-f", "@u.yaml")).Output);
        Assert.Equal(1, (await prompt.RunAsync("hash", "-f", "a.yaml", "--set", "@resp")).Exit);
    }

    private Task<Passes.Ran> HashAsync(params string[] more) => prompt.RunAsync(["hash", "-f", "a.yaml", "--chart", "chart", .. more]);
}
