using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>The entries of a map in braces or a list in brackets, in one line or with lines of their own.</summary>
internal sealed class FlowEntries(EditDraft draft, YamlNode node, ImmutableArray<Entry> entries)
{
    private readonly TextLines lines = draft.Lines;

    public void Edit(IReadOnlyCollection<int> removed, IReadOnlyList<NewEntry> added)
    {
        if (removed.Count == entries.Length)
        {
            Rewrite(added);
            return;
        }

        var lastKept = Enumerable.Range(0, entries.Length).Last(i => !removed.Contains(i));
        Remove(removed, lastKept);
        var groups = added.GroupBy(entry => Math.Min(entry.After, lastKept)).ToList();
        foreach (var group in groups) Add(group.Key, [.. group], NeedsNoComma(lastKept) && group.Key == lastKept);
        if (NeedsNoComma(lastKept) && groups.TrueForAll(group => group.Key != lastKept)) DropComma(lastKept);
    }

    private void Rewrite(IReadOnlyList<NewEntry> added)
    {
        var (open, close) = node.Kind == YamlKind.Mapping ? ("{", "}") : ("[", "]");
        draft.Splices.Replace(node.ContentStart, node.End, open + string.Join(", ", added.Select(entry => entry.Flow())) + close);
    }

    private void Remove(IReadOnlyCollection<int> removed, int lastKept)
    {
        foreach (var i in removed)
            if (HasOwnLines(entries[i])) draft.Splices.Delete(lines.StartOf(entries[i].Start), lines.After(entries[i].End));
            else if (i < lastKept) DeleteBetween(entries[i].Start, entries[i + 1].Start);
            else DeleteBetween(entries[i - 1].End, entries[i].End);
    }

    // JSON has no comma behind its last entry, so what becomes the last one gets none where the old last one had none.
    private bool NeedsNoComma(int lastKept) =>
        lastKept < entries.Length - 1 && HasOwnLines(entries[^1]) && CommaBehind(entries[^1]) < 0;

    private void DropComma(int index)
    {
        if (CommaBehind(entries[index]) is >= 0 and var comma) draft.Splices.Delete(comma, comma + 1);
    }

    private void DeleteBetween(int start, int end)
    {
        for (var at = start; at < end; at++)
            if (lines[at] == '#' && at > start && lines[at - 1] is (byte)' ' or (byte)'\t' && !IsInsideEntry(at))
            {
                draft.Refuse(
                    DocumentProblems.Layout,
                    at,
                    "A comment stands inside brackets, beside something that must go.",
                    "Write the list in block style, or move the comment.");
                return;
            }

        draft.Splices.Delete(start, end);
    }

    private bool IsInsideEntry(int at) => entries.Any(entry => entry.Start <= at && at < entry.End);

    private void Add(int index, IReadOnlyList<NewEntry> added, bool isLast)
    {
        var entry = entries[index];
        var comma = CommaBehind(entry);
        if (!HasOwnLines(entry))
        {
            draft.Splices.Insert(entry.End, string.Concat(added.Select(text => ", " + text.Flow())));
            return;
        }

        var lineBreak = lines.BreakAt(entry.Start);
        var indent = lineBreak + new string(' ', lines.ColumnOf(entry.Start));
        if (comma < 0) draft.Splices.Insert(entry.End, ",");
        var text = string.Join(",", added.Select(one => indent + one.Flow()));
        draft.Splices.Insert(lines.EndOf(entry.End), comma < 0 || isLast ? text : text + ",");
    }

    private int CommaBehind(Entry entry) => lines.SkipBlanks(entry.End) is var at && at < lines.Length && lines[at] == ',' ? at : -1;

    private bool HasOwnLines(Entry entry) =>
        lines.StartsLine(entry.Start) && lines.RestIsEmpty(CommaBehind(entry) is >= 0 and var comma ? comma + 1 : entry.End);
}
