using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Where reading ends: bytes, levels, nodes, and what aliases may multiply to.</summary>
public sealed class LimitTests
{
    [Fact]
    public void The_limits_are_those_that_the_documentation_names()
    {
        Assert.Equal(new YamlLimits(8_388_608, 1_000, 50_000), YamlLimits.Values);
        Assert.Equal(new YamlLimits(1_048_576, 64, 200_000), YamlLimits.Strict);
    }

    [Fact]
    public void A_text_may_have_so_many_bytes_levels_and_nodes_and_no_more()
    {
        Assert.Equal("Scalar 0-5 <abcde>", Shown.Nodes("abcde", new YamlLimits(5, 1, 1)));
        Assert.Equal("too-large 1:1", Shown.Nodes("abcdef", new YamlLimits(5, 1, 1)));
        Assert.Equal("FlowSequence 0-4 [FlowSequence 1-3 []]", Shown.Nodes("[[]]", new YamlLimits(9, 2, 2)));
        Assert.Equal("too-deep 1:3", Shown.Nodes("[[[]]]", new YamlLimits(9, 2, 9)));
        Assert.Equal("too-deep 1:5", Shown.Nodes("- - - x", new YamlLimits(9, 2, 9)));
        Assert.Equal("too-deep 1:2", Shown.Nodes("[a: b]", new YamlLimits(9, 1, 9)));
        Assert.Equal("FlowSequence 0-3 [Scalar 1-2 <a>]", Shown.Nodes("[a]", new YamlLimits(9, 1, 2)));
        Assert.Equal("too-many-nodes 1:4", Shown.Nodes("[a,b]", new YamlLimits(9, 1, 2)));
        Assert.Equal("too-many-nodes 1:4", Shown.Nodes("[a,[]]", new YamlLimits(9, 2, 2)));
        Assert.Equal("too-many-nodes 1:3", Shown.Nodes("a: ", new YamlLimits(9, 2, 2)));
        Assert.Equal("too-many-nodes 1:9", Shown.Nodes("[&x a , *x]", new YamlLimits(20, 2, 2)));
        Assert.Equal("BlockSequence 0-3 [Scalar 2-3 dash 0 <a>]", Shown.Nodes("- a", new YamlLimits(9, 1, 9)));
    }

    [Fact]
    public void Each_limit_says_what_it_is()
    {
        string Message(string text, YamlLimits limits) => YamlDocument.Read(Encoding.UTF8.GetBytes(text), limits).Failure!.Message;
        Assert.Equal("The text is larger than this program reads.", Message("ab", new(1, 9, 9)));
        Assert.Equal("The nesting is deeper than this program reads.", Message("[[", new(9, 1, 9)));
        Assert.Equal("The text has more values than this program reads.", Message("[a", new(9, 9, 1)));
        Assert.Equal(FailureKind.Refused, YamlDocument.Read("ab"u8.ToArray(), new(1, 9, 9)).Failure!.Kind);
    }

    [Fact]
    public void Collections_may_be_a_thousand_levels_deep()
    {
        Assert.StartsWith("{\"a\":[[", Shown.Json("a: " + new string('[', 999) + new string(']', 999)), StringComparison.Ordinal);
        Assert.Equal("too-deep 1:1003", Shown.Json("a: " + new string('[', 1_000) + new string(']', 1_000)));
    }

    [Fact]
    public void Aliases_may_not_nest_deeper_than_a_thousand_levels()
    {
        // Each anchor adds 99 levels to the one before it: x9 is 900 levels deep, x10 is 999 and so on.
        string Text(int anchors, int more) =>
            "x0: &x0 1\n" + string.Concat(Enumerable.Range(1, anchors).Select(i => $"x{i}: &x{i} {Brackets(99, "*x" + (i - 1) + " ")}\n")) + "z: " + Brackets(more, $"*x{anchors} ") + "\n";
        Assert.StartsWith("{", Shown.Json(Text(10, 9)), StringComparison.Ordinal);
        Assert.Equal("too-deep 12:15", Shown.Json(Text(10, 11)));
        var failure = HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(Text(10, 11))], Version = HelmVersion.TryParse("3") }).Failure!;
        Assert.Equal((FailureKind.Refused, "Aliases nest deeper than this program reads."), (failure.Kind, failure.Message));
    }

    [Fact]
    public void A_chain_of_merges_does_not_count_as_depth()
    {
        var text = "x0: &x0 {a: 1}\n" + string.Concat(Enumerable.Range(1, 50).Select(i => $"x{i}: &x{i}\n  <<: *x{i - 1}\n"));
        Assert.EndsWith("\"x9\":{\"a\":1}}", Shown.Json(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_aliases_is_an_error_as_it_is_for_Helm()
    {
        var ten = string.Concat(Enumerable.Range(1, 5).Select(i => $"x{i}: &x{i} [{string.Join(", ", Enumerable.Repeat("*x" + (i - 1) + " ", 10))}]\n"));
        var failure = HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes("x0: &x0 [a]\n" + ten)], Version = HelmVersion.TryParse("3") }).Failure!;
        Assert.Equal(("alias-budget", FailureKind.HelmFails), (failure.Rule, failure.Kind));
        Assert.Equal("The document consists nearly only of aliases; Helm takes it for an attack.", failure.Message);
        Assert.StartsWith("{", Shown.Json("x0: &x0 [a]\n" + string.Concat(ten.Split('\n').Take(2).Select(line => line + "\n"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_may_multiply_text_to_64_MiB()
    {
        string Text(int copies) => "x: &x " + new string('a', (1 << 20) - 1) + "\ny: [" + string.Concat(Enumerable.Repeat("*x , ", copies)) + "]\n";
        Assert.Equal("aliases-too-large 2:320", Place(Text(64)));
        Assert.Equal("", Place(Text(63)));
    }

    [Fact]
    public void A_key_has_at_most_1024_characters()
    {
        Assert.StartsWith("{\"kkk", Shown.Json(new string('k', 1024) + ": 1"), StringComparison.Ordinal);
        Assert.Equal("yaml-value-here 1:1026", Shown.Json(new string('k', 1025) + ": 1"));
        Assert.StartsWith("{\"ééé", Shown.Json(new string('é', 1024) + ": 1"), StringComparison.Ordinal);
        Assert.Equal("yaml-flow 1:1031", Shown.Json("a: {" + new string('k', 1025) + " : 1}")[..16]);
        Assert.StartsWith("{\"kkk", Shown.Json("? " + new string('k', 1025) + "\n: 1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_tokens_wait_for_their_key_without_harm()
    {
        var list = string.Join(", ", Enumerable.Range(0, 700));
        Assert.Equal($"{{\"a\":[{list.Replace(" ", "", StringComparison.Ordinal)}]}}", Shown.Json($"a: [{list}]\n"));
        Assert.Equal("{\"a\":[[]],\"b\":1}", Shown.Json("a: [[" + new string('\n', 600) + "]]\nb: 1\n"));
        var deep = string.Concat(Enumerable.Range(0, 300).Select(i => new string(' ', i) + "k:\n")) + new string(' ', 300) + "v\n";
        Assert.StartsWith("{\"k\":{\"k\":", Shown.Json(deep), StringComparison.Ordinal);
    }

    private static string Brackets(int count, string inside) => new string('[', count) + inside + new string(']', count);

    private static string Place(string text) =>
        HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(text)], Version = HelmVersion.TryParse("3") }).Failure is { } failure ? Shown.Place(failure) : "";
}
