using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Where the versions of Helm differ, what that touches, and whose doing it is.</summary>
public sealed class AgreementTests
{
    [Fact]
    public void A_null_in_the_chart_s_other_defaults_does_not_touch_the_addons()
    {
        var reading = HelmValues.HashAddons(Over("ingress:\n  tls:\n", "addons: []\n"));
        Assert.Equal("4f53cda18c2baa0c", reading.Value);
    }

    [Theory]
    [InlineData("addons: {a: null}\n", "x: 1\n", "versions-disagree -1 1:13 Helm 3.19.4 and 4.2.4 make different values of addons.a; say which version reads it.")]
    [InlineData("addons: {a: null}\n", "addons: {a: null}\n", "versions-disagree -1 1:13 Helm 3.19.4 and 3.21.0 make different values of addons.a; say which version reads it.")]
    [InlineData("addons: {b: 1}\n", "addons:\n  a:\n", "versions-disagree 0 2:5 Helm 3.19.4 and 3.20.0 make different values of addons.a; say which version reads it.")]
    [InlineData("x: 1\naddons: |\n  a", "x: 1\n", "versions-disagree -1 3:1 Helm 3.19.4 and 4.0.4 make different values of addons; say which version reads it.")]
    [InlineData("x: 1\n", "addons: 1\n---\naddons: 2\n", "versions-disagree 0 2:1 Helm 3.19.4 and 4.0.4 make different values of addons; say which version reads it.")]
    [InlineData("x: 1\n", "# c\n---\naddons: 1\n---x: 2\n", "versions-disagree 0 4:1 Helm 3.19.4 and 4.0.4 do not agree that this input is valid; say which version reads it.")]
    public void A_disagreement_names_the_key_and_the_place_that_makes_it(string chart, string file, string expected)
    {
        var failure = HelmValues.ReadAddons(Over(chart, file)).Failure!;
        Assert.Equal(expected, $"{failure.Rule} {failure.File} {failure.Line}:{failure.Column} {failure.Message}");
    }

    [Fact]
    public void All_values_are_asked_for_where_all_count()
    {
        var failure = HelmValues.Read(Over("ingress:\n  tls:\n", "addons: []\n")).Failure!;
        Assert.Equal(("versions-disagree", -1, 2, 7), (failure.Rule, failure.File, failure.Line, failure.Column));
        Assert.Contains("different values of ingress.tls;", failure.Message);
    }

    [Theory]
    [InlineData("3", "--set", null)]
    [InlineData("4", "--set", "set-open-bracket")]
    [InlineData("4.0.4", "--set-string", "set-open-bracket")]
    [InlineData(null, "--set", "set-open-bracket")]
    public void An_index_without_its_bracket_is_an_error_of_Helm_3_and_refused_for_Helm_4(string? version, string kind, string? refusal)
    {
        foreach (var text in (string[])["addons[0].a=1,addons[1", "addons[", "addons[0][1", "x.y[2"])
        {
            var failure = HelmValues.Read(new HelmInput { Files = [Bytes("addons: [{b: 1}]\n")], Arguments = [kind, text], Version = HelmVersion.TryParse(version) }).Failure!;
            Assert.Equal(refusal is null ? (FailureKind.HelmFails, "set") : (FailureKind.Refused, refusal), (failure.Kind, failure.Rule));
        }
    }

    [Theory]
    [InlineData("!!binary /w==: 1\n  !!binary /g==: 2\n", "colliding-keys")]
    [InlineData("!!binary /g==: 1\n  !!binary /w==: 2\n", "colliding-keys")]
    [InlineData("!!binary /w==: 1\n  \"\\ufffd\": 2\n", "colliding-keys")]
    [InlineData("!!binary /w==: 1\n  !!binary /w==: 2\n", "{\"\uFFFD\":2}")]
    [InlineData("!!binary aGk=: 1\n  hi: 2\n", "{\"hi\":2}")]
    public void Binary_keys_that_become_one_text_collide_unless_their_bytes_are_the_same(string map, string expected)
    {
        var reading = HelmValues.ReadAddons(new HelmInput { Files = [Bytes("addons:\n  " + map)] });
        Assert.Equal(expected, reading.Failure?.Rule ?? Encoding.UTF8.GetString(GoJson.Write(reading.Value!)));
    }

    /// <summary>Nulls against nulls, literally as the rules of the versions say; A, C and D were also rendered by real Helm.</summary>
    [Theory]
    [InlineData("3.19.4", """{"m":{"chart":1,"chartNull":null,"userNull":null}}""")]
    [InlineData("3.20.0", """{"m":{"chart":1,"chartNull":null}}""")]
    [InlineData("3.20.1", """{"m":{"bothNull":null,"chart":1,"chartNull":null,"userNull":null}}""")]
    [InlineData("3.21.0", """{"m":{"bothNull":null,"chart":1,"chartNull":null,"userNull":null}}""")]
    [InlineData("4.0.0", """{"m":{"chart":1,"chartNull":null}}""")]
    [InlineData("4.0.4", """{"m":{"chart":1,"chartNull":null}}""")]
    [InlineData("4.1.1", """{"m":{"chart":1,"chartNull":null}}""")]
    [InlineData("4.1.2", """{"m":{"chart":1,"chartNull":null}}""")]
    [InlineData("4.1.3", """{"m":{"bothNull":null,"chart":1,"chartNull":null,"userNull":null}}""")]
    [InlineData("4.1.4", """{"m":{"bothNull":null,"chart":1,"chartNull":null,"userNull":null}}""")]
    [InlineData("4.2.0", """{"m":{"bothNull":null,"chart":1,"userNull":null}}""")]
    [InlineData("4.2.3", """{"m":{"bothNull":null,"chart":1,"userNull":null}}""")]
    public void Nulls_in_maps_of_both_sides_go_or_stay_by_version(string version, string expected)
    {
        var reading = HelmValues.ReadAddons(new HelmInput
        {
            ChartValues = Bytes("addons:\n  m: {chart: 1, chartNull: null, bothNull: null, gone: 1}\n"),
            Files = [Bytes("addons:\n  m: {bothNull: null, userNull: null, gone: null}\n")],
            Version = HelmVersion.TryParse(version),
        });
        Assert.Equal(expected, Encoding.UTF8.GetString(GoJson.Write(reading.Value!)));
    }

    [Theory]
    [InlineData("3", "--set-json", "{\"addons\": 1}", "set-json-object")]
    [InlineData("4", "--set-json", "{\"addons\": 1}", "1")]
    [InlineData("3", "--set-json", "addons=[1e3]", "[1000]")]
    [InlineData("3", "--set-json", "addons=\"\\ud800\"", "set-json-text")]
    [InlineData("3", "--set", "addons=\uFFFD", "argument-text")]
    [InlineData("3", "--set-file", "addons=x.txt", "set-file")]
    [InlineData("3", "--set-literal", "addons=a,b", "\"a,b\"")]
    [InlineData("3", "--values", "x.yaml", "argument")]
    public void An_argument_is_applied_or_refused_by_a_rule(string version, string kind, string text, string expected)
    {
        var reading = HelmValues.ReadAddons(new HelmInput { Arguments = [kind, text], Version = HelmVersion.TryParse(version) });
        Assert.Equal(expected, reading.Failure is { } failure ? $"{failure.Rule}" : Encoding.UTF8.GetString(GoJson.Write(reading.Value!)));
        Assert.True(reading.Failure is null or { Kind: FailureKind.Refused, File: -2 });
    }

    private static HelmInput Over(string chart, string file) => new() { ChartValues = Bytes(chart), Files = [Bytes(file)] };

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
