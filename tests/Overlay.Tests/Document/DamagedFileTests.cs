using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Document;

public sealed class DamagedFileTests
{
    private static readonly byte[][] Pieces =
    [
        .. new[] { "\n", "\r", "\t", "  ", "- ", "? ", ": ", ":", "#", " #", "&a ", "*a", "<<: ", "!!str ", "{", "}", "[", "]", ",", "\"", "'", "|", ">+\n", "---\n", "...\n", "%", "\uFEFF", "\u2028", "\0", "addons:\n" }
            .Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80],
    ];

    [Fact]
    public void A_damaged_file_gives_a_result_or_problems_with_a_place_and_never_an_exception()
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var overlay = new GeneratedOverlay(seed % 500);
            var text = Damage(overlay.Text, new Dice(seed));
            var failure = Record.Exception(() => ReadAndEdit(text, new GeneratedWish(seed).Any(overlay)));
            if (failure is not null) Assert.Fail($"seed {seed}: {failure}\n{System.Text.Encoding.UTF8.GetString(text)}");
        }
    }

    [Fact]
    public void Each_beginning_of_a_file_gives_a_result_or_problems()
    {
        var overlay = new GeneratedOverlay(7);
        for (var length = 0; length < overlay.Text.Length; length++)
            ReadAndEdit(overlay.Text.AsMemory(0, length), new GeneratedWish(length).Any(overlay));
    }

    private static void ReadAndEdit(ReadOnlyMemory<byte> text, OverlayWish wish)
    {
        var reading = OverlayDocument.Read("values.yaml", text, WishFile.Acme);
        AssertTold(reading.Document is null, reading.Problems);
        if (reading.Document is null) return;
        var result = OverlayEditor.Edit(reading.Document, wish);
        AssertTold(result.Text is null, result.Problems);
        if (result.Text is not { } after) return;
        var again = OverlayDocument.Read("values.yaml", after, WishFile.Acme).Document;
        Assert.NotNull(again);
        Assert.Empty(OverlayEditor.Edit(again, wish).Steps);
    }

    private static void AssertTold(bool isRefused, IEnumerable<Problem> problems) =>
        Assert.Equal(isRefused, problems.Any(problem => problem.Severity == Severity.Error && problem.Place.Line > 0 && problem.Remedy.Length > 0));

    private static byte[] Damage(byte[] text, Dice random)
    {
        var bytes = text.ToList();
        for (var i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            var count = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(3))
            {
                case 0: bytes.RemoveRange(at, count); break;
                case 1: bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]); break;
                default: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, count)); break;
            }
        }

        return [.. bytes];
    }
}
