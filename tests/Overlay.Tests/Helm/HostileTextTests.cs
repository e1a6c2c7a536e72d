using System.Diagnostics;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Texts made to hurt: each gets an answer or a refusal, quickly, on a small stack.</summary>
public sealed class HostileTextTests
{
    private const int Mega = 1 << 20;
    private const int SmallStack = 1 << 20;

    public static TheoryData<string> Names => [.. Texts.Keys];

    private static Dictionary<string, Func<byte[]>> Texts { get; } = new(StringComparer.Ordinal)
    {
        ["brackets"] = () => Repeat("[", Mega),
        ["braces"] = () => Repeat("{", Mega),
        ["open braces with keys"] = () => Repeat("{a: ", Mega / 4),
        ["dashes"] = () => Repeat("- ", Mega / 2),
        ["question marks"] = () => Repeat("? ", Mega / 2),
        ["brackets behind 999 levels"] = () => Bytes(new string('[', 999) + string.Concat(Enumerable.Repeat("a,", Mega / 2))),
        ["10,000 levels"] = () => Bytes("a: " + new string('[', 10_000) + new string(']', 10_000)),
        ["levels by indentation"] = () => Bytes(string.Concat(Enumerable.Range(0, 1_400).Select(i => new string(' ', i) + "a:\n"))),
        ["a long key"] = () => Bytes(new string('k', Mega) + ": 1\n"),
        ["a long quoted key"] = () => Bytes("\"" + new string('k', Mega) + "\": 1\n"),
        ["a long explicit key"] = () => Bytes("? " + new string('k', Mega) + "\n: 1\n"),
        ["a long text"] = () => Bytes("k: \"" + new string('é', Mega / 2) + "\"\n"),
        ["a long number"] = () => Bytes("k: " + new string('9', Mega) + "\n"),
        ["a long number with underscores"] = () => Bytes("k: " + new string('_', Mega).Insert(0, "1") + "\n"),
        ["many empty lines"] = () => Bytes("k: a\n" + new string('\n', Mega) + "  b\n"),
        ["many empty lines in a block"] = () => Bytes("k: |\n" + new string('\n', Mega)),
        ["many keys"] = () => Bytes(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: {i}\n"))),
        ["many equal keys"] = () => Repeat("k: 1\n", Mega / 5),
        ["many anchors"] = () => Bytes(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"k{i}: &a{i} 1\n"))),
        ["alias bomb"] = () => Bytes(Bomb("[", "]")),
        ["alias bomb of maps"] = () => Bytes(Bomb("{k: ", "}")),
        ["alias chain"] = () => Bytes("a0: &a0 [1]\n" + string.Concat(Enumerable.Range(1, 20_000).Select(i => $"a{i}: &a{i} [*a{i - 1}]\n"))),
        ["alias of a large text"] = () => Bytes("a: &a \"" + new string('x', 100_000) + "\"\nb: [" + string.Concat(Enumerable.Repeat("*a, ", 20_000)) + "]\n"),
        ["merge of each other"] = () => Bytes("<<: [" + string.Join(", ", Enumerable.Range(0, 20_000).Select(i => $"{{k{i}: &x{i} [{(i == 0 ? "1" : "*x" + (i - 1))}]}}")) + "]\n"),
        ["commas"] = () => Bytes("a: [" + new string(',', Mega)),
        ["colons"] = () => Repeat(": ", Mega / 2),
        ["percent signs in a tag"] = () => Bytes("a: !" + string.Concat(Enumerable.Repeat("%41", Mega / 3)) + " b\n"),
        ["carriage returns"] = () => Repeat("\r", Mega),
        ["zeros"] = () => new byte[Mega],
        ["documents"] = () => Repeat("---\n", Mega / 4),
        ["9 MB"] = () => Repeat("a", 9 << 20),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_text_is_answered_or_refused_at_once(string name)
    {
        var text = Texts[name]();
        var clock = new Stopwatch();
        HelmReading<HelmMap>? reading = null;
        var thread = new Thread(() => reading = HelmValues.Read(new HelmInput { Files = [text] }), SmallStack);
        clock.Start();
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(20)), $"{name} goes on for ever");
        Assert.NotNull(reading);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(4), $"{name} took {clock.Elapsed}");
        if (reading.Value is not null) Assert.NotEmpty(GoJson.Write(reading.Value));
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
