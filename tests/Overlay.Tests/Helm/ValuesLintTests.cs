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
}
