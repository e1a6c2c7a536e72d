using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>Puts changes into groups, each of which is one branch and one proposal.</summary>
internal static class ChangeSets
{
    /// <summary>Groups the changes of a plan.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="changes">What is to be proposed.</param>
    /// <param name="grouping">Per instance, by a label, or all in one; an instance without the label stands alone.</param>
    /// <param name="groupSize">The most instances of one change set, at least 1; larger groups are split in order of code.</param>
    /// <returns>The change sets, in order of name.</returns>
    public static ImmutableArray<ChangeSet> Of(string target, IEnumerable<OverlayChange> changes, Grouping grouping, int groupSize) =>
    [
        .. changes.GroupBy(change => Key(change, grouping), StringComparer.Ordinal)
            .SelectMany(group => Split(target, group.Key, [.. group.OrderBy(change => change.Code)], groupSize))
            .OrderBy(set => set.Name, StringComparer.Ordinal),
    ];

    private static string Key(OverlayChange change, Grouping grouping) => grouping.Kind switch
    {
        GroupingKind.All => "all",
        GroupingKind.Label when change.Labels.TryGetValue(grouping.Label ?? string.Empty, out var value) && IsRefSafe(value) => "r-" + value,
        _ => "i-" + change.Code.Text,
    };

    private static IEnumerable<ChangeSet> Split(string target, string key, ImmutableArray<OverlayChange> changes, int groupSize)
    {
        if (key.StartsWith("i-", StringComparison.Ordinal)) return [new ChangeSet(target, key, changes)];
        var isLabel = key.StartsWith("r-", StringComparison.Ordinal);
        if (isLabel && changes.Length <= groupSize) return [new ChangeSet(target, key, changes)];

        // No label has a plus sign, so a part of one group never has another group's name.
        var sign = isLabel ? '+' : '-';
        return changes.Chunk(groupSize).Select(Part);

        ChangeSet Part(OverlayChange[] part, int index) =>
            new(target, string.Create(CultureInfo.InvariantCulture, $"{key}{sign}{index + 1}"), [.. part]);
    }

    // A label's value becomes part of a branch name; what Git refuses there stands alone, by its code.
    private static bool IsRefSafe(string value) =>
        value.Length is > 0 and <= 63
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && char.IsAsciiLetterOrDigit(value[0]) && char.IsAsciiLetterOrDigit(value[^1])
        && !value.Contains("..", StringComparison.Ordinal) && !value.EndsWith(".lock", StringComparison.OrdinalIgnoreCase);
}
