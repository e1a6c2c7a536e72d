using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Changes fields of one row where they stand; a field that the row lacks comes behind its predecessor.</summary>
internal sealed class RowEdit(EditDraft draft, YamlNode row)
{
    private readonly ImmutableArray<YamlPair> pairs = [.. row.Pairs];

    public void Apply(RowSlot slot)
    {
        var added = new List<NewEntry>();
        foreach (var field in slot.Fields)
        {
            var set = new SetKey(field, new HelmText(ManagedKeys.FieldOf(slot.Wish!, field)));
            var at = IndexOf(field);
            if (at < 0) added.Add(new(Predecessor(field), field, set.Value, ValueEdit.WriterFor(draft.Writer, row, set)));
            else if (draft.BehindColon(pairs[at].Key) is >= 0 and var colon) new ValueEdit(draft, row, pairs[at]).Replace(colon, set);
        }

        Add(added);
    }

    private void Add(List<NewEntry> added)
    {
        if (added.Count == 0) return;
        ImmutableArray<Entry> entries = [.. pairs.Select(pair => Entry.Of(pair, draft.Lines))];
        if (row.Style == YamlStyle.Flow)
        {
            new FlowEntries(draft, row, entries).Edit([], added);
            return;
        }

        var block = new BlockEntries(draft, entries);
        foreach (var group in added.GroupBy(entry => entry.After)) block.Add([.. group]);
    }

    private int IndexOf(string field)
    {
        for (var i = pairs.Length - 1; i >= 0; i--)
            if (string.Equals(KeyName.Of(pairs[i].Key), field, StringComparison.Ordinal))
                return i;
        return -1;
    }

    private int Predecessor(string field)
    {
        for (var i = ManagedKeys.Fields.IndexOf(field) - 1; i >= 0; i--)
            if (IndexOf(ManagedKeys.Fields[i]) is >= 0 and var at)
                return at;
        return pairs.Length - 1;
    }
}
