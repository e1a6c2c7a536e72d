using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>Reads an instance's overlay, as it is on base and as it shall be, when somebody looks at it.</summary>
internal static class RowsMaker
{
    private const int MostDiffLines = 300;

    /// <summary>The overlay.</summary>
    /// <param name="change">What the plan says of the instance.</param>
    /// <returns>The overlay; null when there is none and none is wished.</returns>
    public static OverlayView? Overlay(OverlayChange change)
    {
        if (change is { Before: null, After: null }) return null;
        var before = Rows(change, change.Before);
        var after = change.After is not null ? Rows(change, change.After) : change.Action == ChangeAction.Retire ? [] : before;
        return new OverlayView(change.Path, change.Before?.Length, change.HashBefore, change.HashAfter == change.HashBefore ? null : change.HashAfter, Compare(before, after));
    }

    /// <summary>The overlay's change as <c>diff -u</c> shows it.</summary>
    /// <param name="change">What the plan says of the instance.</param>
    /// <returns>Hunks, at most 300 lines.</returns>
    public static string Diff(OverlayChange change)
    {
        var diff = LineDiff.Unified(Text(change.Before), Text(change.After)).TrimEnd('\n');
        var lines = diff.Split('\n');
        return lines.Length <= MostDiffLines ? diff : string.Join('\n', lines.Take(MostDiffLines)) + $"\n… and {lines.Length - MostDiffLines} lines more";
    }

    private static ImmutableArray<AddonRow> Rows(OverlayChange change, ReadOnlyMemory<byte>? text) =>
        text is { } bytes && OverlayDocument.Read(change.Path, bytes, change.Code).Document is { } document ? [.. document.Rows.Select(row => row.Row)] : [];

    private static ImmutableArray<RowView> Compare(ImmutableArray<AddonRow> before, ImmutableArray<AddonRow> after)
    {
        var known = before.GroupBy(row => row.Code, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var kept = after.Select(row => row.Code).ToHashSet(StringComparer.Ordinal);
        return [.. after.Select(row => Row(row, known.GetValueOrDefault(row.Code))), .. before.Where(row => !kept.Contains(row.Code)).Select(row => Row(row, "removed", null))];
    }

    private static RowView Row(AddonRow row, AddonRow? before) => before switch
    {
        null => Row(row, "added", null),
        _ when before == row => Row(row, "same", null),
        _ => Row(row, "changed", before.Version == row.Version ? null : StatusWords.Cut(before.Version)),
    };

    private static RowView Row(AddonRow row, string change, string? before) => new(
        StatusWords.Cut(row.Code), StatusWords.Cut(row.Source), StatusWords.Cut(row.Image), StatusWords.Cut(row.Version), row.Source == AddonRow.BuiltinSource, change, before);

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is { } text ? Encoding.UTF8.GetString(text.Span) : string.Empty;
}
