using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>What people read where a text has no reading: each rule once, with the words and whose failure it is.</summary>
public sealed class MessageTests
{
    private static readonly (string Text, string Words)[] Failing =
    [
        ("a: \u0001",
            "yaml-character: YAML does not allow this control character; write it as an escape in double quotes."),
        ("a: @b", "yaml-start: No value can start with this character; quote the value."),
        ("a: 1\n b: 2\n",
            "yaml-value-here: A ': ' cannot stand here; quote the text, or put the key on a line of its own (a key has at most 1,024 characters)."),
        ("a:\n  b: c\n d: e\n", "yaml-indentation: This line's indentation fits nothing above it, or a key is missing."),
        ("a: |\n\tx\n", "yaml-tab: A tab stands where only spaces may indent; write spaces."),
        ("a: - b\n", "yaml-sequence-here: A list item cannot stand here; start it on a line of its own."),
        ("a: ? b\n", "yaml-key-here: A '?' key cannot stand here."),
        ("a: 1\nb\n", "yaml-key-without-colon: This line should be a key, but it has no ':'."),
        ("a: \"b", "yaml-open-quote: This quote is never closed."),
        ("a: 'b\n---\n'", "yaml-mark-in-quotes: A line that starts with '---' or '...' stands inside quotes."),
        ("a: \"\\/\"", "yaml-escape: This escape does not exist in YAML 1.1, or names no character (\\/ and surrogate pairs are errors)."),
        ("a: |x\n", "yaml-block-header: Behind '|' or '>' only '+', '-', a digit from 1 to 9 and a comment may follow."),
        ("%FOO\n---\na: b\n", "yaml-directive: This directive is unknown, incomplete or repeated."),
        ("a: !x{} 1", "yaml-tag: This tag is incomplete or has a character that tags cannot have."),
        ("a: !e!x 1", "yaml-tag-handle: No %TAG directive declares this tag's handle."),
        ("a: &x.y 1", "yaml-anchor: An anchor's name has only letters, digits, '_' and '-'."),
        ("a: *x", "yaml-unknown-anchor: No anchor of this name stands above this alias in the document."),
        ("a: ]", "yaml-no-content: A value was expected here."),
        ("a:\n- b\nc\n", "yaml-key-without-colon: This line should be a key, but it has no ':'."),
        ("- a\nb: c\n", "yaml-no-dash: A '-' was expected here: the line belongs to the list above it by its indentation."),
        ("a: [1}", "yaml-flow: A ',' or the closing bracket was expected here; inside brackets quote a text that holds '?', ':', ',' or brackets."),
        ("%YAML 1.1\na: b\n", "yaml-no-document: A directive must be followed by '---'."),
        ("a: .inf", "not-a-number: JSON has no infinity and no NaN; quote the text."),
        ("a: !!int x", "tag-mismatch: The text is not what its tag says."),
        ("a: !!binary x", "binary: The text is not base64, which its tag says it is."),
        ("? [a]\n: b\n", "collection-key: A list or a map cannot be a key."),
        ("~: b\n", "key-kind: A key is null or an integer too large for 64 bits with sign; quote it."),
        ("<<: 1\n", "merge-value: '<<' takes a map, an alias of a map, or a list of those."),
        ("a: &a [*a]\n", "alias-of-itself: The anchor's value contains its own alias."),
        ("- 1\n", "root-kind: A values file must be a map of keys."),
        ("1: a\n\"1\": b\n",
            "refused colliding-keys: Two keys become the same text '1' (such as 1 and \"1\", yes and \"true\"); Helm picks one by chance. Remove one."),
        ("a: \uFEFF",
            "refused byte-order-mark: A byte order mark (U+FEFF) stands inside the text, where Helm's reading depends on its buffers; remove it."),
        ("{a: b}\nx\u0001",
            "refused character-behind-the-end: Behind the part that Helm reads there is a byte that YAML does not allow; whether Helm notices depends on its buffers."),
    ];

    [Fact]
    public void Each_rule_has_its_words() => Shown.Holds(Failing, text => Words(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void UTF_16_is_refused_with_its_remedy()
    {
        Assert.Equal("refused utf-16: The text is UTF-16; save it as UTF-8.", Words([0xFF, 0xFE, (byte)'a', 0]));
        Assert.Equal("refused utf-16: The text is UTF-16; save it as UTF-8.", Words([0xFE, 0xFF, 0, (byte)'a']));
        Assert.StartsWith("yaml-character", Words([0xFF, (byte)'a']), StringComparison.Ordinal);
        Assert.StartsWith("yaml-character", Words([0xFE]), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_found_where_they_stand()
    {
        foreach (var bad in new byte[][] { [0x80], [0xC3], [0xC3, 0x28], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80] })
        {
            byte[] text = [.. "a: 1\nb: é"u8, .. bad, (byte)'\n'];
            var failure = HelmValues.Read(new HelmInput { Files = [text], Version = HelmVersion.TryParse("3") }).Failure!;
            Assert.Equal(("yaml-character", FailureKind.HelmFails, 2, 5), (failure.Rule, failure.Kind, failure.Line, failure.Column));
        }
    }

    [Fact]
    public void An_earlier_fault_wins_over_a_bad_character_only_where_it_is_a_refusal()
    {
        Assert.StartsWith("yaml-character", Words([.. "a: @b\n"u8, 1]), StringComparison.Ordinal);
        Assert.StartsWith("refused too-deep", Words([.. Encoding.UTF8.GetBytes(new string('[', 1001)), 1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_that_disagree_are_named()
    {
        var values = Whole("a: |\n  x");
        Assert.Equal("Helm 3.19.4 and 4.0.4 make different values of a; say which version reads it.", values.Message);
        Assert.Equal((FailureKind.Refused, "versions-disagree", 0, 2, 1), (values.Kind, values.Rule, values.File, values.Line, values.Column));
        var valid = Whole("a: 1\n--- b\n");
        Assert.Equal("Helm 3.19.4 and 4.0.4 do not agree that this input is valid; say which version reads it.", valid.Message);
        Assert.Equal((0, 2, 1), (valid.File, valid.Line, valid.Column));
        var other = HelmValues.Read(new HelmInput { Files = ["a: 1\n"u8.ToArray(), "b: 1\n---\n c: [\n"u8.ToArray()] }).Failure!;
        Assert.Equal(("versions-disagree", 1, 3), (other.Rule, other.File, other.Line));
    }

    private static HelmFailure Whole(string text) => HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(text)] }).Failure!;

    private static string Words(byte[] text)
    {
        var failure = HelmValues.Read(new HelmInput { Files = [text], Version = HelmVersion.TryParse("3") }).Failure;
        if (failure is null) return "read";
        Assert.Equal(0, failure.File);
        return (failure.Kind is FailureKind.Refused ? "refused " : "") + failure.Rule + ": " + failure.Message;
    }
}
