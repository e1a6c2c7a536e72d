using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>What single rules say, with the values that real Helm gives.</summary>
public sealed class ValueTypingTests
{
    [Theory]
    [InlineData("17.0", "17")]
    [InlineData("1.10", "1.1")]
    [InlineData("25921e05", "2592100000")]
    [InlineData("08", "8")]
    [InlineData("010", "8")]
    [InlineData("0x1F", "31")]
    [InlineData("0b-101", "-5")]
    [InlineData("1_000", "1000")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "-0")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1e21", "1e+21")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("1e400", "\"1e400\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("2001-01-01", "\"2001-01-01\"")]
    [InlineData("no", "false")]
    [InlineData("Y", "true")]
    [InlineData("yEs", "\"yEs\"")]
    [InlineData("'no'", "\"no\"")]
    [InlineData("~", "null")]
    [InlineData("!!str 1", "\"1\"")]
    [InlineData("!!float 1", "1")]
    [InlineData("!other 1", "\"1\"")]
    [InlineData("!!binary /w==", "\"\uFFFD\"")]
    [InlineData("\"\\b\\f\\x01<\\L\"", "\"\\b\\f\\u0001\\u003c\\u2028\"")]
    public void A_scalar_is_typed_as_Helm_types_it(string scalar, string json) => Assert.Equal($"{{\"k\":{json}}}", Json($"k: {scalar}\n"));

    [Theory]
    [InlineData("y: 1\n", "{\"true\":1}")]
    [InlineData("1.0: a\n", "{\"1\":\"a\"}")]
    [InlineData("1000000.0: a\n", "{\"1e+06\":\"a\"}")]
    [InlineData("a: 1\n\"a\": 2\n", "{\"a\":2}")]
    [InlineData("\U0001F600: 1\n\uE000: 2\n", "{\"\uE000\":2,\"\U0001F600\":1}")]
    [InlineData("x: &x {a: 1, b: 1}\nz: {a: 2, <<: *x}\n", "{\"x\":{\"a\":1,\"b\":1},\"z\":{\"a\":1,\"b\":1}}")]
    [InlineData("a: .inf\na: 1\n", "{\"a\":1}")]
    [InlineData("{a: 1}\nb: 2\n", "{\"a\":1}")]
    [InlineData("{}: x\n", "{}")]
    [InlineData("[?a]: 1", null)]
    public void A_map_is_read_as_Helm_reads_it(string text, string? json) => Assert.Equal(json, Json(text));

    [Theory]
    [InlineData("1: a\n\"1\": b\n", "colliding-keys", FailureKind.Refused, 2)]
    [InlineData("a: 1\n~: b\n", "key-kind", FailureKind.HelmFails, 2)]
    [InlineData("a: .nan\n", "not-a-number", FailureKind.HelmFails, 1)]
    [InlineData("a: !!int x\n", "tag-mismatch", FailureKind.HelmFails, 1)]
    [InlineData("a: &a [*a]\n", "alias-of-itself", FailureKind.HelmFails, 1)]
    [InlineData("a: 1\n<<: ~\n", "merge-value", FailureKind.HelmFails, 2)]
    [InlineData("- 1\n", "root-kind", FailureKind.HelmFails, 1)]
    [InlineData("a: 1\nb\u0001: 2\n", "yaml-character", FailureKind.HelmFails, 2)]
    [InlineData("a: \"\uFEFF\"\n", "byte-order-mark", FailureKind.Refused, 1)]
    [InlineData("a: |\n  x", "versions-disagree", FailureKind.Refused, 2)]
    [InlineData("a: 1\n---\na: 2\n", "versions-disagree", FailureKind.Refused, 2)]
    public void A_text_without_a_certain_reading_says_why_and_where(string text, string rule, FailureKind kind, int line)
    {
        var failure = HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(text)] }).Failure;
        Assert.Equal((rule, kind, line), (failure!.Rule, failure.Kind, failure.Line));
    }

    [Theory]
    [InlineData("7820438669689168", true)]
    [InlineData("8990598789826e86", true)]
    [InlineData("899059878982e867", false)]
    [InlineData("e990598789826867", false)]
    [InlineData("74234e98afe7498f", false)]
    public void A_hash_that_YAML_reads_as_a_number_is_known(string hash, bool isNumber) => Assert.Equal(isNumber, AddonsHash.LooksLikeNumber(hash));

    [Fact]
    public void The_hash_of_nothing_is_that_of_null()
    {
        Assert.Equal("74234e98afe7498f", AddonsHash.Of(null));
        Assert.Equal("74234e98afe7498f", HelmValues.HashAddons(new HelmInput { Files = [Encoding.UTF8.GetBytes("a: 1\n")] }).Value);
        Assert.Equal("4f53cda18c2baa0c", HelmValues.HashAddons(new HelmInput { Files = [Encoding.UTF8.GetBytes("addons: []\n")] }).Value);
    }

    [Theory]
    [InlineData("3", "3.19.4")]
    [InlineData("4", "4.2.4")]
    [InlineData("v3.17.3", "3.17.3")]
    [InlineData("5", null)]
    [InlineData("x", null)]
    public void A_version_is_a_major_alone_or_all_numbers(string text, string? version) => Assert.Equal(version, HelmVersion.TryParse(text)?.ToString());

    [Theory]
    [InlineData("3.14.4")]
    [InlineData("4.1.0")]
    [InlineData("4.3.0")]
    public void An_unknown_version_is_refused(string version) =>
        Assert.Equal("helm-version", HelmValues.Read(new HelmInput { Version = HelmVersion.TryParse(version) }).Failure!.Rule);

    [Fact]
    public void Nodes_know_where_they_stand_in_bytes()
    {
        var text = Encoding.UTF8.GetBytes("é: [1, 'b'] # c\nlist:\n- x: |\n    text\n\n# end\n");
        var root = YamlDocument.Read(text, YamlLimits.Strict).Value!.Root!.Value;
        var flow = root.Find("é")!.Value;
        Assert.Equal((4, 12, 1, 4), (flow.Start, flow.End, flow.Line, flow.Column));
        var item = root.Find("list")!.Value.Items.Single();
        var dash = Encoding.UTF8.GetString(text.AsSpan(item.IndicatorStart, item.End - item.IndicatorStart));
        Assert.Equal("- x: |\n    text", dash);
        Assert.Equal("text\n", item.Find("x")!.Value.Text);
    }

    private static string? Json(string text)
    {
        var reading = HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(text)] });
        return reading.Value is null ? null : Encoding.UTF8.GetString(GoJson.Write(reading.Value));
    }
}
