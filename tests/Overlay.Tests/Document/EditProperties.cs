using System.Text;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Document;

/// <summary>What holds for every edit of every file. Each is named like the test that asks for it.</summary>
internal static partial class EditProperties
{
    public static readonly IReadOnlyDictionary<string, Action<EditedFile>> All = new Dictionary<string, Action<EditedFile>>
    {
        [nameof(EditPropertyTests.Rows_are_as_wished_and_all_other_values_are_the_old_ones)] = RowsAndValues,
        [nameof(EditPropertyTests.Rows_that_stay_keep_their_order)] = Order,
        [nameof(EditPropertyTests.Lines_that_are_not_managed_keep_every_byte)] = Lines,
        [nameof(EditPropertyTests.Remarks_of_what_stays_are_there_once_and_in_order)] = Remarks,
        [nameof(EditPropertyTests.Editing_twice_changes_nothing)] = Twice,
        [nameof(EditPropertyTests.What_differs_only_in_writing_is_left_alone)] = OnlyWriting,
        [nameof(EditPropertyTests.The_hash_is_the_old_one_exactly_when_no_row_changes)] = HashMoves,
        [nameof(EditPropertyTests.Adding_rows_and_removing_them_again_restores_the_bytes)] = ThereAndBack,
        [nameof(EditPropertyTests.Changing_versions_and_changing_them_back_restores_the_bytes)] = UpAndDown,
        [nameof(EditPropertyTests.A_new_line_ends_as_its_file_ends_lines)] = LineEnds,
    };

    private static void RowsAndValues(EditedFile file)
    {
        var (before, after, wish) = (file.Before, file.After, file.Wish);
        Assert.Equal(
            wish.Addons.Select(row => row.Code).Order(StringComparer.Ordinal), after.Rows.Select(row => row.Row.Code).Order(StringComparer.Ordinal));
        foreach (var row in wish.Addons) AssertHas(before, after, row);
        foreach (var key in new[] { "instance", "motd", "folded", "plain", "x-base", "x-copy", "x-more", "last" })
            Assert.Equal(before.Values.Find(key), after.Values.Find(key));
        Assert.Equal(Below(before, "image", "repository"), Below(after, "image", "repository"));
        Assert.Equal(Below(before, "resources", "pg"), Below(after, "resources", "pg"));
    }

    private static void Order(EditedFile file)
    {
        var stay = file.Overlay.Rows.Where(file.Stays).Select(row => row.Code).ToList();

        Assert.Equal(stay, file.After.Rows.Select(row => row.Row.Code).Where(stay.Contains));
    }

    private static void Lines(EditedFile file)
    {
        var kept = file.Overlay.Lines.Zip(EditedFile.RawLines(file.Overlay.Text)).Where(line => file.MustStay(line.First)).Select(line => line.Second);

        Assert.Equal([], Missing(kept, EditedFile.RawLines(file.Text)));
    }

    // A changed field's line is new, and yet the remark beside it is a person's.
    private static void Remarks(EditedFile file)
    {
        var stay = file.Overlay.Lines.Where(line => file.MustStay(line) || IsFieldOfRowThatStays(line, file))
            .SelectMany(line => Remark().Matches(line.Text)).Select(remark => remark.Value).ToList();

        var after = Remark().Matches(Encoding.UTF8.GetString(file.Text)).Select(remark => remark.Value).ToList();

        Assert.Equal(stay, after.Where(stay.Contains));
        Assert.Equal(after.Distinct(StringComparer.Ordinal), after);
    }

    private static void Twice(EditedFile file)
    {
        var twice = OverlayEditor.Edit(file.After, file.Wish);

        Assert.Empty(twice.Steps);
        Assert.True(twice.Text!.Value.Equals((ReadOnlyMemory<byte>)file.Text));
    }

    private static void OnlyWriting(EditedFile file)
    {
        var result = OverlayEditor.Edit(file.Before, GeneratedWish.Of(Enumerable.Reverse(file.Overlay.Rows)));

        Assert.Empty(result.Steps);
        Assert.True(result.Text!.Value.Equals((ReadOnlyMemory<byte>)file.Overlay.Text));
    }

    private static void HashMoves(EditedFile file)
    {
        var rows = OverlayEditor.Edit(file.Before, file.Wish).Steps.Any(step => step is RowAdded or RowChanged or RowRemoved);

        Assert.Equal(!rows, AddonsHash.Of(file.Before.Values.Find("addons")) == AddonsHash.Of(file.After.Values.Find("addons")));
    }

    private static void ThereAndBack(EditedFile file)
    {
        if (file.Overlay.Rows.Count == 0) return;
        var more = EditedFile.Edit(file.Before, file.Wishes.More(file.Overlay));

        var back = EditedFile.Edit(EditedFile.Read(more), GeneratedWish.Of(file.Overlay.Rows));

        Assert.Equal(Encoding.UTF8.GetString(file.Overlay.Text), Encoding.UTF8.GetString(back));
    }

    private static void UpAndDown(EditedFile file)
    {
        if (!file.Overlay.HasOwnQuotes || file.Overlay.Rows.Exists(row => row.Source.Length == 0)) return;
        var changed = EditedFile.Edit(file.Before, file.Wishes.Upgraded(file.Overlay));

        var back = EditedFile.Edit(EditedFile.Read(changed), GeneratedWish.Of(file.Overlay.Rows));

        Assert.Equal(Encoding.UTF8.GetString(file.Overlay.Text), Encoding.UTF8.GetString(back));
    }

    private static void LineEnds(EditedFile file)
    {
        if (file.Overlay.Break == "mixed") return;
        var ends = EditedFile.RawLines(file.Text).Where(line => line.EndsWith('\n')).Select(line => line.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");

        Assert.Equal([file.Overlay.Break], ends.Distinct());
    }

    private static bool IsFieldOfRowThatStays(GeneratedLine line, EditedFile file) =>
        line.Owner?.Split('.') is [var code, _] && file.Overlay.Rows.Exists(row => row.Code == code && file.Stays(row));

    private static HelmValue? Below(OverlayDocument document, string key, string inner) => (document.Values.Find(key) as HelmMap)?.Find(inner);

    private static void AssertHas(OverlayDocument before, OverlayDocument after, AddonRow wished)
    {
        var row = after.Rows.Single(row => row.Row.Code == wished.Code);
        var old = before.Rows.FirstOrDefault(live => live.Row.Code == wished.Code);
        var keepsNoSource = old is { Row.Source: "" } && old.Row with { Source = wished.Source } == wished;
        Assert.True(row.Typed);
        Assert.Equal(keepsNoSource ? wished with { Source = "" } : wished, row.Row);
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

    [GeneratedRegex(@"# remark \d+")]
    private static partial Regex Remark();
}
