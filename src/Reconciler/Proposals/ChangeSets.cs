using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>Puts changes into groups, each of which is one branch and one proposal.</summary>
internal static class ChangeSets
{
    /// <summary>Groups the changes of a plan of which nothing is open yet.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="changes">What is to be proposed.</param>
    /// <param name="grouping">Per instance, by a label, or all in one.</param>
    /// <param name="groupSize">The most instances of one change set, at least 1.</param>
    /// <returns>The change sets, in order of name.</returns>
    public static ImmutableArray<ChangeSet> Of(string target, IEnumerable<OverlayChange> changes, Grouping grouping, int groupSize) =>
        Of(target, changes, (grouping, groupSize), ImmutableDictionary<string, string>.Empty);

    /// <summary>Groups the changes of a plan.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="changes">What is to be proposed.</param>
    /// <param name="how">
    /// Per instance, by a label, or all in one, where an instance without the label stands alone; and the most instances of one
    /// change set, at least 1: larger groups are split in order of code.
    /// </param>
    /// <param name="carried">The name of the open set that carries an instance, by code: it stays in that part of its group.</param>
    /// <returns>The change sets, in order of name.</returns>
    public static ImmutableArray<ChangeSet> Of(
        string target, IEnumerable<OverlayChange> changes, (Grouping Grouping, int GroupSize) how, IReadOnlyDictionary<string, string> carried) =>
    [
        .. changes.GroupBy(change => Key(change, how.Grouping), StringComparer.Ordinal)
            .SelectMany(group => Split(new Group(target, group.Key, how.GroupSize), [.. group.OrderBy(change => change.Code)], carried))
            .OrderBy(set => set.Name, StringComparer.Ordinal),
    ];

    private static string Key(OverlayChange change, Grouping grouping) => grouping.Kind switch
    {
        GroupingKind.All => "all",
        GroupingKind.Label when change.Labels.TryGetValue(grouping.Label ?? string.Empty, out var value) && IsRefSafe(value) => "r-" + value,
        _ => "i-" + change.Code.Text,
    };

    private static IEnumerable<ChangeSet> Split(Group group, ImmutableArray<OverlayChange> changes, IReadOnlyDictionary<string, string> carried)
    {
        var isLabel = group.Key.StartsWith("r-", StringComparison.Ordinal);
        if (group.Key.StartsWith("i-", StringComparison.Ordinal) || (isLabel && changes.Length <= group.Size)) return [new ChangeSet(group.Target, group.Key, changes)];
        var parts = new SortedDictionary<int, List<OverlayChange>>();
        foreach (var change in changes)
            if (group.Part(carried.GetValueOrDefault(change.Code.Text)) is { } part && In(part).Count < group.Size) In(part).Add(change);
        var placed = parts.Values.SelectMany(part => part).Select(change => change.Code).ToHashSet();
        var next = 1;
        foreach (var change in changes.Where(change => !placed.Contains(change.Code)))
        {
            while (In(next).Count >= group.Size) next++;
            In(next).Add(change);
        }

        return parts.Where(part => part.Value.Count > 0)
            .Select(part => new ChangeSet(group.Target, group.Name(part.Key), [.. part.Value.OrderBy(change => change.Code)]));

        List<OverlayChange> In(int part) => parts.TryGetValue(part, out var list) ? list : parts[part] = [];
    }

    // A label's value becomes part of a branch name; what Git refuses there stands alone, by its code.
    private static bool IsRefSafe(string value) =>
        value.Length is > 0 and <= 63
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && char.IsAsciiLetterOrDigit(value[0]) && char.IsAsciiLetterOrDigit(value[^1])
        && !value.Contains("..", StringComparison.Ordinal) && !value.EndsWith(".lock", StringComparison.OrdinalIgnoreCase);

    private sealed record Group(string Target, string Key, int Size)
    {
        // No label has a plus sign, so a part of one group never has another group's name.
        private string Beginning => Key + (Key.StartsWith("r-", StringComparison.Ordinal) ? '+' : '-');

        public string Name(int part) => string.Create(CultureInfo.InvariantCulture, $"{Beginning}{part}");

        public int? Part(string? name) =>
            name?.StartsWith(Beginning, StringComparison.Ordinal) == true
            && int.TryParse(name.AsSpan(Beginning.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var part) && part > 0 ? part : null;
    }
}
