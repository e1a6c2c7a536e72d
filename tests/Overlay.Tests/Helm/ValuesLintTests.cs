using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

public sealed class ValuesLintTests
{
    [Theory]
    [InlineData("a: 1\nversion: 17.0\n", "number-changes 2:10 17.0 -> 17")]
    [InlineData("sha: 25921e05\n", "number-changes 1:6 25921e05 -> 2592100000")]
    [InlineData("a: [08]\n", "number-changes 1:5 08 -> 8")]
    [InlineData("enabled: no\n", "boolean-word 1:10 no -> false")]
    [InlineData("point:\n  y: 1\n", "key-changes 2:3 y -> true")]
    [InlineData("a: 1\na: 2\n", "repeated-key 2:1 a -> only the last value of this key")]
    [InlineData("  a: 1\nb: 2\n", "rest-ignored 2:1 text behind the end of the values -> nothing: Helm stops here")]
    [InlineData("1: a\n\"1\": b\n", "colliding-keys 2:1  -> not certain")]
    [InlineData("a: \"\\/\"\n", "yaml-escape 1:6  -> nothing: Helm fails")]
    [InlineData("a: |\n  x", "versions-disagree 2:1  -> not certain")]
    [InlineData("a: true\nb: 1\nc: '17.0'\nd: text\n<<: {e: 1.5}\n", "")]
    public void A_trap_is_named_with_its_place_and_what_Helm_reads(string text, string expected)
    {
        var findings = ValuesLint.Look(Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, string.Join("; ", findings.Select(each => $"{each.Rule} {each.Line}:{each.Column} {each.Written} -> {each.Reads}")));
    }

    private static readonly (string Text, string Advice)[] Advised =
    [
        ("a: 17.0\n", "Write \"17.0\" when it is text, 17 when it is meant so"),
        ("a: yes\n", "Write \"yes\" when it is text, true when it is meant so"),
        ("a: off\n", "Write \"off\" when it is text, false when it is meant so"),
        ("y: a\n", "Write \"y\" when it is text, true when it is meant so"),
        ("a: 1\na: 2\n", "Remove all but one"),
        ("{a: 1}\nb: 2\n", "Indent it like the rest, or remove it"),
        ("a: \"\\/\"\n", "This escape does not exist in YAML 1.1, or names no character (\\/ and surrogate pairs are errors)"),
        ("addons: 5116\n", "Quote the annotation in the chart"),
    ];

    private static readonly (string Text, string Findings)[] Listed =
    [
        ("a: [True, TRUE, true, False, false, y, N, on]\n",
            "boolean-word 1:37 y -> true; boolean-word 1:40 N -> false; boolean-word 1:43 on -> true"),
        ("a: [1, 1.0, 0x1F, 1e3, 1e400, .5, 18446744073709551615, -0, 0, -1, 1.5, 2001-01-01]\n",
            "number-changes 1:8 1.0 -> 1; number-changes 1:13 0x1F -> 31; number-changes 1:19 1e3 -> 1000; number-changes 1:31 .5 -> 0.5; "
            + "number-changes 1:35 18446744073709551615 -> 18446744073709552000; number-changes 1:57 -0 -> 0"),
        ("a: ['1.0', \"no\", !!str 1.0, ! no, ~, x]\n", ""),
        ("1.0: a\n08: b\nc: {no: d, 'no': e, !!str no: f, 1: g}\n",
            "key-changes 1:1 1.0 -> 1; key-changes 2:1 08 -> 8; key-changes 3:5 no -> false; repeated-key 3:27 no -> only the last value of this key"),
        ("b: 1.0\na: {c: 2.0, d: [3.0]}\n", "number-changes 1:4 1.0 -> 1; number-changes 2:8 2.0 -> 2; number-changes 2:17 3.0 -> 3"),
        ("<<: {a: 1}\n<<: {b: 1}\n'<<': 1\n\"<<\": 2\n", "repeated-key 4:1 << -> only the last value of this key"),
        ("a: 1.0\n? [b, 2.0]\n: 1\n", "number-changes 1:4 1.0 -> 1; collection-key 2:3  -> nothing: Helm fails"),
        ("addons: 5116\n", "number-hash 1:1  -> the addons hash 4694198984395866, which YAML takes for a number"),
        ("a: 1.0\n---\nb: 2.0\n", "number-changes 1:4 1.0 -> 1; versions-disagree 2:1  -> not certain"),
        ("a: .inf\nb: .nan\n", "not-a-number 1:4  -> nothing: Helm fails"),
        ("# only\n", ""), ("", ""),
        ("{a: 1}\n\nb: 2\nc: 3\n", "rest-ignored 3:1 text behind the end of the values -> nothing: Helm stops here"),
        ("x: &x 1.0\nz: *x\n*x : 2\n", "number-changes 1:7 1.0 -> 1"),
    ];

    [Fact]
    public void A_finding_says_what_to_write() => Shown.Holds(Advised, text => Assert.Single(ValuesLint.Look(Encoding.UTF8.GetBytes(text))).Write);

    [Fact]
    public void Findings_come_in_the_order_of_the_file() => Shown.Holds(Listed, ListedTextTests.Lint);
}
