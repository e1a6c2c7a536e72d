using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Several files, the chart's defaults, several documents: what is read of each and where a failure is.</summary>
public sealed class ReleaseTests
{
    [Theory]
    [InlineData("3.17.3", "a: 1\n---\na: 2\n", "{\"a\":1}")]
    [InlineData("4.2.3", "a: 1\n---\na: 2\n", "{\"a\":2}")]
    [InlineData("4.2.3", "a: {b: 1}\n---\na: {c: 2}\n", "{\"a\":{\"b\":1,\"c\":2}}")]
    [InlineData("4.2.3", "a: 1\n---\n# c\n---\n~\n---\nb: 2\n", "{\"a\":1,\"b\":2}")]
    [InlineData("4.2.3", "a: 1\n---\n\nb: [\n", "yaml-open-bracket 4:4")]
    [InlineData("4.2.3", "a: 1\n---\n- b\n", "root-kind 3:1")]
    [InlineData("4.2.3", "a: 1\n---\nb: .inf\n", "not-a-number 3:4")]
    [InlineData("4.2.3", "a: 1\n--- b\n", "document-separator 2:1")]
    [InlineData("4.2.3", "a: |\n  x", "{\"a\":\"x\\n\"}")]
    [InlineData("3.17.3", "a: |\n  x", "{\"a\":\"x\"}")]
    [InlineData("4.2.3", "---\na: 1\n", "{\"a\":1}")]
    [InlineData("4.2.3", "", "{}")]
    [InlineData("3.17.3", "~\n", "{}")]
    [InlineData("3.17.3", "x\n", "root-kind 1:1")]
    [InlineData("3.17.3", "\n  [x]\n", "root-kind 2:3")]
    [InlineData("4.2.3", "{}\nx: 1\n", "{}")]
    public void A_file_has_one_or_several_documents(string version, string text, string read) => Assert.Equal(read, Shown.Json(text, version));

    [Fact]
    public void UTF_16_is_refused_by_both_majors()
    {
        foreach (var version in new[] { "3.17.3", "4.2.3" })
            foreach (var start in new byte[][] { [0xFF, 0xFE], [0xFE, 0xFF] })
                Assert.Equal("utf-16", HelmValues.Read(new HelmInput { Files = [new byte[] { start[0], start[1], 0, 10, 0 }], Version = HelmVersion.TryParse(version) }).Failure!.Rule);
    }

    [Fact]
    public void The_chart_may_have_two_byte_order_marks_and_a_file_one()
    {
        Assert.Equal("{\"a\":1}", Read([], "\uFEFFa: 1\n"));
        Assert.Equal("{\"a\":1}", Read([], "\uFEFF\uFEFFa: 1\n"));
        Assert.Equal("byte-order-mark -1 1:2", Read([], "\uFEFF\uFEFF\uFEFFa: 1\n"));
        Assert.Equal("{\"a\":1}", Read(["\uFEFFa: 1\n"], null));
        Assert.Equal("byte-order-mark 0 1:2", Read(["\uFEFF\uFEFFa: 1\n"], null));
    }

    [Fact]
    public void A_failure_names_its_file()
    {
        Assert.Equal("yaml-start 1 2:4", Read(["a: 1\n", "b: 1\nc: @\n"], null));
        Assert.Equal("yaml-start -1 1:4", Read(["a: 1\n"], "c: @\n"));
        Assert.Equal("document-separator 1 2:1", Read(["a: 1\n", "b: 1\n--- x\n"], null));
        Assert.Equal("root-kind 1 1:1", Read(["a: 1\n", "- 1\n"], null));
    }

    [Fact]
    public void Later_files_win_over_earlier_ones_and_all_over_the_chart()
    {
        Assert.Equal("{\"a\":{\"b\":1,\"c\":3},\"d\":4}", Read(["a: {b: 1, c: 2}\n", "a: {c: 3}\n"], "d: 4\n"));
        Assert.Equal("{\"a\":null}", Read(["a: {b: 1}\n", "a: ~\n"], null));
        Assert.Equal("{}", Read(["a: ~\n"], "a: 1\n"));
        Assert.Equal("{\"a\":1}", Read(["", "a: 1\n", ""], ""));
        Assert.Equal("{\"a\":[1]}", Read(["a: [1]\n"], "a: {b: 1}\n"));
    }

    [Theory]
    [InlineData("3.17.3", "{\"a\":{\"d\":null,\"v\":{\"p\":null}},\"m\":{\"p\":null},\"p\":null}")]
    [InlineData("3.20.0", "{\"a\":{\"v\":{\"p\":null}},\"m\":{\"p\":null},\"p\":null}")]
    [InlineData("3.21.0", "{\"a\":{\"b\":null,\"d\":null,\"v\":{\"p\":null}},\"m\":{\"p\":null},\"p\":null}")]
    [InlineData("4.2.3", "{\"a\":{\"b\":null,\"d\":null,\"v\":{}},\"m\":{}}")]
    public void Nulls_of_both_sides_join_as_the_version_has_it(string version, string json) =>
        Assert.Equal(json, Read(["a: {b: ~, c: ~, d: ~}\n"], "a: {b: ~, c: 1, v: {p: ~}}\nm: {p: ~}\np: ~\n", version));

    [Theory]
    [InlineData("9007199254740991", false)]
    [InlineData("9007199254740992", true)]
    [InlineData("-9007199254740992", true)]
    [InlineData("[1, [9007199254740993]]", true)]
    [InlineData("{b: {c: 9007199254740993}}", true)]
    [InlineData("'9007199254740993'", false)]
    [InlineData("[1, {b: x}]", false)]
    public void Helm_3_18_0_keeps_digits_of_the_chart_that_are_not_known_here(string value, bool isRefused)
    {
        var failure = HelmValues.Read(Input([], "a: " + value + "\n", "3.18.0")).Failure;
        Assert.Equal(isRefused ? "Helm 3.18.0 keeps all digits of the chart's large integers." : null, failure?.Message);
        if (isRefused) Assert.Equal(("large-chart-number", FailureKind.Refused, -1), (failure!.Rule, failure.Kind, failure.File));
        Assert.Null(HelmValues.Read(Input([], "a: " + value + "\n", "3.18.1")).Failure);
        Assert.Null(HelmValues.Read(Input(["a: " + value + "\n"], null, "3.18.0")).Failure);
    }

    [Fact]
    public void An_unknown_version_says_why_even_on_the_quick_way()
    {
        var failure = HelmValues.HashAddons(Input(["addons: []\n"], null, "3.14.0")).Failure!;
        Assert.Equal((FailureKind.Refused, "helm-version", "Helm before 3.15 writes JSON differently."), (failure.Kind, failure.Rule, failure.Message));
    }

    [Theory]
    [InlineData("addons: [1]\n", null, null, "080a9ed428559ef6")]
    [InlineData("addons: [1]", "4.2.3", null, "080a9ed428559ef6")]
    [InlineData("addons: !!seq [1]\n", null, null, "080a9ed428559ef6")]
    [InlineData("{}\n", "4.2.3", "addons: [1]\n", "080a9ed428559ef6")]
    [InlineData("addons: ~\n", null, "addons: [1]\n", "74234e98afe7498f")]
    [InlineData("addons: .inf\n", null, null, "not-a-number")]
    public void The_hash_is_that_of_all_that_goes_into_a_release(string file, string? version, string? chart, string hash)
    {
        var reading = HelmValues.HashAddons(Input([file], chart, version));
        Assert.Equal(hash, reading.Value ?? reading.Failure!.Rule);
    }

    [Fact]
    public void Arguments_change_the_hash_too()
    {
        var input = Input(["addons: [1]\n"], null, "4.2.3") with { Arguments = ["--set", "addons[0]=2"] };
        Assert.Equal(AddonsHash.OfJson("[2]"u8), HelmValues.HashAddons(input).Value);
        Assert.Equal("set", HelmValues.HashAddons(input with { Arguments = ["--set", "addons"] }).Failure!.Rule);
        Assert.Equal(-2, HelmValues.HashAddons(input with { Arguments = ["--set", "addons"] }).Failure!.File);
    }

    [Fact]
    public void A_nodes_value_is_read_alone()
    {
        var root = YamlDocument.Read("a: &x {b: 17.0}\nc: [*x , .inf]\nc: *x\n1: 2\n"u8.ToArray(), YamlLimits.Values).Value!.Root!.Value;
        Assert.Equal("{\"b\":17}", Encoding.UTF8.GetString(GoJson.Write(root.Find("a")!.Value.ToValue().Value!)));
        Assert.Equal("{\"b\":17}", Encoding.UTF8.GetString(GoJson.Write(root.Find("c")!.Value.ToValue().Value!)));
        Assert.Equal("not-a-number 2:10", Shown.Place(root.Pairs.ElementAt(1).Value.ToValue().Failure!));
        Assert.Null(root.Find("x"));
        Assert.Equal("", root.Text);
        Assert.Empty(root.Items);
        Assert.Empty(root.Find("1")!.Value.Pairs);
    }

    private static HelmInput Input(string[] files, string? chart, string? version) => new()
    {
        Files = [.. files.Select(file => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(file))],
        ChartValues = chart is null ? null : Encoding.UTF8.GetBytes(chart),
        Version = HelmVersion.TryParse(version),
    };

    private static string Read(string[] files, string? chart, string version = "4.2.3")
    {
        var reading = HelmValues.Read(Input(files, chart, version));
        return reading.Failure is { } failure ? $"{failure.Rule} {failure.File} {failure.Line}:{failure.Column}" : Shown.Json(reading);
    }
}
