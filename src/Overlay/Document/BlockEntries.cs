using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>
/// The entries of a block map or list as lines. With an entry go the comments beside it, those directly above it at its own
/// column, and those directly below it that are indented deeper; all other lines stay:
/// <code>
///   # about b          goes with b
///   - code: b   # x    goes with b
///     # version: "2"   goes with b
///   # about c          stays
/// </code>
/// </summary>
internal sealed class BlockEntries(EditDraft draft, ImmutableArray<Entry> entries)
{
    private readonly TextLines lines = draft.Lines;
    private readonly int column = draft.Lines.ColumnOf(entries[0].Start);

    /// <summary>Where new lines behind an entry go.</summary>
    public int After(int index)
    {
        var at = lines.After(entries[index].End);
        while (entries[index].KeepsBlankLines && lines.IsBlankLine(at)) at = lines.After(at);
        while (lines.IsCommentLine(at) && lines.IndentOf(at) > column) at = lines.After(at);
        return at;
    }

    public void Remove(int index)
    {
        var start = StartWithComments(index);
        var end = After(index);
        var above = BlankLinesAbove(start, index == 0 ? lines.Origin : After(index - 1));
        var below = BlankLinesBelow(end);
        if (above < start && (below > end || end == lines.Length || HasGaps())) start = above;
        else if (index == 0 && entries.Length > 1 && below > end) end = below;
        draft.Splices.Delete(start, end);
    }

    /// <summary>Adds entries, all behind the same one.</summary>
    public void Add(IReadOnlyList<NewEntry> added)
    {
        var indent = new string(' ', column);
        var gap = HasGaps() ? 0 : 1;
        var block = added.SelectMany(entry => entry.Lines().Select(line => indent + line).Prepend(string.Empty).Skip(gap));
        if (gap == 0 && entries[added[0].After].KeepsBlankLines) block = block.Skip(1);
        draft.InsertLines(After(added[0].After), entries[added[0].After].End, block);
    }

    /// <summary>Whether people put a blank line between all entries.</summary>
    private bool HasGaps() => entries.Length > 1 && Enumerable.Range(1, entries.Length - 1).All(HasGapAbove);

    private bool HasGapAbove(int index)
    {
        var end = After(index - 1);
        var start = StartWithComments(index);
        return lines.IsBlankLine(end) || BlankLinesAbove(start, end) < start;
    }

    private int StartWithComments(int index)
    {
        var own = CommentsAbove(index);
        var isHeading = index == 0 && !Enumerable.Range(1, entries.Length - 1).Any(i => CommentsAbove(i) < lines.StartOf(entries[i].Start));
        return isHeading ? lines.StartOf(entries[index].Start) : own;
    }

    private int CommentsAbove(int index)
    {
        var line = lines.StartOf(entries[index].Start);
        var start = line;
        for (var above = lines.Above(line); above >= 0 && IsCommentAtColumn(above); above = lines.Above(above))
        {
            if (IsCommentedOutItem(above)) return line;
            start = above;
        }

        return start == lines.Origin ? line : start;
    }

    private bool IsCommentAtColumn(int lineStart) => lines.IsCommentLine(lineStart) && lines.IndentOf(lineStart) == column;

    // A row that was switched off belongs to whoever did so.
    private bool IsCommentedOutItem(int lineStart)
    {
        var at = lines.SkipBlanks(lineStart + column + 1);
        return at + 1 < lines.Length && lines[at] == '-' && lines[at + 1] == ' ';
    }

    private int BlankLinesAbove(int lineStart, int least)
    {
        for (var above = lines.Above(lineStart); above >= least && lines.IsBlankLine(above); above = lines.Above(above)) lineStart = above;
        return lineStart;
    }

    private int BlankLinesBelow(int lineStart)
    {
        while (lines.IsBlankLine(lineStart)) lineStart = lines.After(lineStart);
        return lineStart;
    }
}
