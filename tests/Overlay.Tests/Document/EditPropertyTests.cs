using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Document;

public sealed class EditPropertyTests
{
    private const int Files = 5_000;

    [Fact]
    public void Rows_are_as_wished_and_all_other_values_are_the_old_ones() => ForEachFile((overlay, seed) =>
    {
        var before = Read(overlay.Text);
        var wish = new GeneratedWish(seed).Any(overlay);

        var after = Read(Text(OverlayEditor.Edit(before, wish)));

        Assert.Equal(
            wish.Addons.Select(row => row.Code).Order(StringComparer.Ordinal), after.Rows.Select(row => row.Row.Code).Order(StringComparer.Ordinal));
        foreach (var row in wish.Addons) AssertHas(before, after, row);
        foreach (var key in new[] { "instance", "motd", "folded", "plain", "x-base", "x-copy", "x-more", "last" })
            Assert.Equal(before.Values.Find(key), after.Values.Find(key));
        Assert.Equal(Below(before, "image", "repository"), Below(after, "image", "repository"));
        Assert.Equal(Below(before, "resources", "pg"), Below(after, "resources", "pg"));
    });

    [Fact]
    public void Rows_that_stay_keep_their_order() => ForEachFile((overlay, seed) =>
    {
        var wish = new GeneratedWish(seed).Any(overlay);
        var stay = overlay.Rows.Select(row => row.Code).Where(code => wish.Addons.Any(row => row.Code == code)).ToList();

        var after = Read(Text(OverlayEditor.Edit(Read(overlay.Text), wish)));

        Assert.Equal(stay, after.Rows.Select(row => row.Row.Code).Where(stay.Contains));
    });

    [Fact]
    public void Lines_that_are_not_managed_keep_every_byte() => ForEachFile((overlay, seed) =>
    {
        var wish = new GeneratedWish(seed).Any(overlay);
        var result = OverlayEditor.Edit(Read(overlay.Text), wish);

        var kept = overlay.Lines.Zip(RawLines(overlay.Text)).Where(line => MustStay(line.First, overlay, wish)).Select(line => line.Second);

        Assert.Equal([], Missing(kept, RawLines(Text(result))));
    });

    [Fact]
    public void Editing_twice_changes_nothing() => ForEachFile((overlay, seed) =>
    {
        var wish = new GeneratedWish(seed).Any(overlay);
        var once = Text(OverlayEditor.Edit(Read(overlay.Text), wish));

        var twice = OverlayEditor.Edit(Read(once), wish);

        Assert.Empty(twice.Steps);
        Assert.True(twice.Text!.Value.Equals((ReadOnlyMemory<byte>)once));
    });

    [Fact]
    public void What_differs_only_in_writing_is_left_alone() => ForEachFile((overlay, _) =>
    {
        var result = OverlayEditor.Edit(Read(overlay.Text), GeneratedWish.Of(Enumerable.Reverse(overlay.Rows)));

        Assert.Empty(result.Steps);
        Assert.True(result.Text!.Value.Equals((ReadOnlyMemory<byte>)overlay.Text));
    });

    [Fact]
    public void Adding_rows_and_removing_them_again_restores_the_bytes() => ForEachFile((overlay, seed) =>
    {
        if (overlay.Rows.Count == 0) return;
        var more = Text(OverlayEditor.Edit(Read(overlay.Text), new GeneratedWish(seed).More(overlay)));

        var back = Text(OverlayEditor.Edit(Read(more), GeneratedWish.Of(overlay.Rows)));

        Assert.Equal(Encoding.UTF8.GetString(overlay.Text), Encoding.UTF8.GetString(back));
    });

    [Fact]
    public void Changing_versions_and_changing_them_back_restores_the_bytes() => ForEachFile((overlay, seed) =>
    {
        if (!overlay.HasOwnQuotes) return;
        var wish = new GeneratedWish(seed).Upgraded(overlay);
        if (overlay.Rows.Any(row => row.Source.Length == 0)) return;
        var changed = Text(OverlayEditor.Edit(Read(overlay.Text), wish));

        var back = Text(OverlayEditor.Edit(Read(changed), GeneratedWish.Of(overlay.Rows)));

        Assert.Equal(Encoding.UTF8.GetString(overlay.Text), Encoding.UTF8.GetString(back));
    });

    private static void ForEachFile(Action<GeneratedOverlay, int> check)
    {
        for (var seed = 0; seed < Files; seed++)
        {
            var overlay = new GeneratedOverlay(seed);
            var failure = Record.Exception(() => check(overlay, seed));
            if (failure is not null) Assert.Fail($"seed {seed}: {failure.Message}\n{Encoding.UTF8.GetString(overlay.Text)}");
        }
    }

    private static OverlayDocument Read(ReadOnlyMemory<byte> text)
    {
        var reading = OverlayDocument.Read("instances/acme/values.yaml", text, WishFile.Acme);
        Assert.Empty(reading.Problems);
        return reading.Document!;
    }

    private static byte[] Text(EditResult result)
    {
        Assert.Empty(result.Problems);
        return System.Runtime.InteropServices.MemoryMarshal.TryGetArray(result.Text!.Value, out var array) && array.Count == array.Array!.Length
            ? array.Array
            : result.Text.Value.ToArray();
    }

    private static HelmValue? Below(OverlayDocument document, string key, string inner) => (document.Values.Find(key) as HelmMap)?.Find(inner);

    private static void AssertHas(OverlayDocument before, OverlayDocument after, AddonRow wished)
    {
        var row = after.Rows.Single(row => row.Row.Code == wished.Code);
        var old = before.Rows.FirstOrDefault(live => live.Row.Code == wished.Code);
        var keepsNoSource = old is { Row.Source: "" } && old.Row with { Source = wished.Source } == wished;
        Assert.True(row.Typed);
        Assert.Equal(keepsNoSource ? wished with { Source = "" } : wished, row.Row);
    }

    private static bool MustStay(GeneratedLine line, GeneratedOverlay overlay, OverlayWish wish)
    {
        if (line.Owner is null) return true;
        if (line.Owner is "gap") return wish.Addons.IsSuperset(overlay.Rows);
        if (line.Owner is "heading") return wish.Addons.Any(row => row.Code == overlay.Rows[0].Code);
        if (line.Owner.Split('.') is not [var code, var field]) return !overlay.InBrackets && wish.Addons.Contains(overlay.Rows.Find(row => row.Code == line.Owner)!);
        var (live, wished) = (overlay.Rows.Find(row => row.Code == code)!, wish.Addons.FirstOrDefault(row => row.Code == code));
        return wished is not null && Field(live, field) == Field(wished, field);
    }

    private static string Field(AddonRow row, string field) =>
        field switch { "code" => row.Code, "source" => row.Source, "image" => row.Image, _ => row.Version };

    private static List<string> RawLines(byte[] text)
    {
        var lines = Encoding.UTF8.GetString(text).Split('\n').Select(line => line + "\n").ToList();
        return lines[^1] == "\n" ? lines[..^1] : [.. lines[..^1], lines[^1][..^1]];
    }

    private static IEnumerable<string> Missing(IEnumerable<string> kept, List<string> actual)
    {
        var at = 0;
        foreach (var line in kept)
        {
            var found = actual.FindIndex(at, text => text == line || (line[^1] != '\n' && text.TrimEnd('\r', '\n') == line));
            if (found < 0) yield return line;
            else at = found + 1;
        }
    }
}

file static class RowSets
{
    public static bool IsSuperset(this IEnumerable<AddonRow> rows, IEnumerable<AddonRow> all) => all.All(rows.Contains);
}
