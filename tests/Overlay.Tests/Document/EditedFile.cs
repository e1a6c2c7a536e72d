using System.Runtime.InteropServices;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Document;

/// <summary>A generated file, a wish for it, and what became of it: one case that every property looks at.</summary>
internal sealed class EditedFile
{
    public EditedFile(int seed)
    {
        Overlay = new GeneratedOverlay(seed);
        Wishes = new GeneratedWish(seed);
        Before = Read(Overlay.Text);
        Wish = Wishes.Any(Overlay);
        Text = Edit(Before, Wish);
        After = Read(Text);
    }

    public GeneratedOverlay Overlay { get; }

    public GeneratedWish Wishes { get; }

    public OverlayDocument Before { get; }

    public OverlayWish Wish { get; }

    /// <summary>The bytes of the edited file.</summary>
    public byte[] Text { get; }

    public OverlayDocument After { get; }

    public static OverlayDocument Read(ReadOnlyMemory<byte> text)
    {
        var reading = OverlayDocument.Read("instances/acme/values.yaml", text, WishFile.Acme);
        Assert.Empty(reading.Problems);
        return reading.Document!;
    }

    public static byte[] Edit(OverlayDocument before, OverlayWish wish)
    {
        var result = OverlayEditor.Edit(before, wish);
        Assert.Empty(result.Problems);
        return MemoryMarshal.TryGetArray(result.Text!.Value, out var array) && array.Count == array.Array!.Length
            ? array.Array
            : result.Text.Value.ToArray();
    }

    public bool Stays(AddonRow row) => Wish.Addons.Any(wished => wished.Code == row.Code);

    /// <summary>Whether a line of the file belongs to people or to something that the wish leaves as it is.</summary>
    public bool MustStay(GeneratedLine line)
    {
        if (line.Owner is null) return true;
        if (line.Owner is "gap") return Overlay.Rows.All(Wish.Addons.Contains);
        if (line.Owner is "heading") return Stays(Overlay.Rows[0]);
        if (line.Owner.Split('.') is not [var code, var field])
            return !Overlay.InBrackets && Overlay.Rows.Find(row => row.Code == line.Owner) is { } owner && Wish.Addons.Contains(owner);
        var live = Overlay.Rows.Find(row => row.Code == code)!;
        return Wish.Addons.FirstOrDefault(row => row.Code == code) is { } wished && Field(live, field) == Field(wished, field);
    }

    public static List<string> RawLines(byte[] text)
    {
        var lines = Encoding.UTF8.GetString(text).Split('\n').Select(line => line + "\n").ToList();
        return lines[^1] == "\n" ? lines[..^1] : [.. lines[..^1], lines[^1][..^1]];
    }

    private static string Field(AddonRow row, string field) =>
        field switch { "code" => row.Code, "source" => row.Source, "image" => row.Image, _ => row.Version };
}
