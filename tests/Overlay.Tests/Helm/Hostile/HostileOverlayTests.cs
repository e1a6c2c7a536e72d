using System.Text;
using OdooSky.GitOps.Overlay.Helm.Yaml;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Hostile;

/// <summary>The same for what looks at each place of a text: the linter and a plan, on lines of a megabyte and much that is odd.</summary>
public sealed class HostileOverlayTests
{
    private const int Mega = 1 << 20;

    private static Dictionary<string, Func<string>> Texts { get; } = new(StringComparer.Ordinal)
    {
        ["one line of booleans"] = () => "k: [" + Many(45_000, _ => "no,                    ") + "]\n",
        ["one line of rows"] = () => "instance: {code: acme}\naddons: [" + Many(6_500, i => $"{{code: a{i}, source: \"odoo-builtin\", image: \"{new string('x', 90)}\"}}, ") + "]\n",
        ["rows in lines"] = () => "instance: {code: acme}\naddons:\n" + Many(6_500, i => $"- code: a{i}\n  source: odoo-builtin\n  version: 1.0\n"),
        ["one line of equal keys"] = () => "{" + Many(24_000, i => $"0x{i % 7:x}: yes,                        ") + "}\n",
        ["merges of many keys"] = () => "a: &a {" + Many(12_000, i => $"k{i}: 1, ") + "}\nb:\n  z: 1\n" + Many(6_000, _ => "  <<: *a\n"),
        ["invisible line breaks"] = () => "a: 1\n#" + Many(Mega / 6, _ => "\u2028#x"),
        ["a long text"] = () => "k: " + new string('9', Mega - 8) + "\n",
        ["open brackets"] = () => new string('[', Mega - 1),
    };

    [Theory]
    [InlineData("one line of booleans", HostileChild.Lint, "45000")]
    [InlineData("one line of booleans", HostileChild.Plan, "Unchanged")]
    [InlineData("one line of rows", HostileChild.Lint, "0")]
    [InlineData("one line of rows", HostileChild.Plan, "Update")]
    [InlineData("rows in lines", HostileChild.Lint, "6500")]
    [InlineData("rows in lines", HostileChild.Plan, "Update")]
    [InlineData("one line of equal keys", HostileChild.Lint, "71993")]
    [InlineData("merges of many keys", HostileChild.Lint, "1")]
    [InlineData("invisible line breaks", HostileChild.Lint, "0")]
    [InlineData("a long text", HostileChild.Lint, "0")]
    [InlineData("a long text", HostileChild.Plan, "Unchanged")]
    [InlineData("open brackets", HostileChild.Lint, "1")]
    [InlineData("open brackets", HostileChild.Plan, "OSG0201")]
    public void A_hostile_overlay_is_looked_at_and_planned_within_3_seconds_and_96_megabytes(string name, string way, string expected)
    {
        var outcome = HostileChild.Start(way, Encoding.UTF8.GetBytes(Texts[name]()));
        Assert.Equal(expected, outcome.Outcome);
        Assert.True(outcome.ProcessorTime <= TimeSpan.FromSeconds(3), $"{name} took {outcome.ProcessorTime.TotalMilliseconds} ms of processor time");
        Assert.True(outcome.PeakKibibytes <= 96 << 10, $"{name} took {outcome.PeakKibibytes} KiB");
    }

    [Theory]
    [InlineData("a\nbc", 3, 2, 2)]
    [InlineData("a\r\nbc\rd", 6, 3, 1)]
    [InlineData("é😀x", 6, 1, 3)]
    [InlineData("a", 1, 1, 2)]
    [InlineData("", 0, 1, 1)]
    public void A_place_counts_lines_and_characters(string text, int offset, int line, int column) =>
        Assert.Equal((line, column), new TextPlaces(Encoding.UTF8.GetBytes(text)).Of(offset));

    [Fact]
    public void A_place_in_a_long_line_counts_as_one_in_a_short_line()
    {
        var text = Encoding.UTF8.GetBytes("first\n" + Many(3_000, i => i % 3 == 0 ? "é" : "x") + "\nlast");
        var places = new TextPlaces(text);
        for (int offset = 6, column = 1; text[offset] != (byte)'\n'; offset++)
        {
            Assert.Equal((2, column), places.Of(offset));
            if ((text[offset] & 0xC0) != 0x80) column++;
        }

        Assert.Equal((3, 5), places.Of(text.Length));
    }

    private static string Many(int times, Func<int, string> text) => string.Concat(Enumerable.Range(0, times).Select(text));
}
