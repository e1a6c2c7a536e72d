using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Each trap with its place, what Helm reads, and what to do.</summary>
public sealed class LintTrapTests
{
    [Theory]
    [InlineData("{yes: 1, true: 2}\n", "1:2 Helm reads the key yes as true (key-changes). Write \"yes\" when it is text, true when it is meant so|1:10 Helm reads true as the same key as yes, of which only the last value counts (repeated-key). Remove all but one")]
    [InlineData("{1: 1, 01: 2}\n", "1:8 Helm reads 01 as the same key as 1, of which only the last value counts (repeated-key). Remove all but one|1:8 Helm reads the key 01 as 1 (key-changes). Write \"01\" when it is text, 1 when it is meant so")]
    [InlineData("a: 1\n\"a\": 2\n", "2:1 Helm reads a as only the last value of this key (repeated-key). Remove all but one")]
    [InlineData("1: a\n\"1\": b\n", "")]
    [InlineData("!!str 1: a\n\"1\": b\n", "2:1 Helm reads 1 as only the last value of this key (repeated-key). Remove all but one")]
    [InlineData("addons:\n", "1:1 Helm reads addons as null, which discards the chart's own list (empty-addons). Write addons: [] for no addons, or leave the key out for the chart's own")]
    [InlineData("addons: ~\n", "1:1 Helm reads addons as null, which discards the chart's own list (empty-addons). Write addons: [] for no addons, or leave the key out for the chart's own")]
    [InlineData("x: {addons: }\naddons: \"\"\n", "")]
    [InlineData("{a:1, b: 2}\n", "1:2 Helm reads a:1 as a key without a value (flow-colon). Put a blank behind the colon")]
    [InlineData("{\"a:1\", b, \"c\":1}\n", "")]
    [InlineData("b: &b {q: 1}\nm: {q: 2, <<: *b}\n", "2:11 Helm reads << as values that replace q above it (merge-overwrites). Put << above the keys that shall win")]
    [InlineData("b: &b {q: 1}\nm: {q: 2, <<: [{x: 1}, *b]}\n", "2:11 Helm reads << as values that replace q above it (merge-overwrites). Put << above the keys that shall win")]
    [InlineData("b: &b {q: 1}\nm: {<<: *b, q: 2}\nk: {a: 1, <<: *b}\n", "")]
    [InlineData("# c\u2028a: 1\n", "1:4 The invisible character U+2028 ends the line for Helm: what follows it is no comment (hidden-line-break). Remove it, or make it a line break that editors show")]
    [InlineData("b: 1 # c\u0085a: 1\n", "1:9 The invisible character U+0085 ends the line for Helm: what follows it is no comment (hidden-line-break). Remove it, or make it a line break that editors show")]
    [InlineData("b: 1 # c\u2029\n# d\u2028# e\u0085 \nk: \"x\u2028y\"\nl: |\n  x\u2029  y\n", "")]
    [InlineData("a: 1\n...\n\n  b: 2\n", "4:3 Helm reads nothing from here on: the values end above (rest-ignored). Remove it, or put it above the line that ends the values")]
    [InlineData("a: 1\n...\n# c\n", "")]
    [InlineData("a: 1\n...\n---\nb: 2\n", "")]
    [InlineData("v: 12345678901234567890123456789012345678901234567890123456789012345\n", "1:4 Helm reads 123456789012345678901234567890123456789012345678901234567890… as 1.2345678901234568e+64 (number-changes). Write \"12345678901234567890123456789012345678901234567890123456789012345\" when it is text, 1.2345678901234568e+64 when it is meant so")]
    public void A_trap_is_a_sentence_and_a_remedy(string text, string expected) => Assert.Equal(expected, Say(text, null));

    [Theory]
    [InlineData("3", "a: 1\n---\nb: no\n", "3:1 Helm reads nothing from here on: the values end above (rest-ignored). Remove it, or put it above the line that ends the values")]
    [InlineData("4", "a: 1\n---\nb: no\n", "3:4 Helm reads no as false (boolean-word). Write \"no\" when it is text, false when it is meant so")]
    [InlineData("4", "a: 1\n...\nx\n---\nb: no\n", "3:1 Helm reads nothing from here on: the values end above (rest-ignored). Remove it, or put it above the line that ends the values|5:4 Helm reads no as false (boolean-word). Write \"no\" when it is text, false when it is meant so")]
    public void What_a_version_reads_is_looked_at_and_what_it_does_not_is_named(string version, string text, string expected) =>
        Assert.Equal(expected, Say(text, version));

    [Theory]
    [InlineData(null, "versions-disagree 2:1 What Helm reads here is not certain. Helm 3.19.4 and 4.0.4 make different values of a; say which version reads it")]
    [InlineData("3", "")]
    [InlineData("4", "")]
    public void A_named_version_is_certain_of_a_last_line_without_its_break(string? version, string expected) =>
        Assert.Equal(expected, Whole("a: |\n  x", version));

    [Fact]
    public void A_hash_that_is_a_number_has_the_place_of_the_addons()
    {
        var text = Enumerable.Range(0, 100_000).Select(i => $"a: 1\naddons: [\"{i}\"]\n").First(each =>
            AddonsHash.LooksLikeNumber(HelmValues.HashAddons(new HelmInput { Files = [Encoding.UTF8.GetBytes(each)] }).Value!));
        Assert.Matches("^number-hash 2:1 The addons hash [0-9e]{16} is a number in YAML. Quote the annotation in the chart$", Whole(text, null));
    }

    [Fact]
    public void A_tab_in_a_failing_file_is_a_tab()
    {
        Assert.Equal("yaml-tab 2:1 Helm fails here. A tab stands where only spaces may indent; write spaces", Whole("a:\n\tb: 1\n", null));
        Assert.Equal("yaml-open-quote 1:4 Helm fails here. This quote is never closed", Whole("a: \"x\nb: 1\n", null));
        Assert.Equal("yaml-open-bracket 1:8 Helm fails here. This bracket is never closed", Whole("a: [1, {b: 2,\n", null));
        Assert.Equal("yaml-open-bracket 1:4 Helm fails here. This bracket is never closed", Whole("a: [1, {b: 2}, c\n", null));
        Assert.StartsWith("yaml-flow 1:14 Helm fails here. A ',' or the closing bracket was expected here; inside brackets quote", Whole("a: [http://x/?q=1]\n", null));
        Assert.StartsWith("collection-key 1:5 Helm fails here. Values files are no templates", Whole("a: {{ .x }}\n", null));
        Assert.StartsWith("collection-key 1:4 Helm fails here. A list or a map cannot be a key", Whole("{? [a] : 1}\n", null));
    }

    [Fact]
    public void A_byte_that_is_no_UTF_8_asks_for_UTF_8_and_a_control_character_for_an_escape()
    {
        Assert.Equal("This byte is no UTF-8; save the file as UTF-8.", FailureOf([.. "a: caf"u8, 0xE9, .. "\n"u8]).Message);
        Assert.Equal("YAML does not allow this control character; write it as an escape in double quotes.", FailureOf([.. "a: b\u0007\n"u8]).Message);
    }

    private static HelmFailure FailureOf(byte[] text) => HelmValues.Read(new HelmInput { Files = [text] }).Failure!;

    private static string Say(string text, string? version) => string.Join(
        '|', ValuesLint.Traps(Encoding.UTF8.GetBytes(text), HelmVersion.TryParse(version)).Select(each => $"{each.Line}:{each.Column} {each.What} ({each.Rule}). {each.Write}"));

    private static string Whole(string text, string? version) => string.Join(
        '|', ValuesLint.Look(Encoding.UTF8.GetBytes(text), HelmVersion.TryParse(version)).Select(each => $"{each.Rule} {each.Line}:{each.Column} {each.What}. {each.Write}"));
}
