using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Changes top-level keys, also of a file that has none yet.</summary>
internal sealed class RootEdit(EditDraft draft)
{
    public void Apply(YamlNode? root, ImmutableArray<KeyChange> changes)
    {
        if (root is { Kind: YamlKind.Mapping } map && map.Pairs.Any()) new MapEdit(draft).Apply(map, -1, changes);
        else if (root is not { } node) draft.InsertLines(draft.Lines.Length, draft.Lines.Origin, Write(changes));
        else if (draft.IsOwn(node)) Replace(node, changes);
    }

    // {} or null at the top level: the keys come below its line, which goes when nothing else stands on it.
    private void Replace(YamlNode node, ImmutableArray<KeyChange> changes)
    {
        var lines = draft.Lines;
        var isAlone = lines.StartOf(node.Start) == node.Start && lines.EndOf(node.End) == lines.SkipBlanks(node.End);
        var (start, end) = isAlone ? (node.Start, lines.After(node.End)) : (node.Start, node.End);
        var lineBreak = lines.BreakAt(node.End);
        var text = string.Join(lineBreak, Write(changes));
        draft.Splices.Delete(start, end);
        if (isAlone) draft.Splices.Insert(end, text + lineBreak);
        else draft.InsertLines(lines.After(node.End), node.End, [text]);
    }

    private IEnumerable<string> Write(ImmutableArray<KeyChange> changes) =>
        from set in changes.OfType<SetKey>()
        let writer = draft.Writer with { KeyOrder = set.IsRows ? ManagedKeys.Fields : [] }
        from line in writer.KeyLines(set.Key, set.Value)
        select line;
}
