using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Hostile;

/// <summary>Texts made to hurt: each gets an answer or a refusal, quickly, in a process whose heap and stack are small.</summary>
public sealed class HostileTextTests
{
    private const int Mega = 1 << 20;

    /// <summary>What fails does so on both ways at the same place.</summary>
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (name, (outcome, _)) in Texts)
            {
                cases.Add(name, HostileChild.Hash);
                if (outcome is "read") cases.Add(name, HostileChild.Values);
            }

            return cases;
        }
    }

    private static Dictionary<string, (string Outcome, Func<byte[]> Text)> Texts { get; } = new(StringComparer.Ordinal)
    {
        ["brackets"] = ("too-deep", () => Repeat("[", Mega)),
        ["braces"] = ("too-deep", () => Repeat("{", Mega)),
        ["open braces with keys"] = ("too-deep", () => Repeat("{a: ", Mega / 4)),
        ["dashes"] = ("too-deep", () => Repeat("- ", Mega / 2)),
        ["question marks"] = ("too-deep", () => Repeat("? ", Mega / 2)),
        ["brackets behind 999 levels"] = ("too-many-nodes", () => Bytes(new string('[', 999) + string.Concat(Enumerable.Repeat("a,", Mega / 2)))),
        ["10,000 levels"] = ("too-deep", () => Bytes("a: " + new string('[', 10_000) + new string(']', 10_000))),
        ["levels by indentation"] = ("too-deep", () => Bytes(string.Concat(Enumerable.Range(0, 1_400).Select(i => new string(' ', i) + "a:\n")))),
        ["a long key"] = ("yaml-value-here", () => Bytes(new string('k', Mega) + ": 1\n")),
        ["a long quoted key"] = ("yaml-value-here", () => Bytes("\"" + new string('k', Mega) + "\": 1\n")),
        ["a long explicit key"] = ("read", () => Bytes("? " + new string('k', Mega) + "\n: 1\n")),
        ["a long text"] = ("read", () => Bytes("k: \"" + new string('é', Mega / 2) + "\"\n")),
        ["a long number"] = ("read", () => Bytes("k: " + new string('9', Mega) + "\n")),
        ["a long number with underscores"] = ("read", () => Bytes("k: " + new string('_', Mega).Insert(0, "1") + "\n")),
        ["many empty lines"] = ("read", () => Bytes("k: a\n" + new string('\n', Mega) + "  b\n")),
        ["many empty lines in a block"] = ("read", () => Bytes("k: |\n" + new string('\n', Mega))),
        ["many keys"] = ("read", () => Bytes(string.Concat(Enumerable.Range(0, 24_000).Select(i => $"k{i}: {i}\n")))),
        ["too many keys"] = ("too-many-nodes", () => Bytes(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: {i}\n")))),
        ["many equal keys"] = ("too-many-nodes", () => Repeat("k: 1\n", Mega / 5)),
        ["many anchors"] = ("read", () => Bytes(string.Concat(Enumerable.Range(0, 24_000).Select(i => $"k{i}: &a{i} 1\n")))),
        ["alias bomb"] = ("alias-budget", () => Bytes(Bomb("[", "]"))),
        ["alias bomb of maps"] = ("alias-budget", () => Bytes(Bomb("{k: ", "}"))),
        ["alias chain"] = ("alias-budget", () => Bytes("a0: &a0 [1]\n" + string.Concat(Enumerable.Range(1, 12_000).Select(i => $"a{i}: &a{i} [*a{i - 1}]\n")))),
        ["alias of a large text"] = ("aliases-too-large", () => Bytes("a: &a \"" + new string('x', 100_000) + "\"\nb: [" + string.Concat(Enumerable.Repeat("*a, ", 20_000)) + "]\n")),
        ["merge of each other"] = ("alias-budget", () => Bytes("<<: [" + string.Join(", ", Enumerable.Range(0, 8_000).Select(i => $"{{k{i}: &x{i} [{(i == 0 ? "1" : "*x" + (i - 1))}]}}")) + "]\n")),
        ["commas"] = ("yaml-no-content", () => Bytes("a: [" + new string(',', Mega))),
        ["colons"] = ("versions-disagree", () => Repeat(": ", Mega / 2)),
        ["percent signs in a tag"] = ("read", () => Bytes("a: !" + string.Concat(Enumerable.Repeat("%41", Mega / 3)) + " b\n")),
        ["carriage returns"] = ("last-line-4096", () => Repeat("\r", Mega)),
        ["zeros"] = ("versions-disagree", () => new byte[Mega]),
        ["documents"] = ("too-many-documents", () => Repeat("---\n", Mega / 4)),
        ["bytes that start characters"] = ("versions-disagree", () => Fill(0xF0, Mega)),
        ["bytes that continue characters"] = ("versions-disagree", () => Fill(0x80, Mega)),
        ["a character cut at the end"] = ("yaml-character", () => [.. Bytes("a: " + new string('x', Mega)), 0xE2, 0x80]),
        ["a cut character in the middle"] = ("yaml-character", () => [.. Bytes("a: "), 0xF0, 0x9F, 0x98, .. Repeat("x", Mega)]),
        ["quotes"] = ("read", () => Bytes("a: " + new string('\'', Mega))),
        ["an open quote"] = ("root-kind", () => Repeat("\"a b\n", Mega / 5)),
        ["backslashes"] = ("read", () => Bytes("a: \"" + new string('\\', Mega) + "\"\n")),
        ["comments"] = ("read", () => Repeat("#\n", Mega / 2)),
        ["merge keys"] = ("read", () => Bytes("a: &a {b: 1}\nc:\n" + string.Concat(Enumerable.Repeat("  <<: *a\n", 20_000)))),
        ["a bomb of merge keys"] = ("alias-budget", () => Bytes("a0: &a0 {k: 1}\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} {{<<: [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}], k{i}: 1}}\n")))),
        ["keys of numbers that are equal"] = ("read", () => Bytes(string.Concat(Enumerable.Range(1, 12_000).Select(i => $"0x{i:x}: {i}\n{i}: 1\n")))),
        ["tabs"] = ("read", () => Bytes("a:" + new string('\t', Mega) + "b\n")),
        ["anchors on nothing"] = ("read", () => Repeat("&a ", Mega / 3)),
        ["directives"] = ("yaml-directive", () => Repeat("%TAG !a! b\n", Mega / 11)),
        ["line separators"] = ("read", () => Repeat("\u2028", Mega / 3)),
        ["a folded text of short lines"] = ("read", () => Bytes("k: >\n" + string.Concat(Enumerable.Repeat(" a\n\n", Mega / 4)))),
        ["9 MB"] = ("too-large", () => Repeat("a", 9 << 20)),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hostile_text_is_answered_or_refused_within_a_second_and_64_megabytes(string name, string way)
    {
        var (expected, text) = Texts[name];
        var outcome = HostileChild.Start(way, text());
        Assert.Equal(expected, outcome.Outcome);
        Assert.True(outcome.ProcessorTime <= TimeSpan.FromSeconds(1), $"{name} took {outcome.ProcessorTime.TotalMilliseconds} ms of processor time");
        Assert.True(outcome.PeakKibibytes <= 64 << 10, $"{name} took {outcome.PeakKibibytes} KiB");
    }

    [Fact]
    public void A_text_cut_at_any_byte_is_answered_or_refused()
    {
        var whole = Bytes("# ü\naddons:\n- {name: \"é\\u00e9\", v: 'x''y'}\n- &a [日本, *a]\n- |2-\n  😀\n<<: !!str x\n...\n---\nb: \u2028\n");
        for (var length = 0; length <= whole.Length; length++)
        {
            var reading = HelmValues.Read(new HelmInput { Files = [whole.AsMemory(0, length)] });
            Assert.True(reading.Value is null != reading.Failure is null);
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Fill(byte value, int times)
    {
        var bytes = new byte[times];
        Array.Fill(bytes, value);
        return bytes;
    }

    private static byte[] Repeat(string text, int times) => Bytes(new StringBuilder(text.Length * times).Insert(0, text, times).ToString());

    private static string Bomb(string open, string close)
    {
        var text = new StringBuilder("a0: &a0 x\n");
        for (var i = 1; i < 40; i++)
        {
            var alias = $"*a{i - 1}";
            text.Append($"a{i}: &a{i} [{open}{alias}{close}, {open}{alias}{close}, {open}{alias}{close}, {alias}]\n");
        }

        return text.ToString();
    }
}
