using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Changes keys of a map where they stand.</summary>
internal sealed class MapEdit(EditDraft draft)
{
    /// <summary>Changes one map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="colon">Behind the colon of the key that holds it; -1 for the root.</param>
    /// <param name="changes">What changes.</param>
    public void Apply(YamlNode map, int colon, ImmutableArray<KeyChange> changes)
    {
        if (SharedText.Around(map) is { } shared)
        {
            draft.RefuseShared(shared);
            return;
        }

        ImmutableArray<YamlPair> pairs = [.. map.Pairs];
        var removed = new SortedSet<int>();
        var added = new List<NewEntry>();
        foreach (var change in changes)
        {
            if (IndexOf(map, pairs, change.Key) is not { } at) return;
            if (at < 0) added.Add(Added(map, pairs, (SetKey)change));
            else Change(map, pairs[at], change, () => removed.Add(at));
        }

        Place(map, colon, pairs, (removed, added));
    }

    private void Change(YamlNode map, YamlPair pair, KeyChange change, Action remove)
    {
        var colon = draft.BehindColon(pair.Key);
        if (colon < 0) return;
        switch (change)
        {
            case RemoveKey:
                if (draft.IsOwn(pair.Key) && draft.IsOwn(pair.Value)) remove();
                break;
            case SetKey set:
                new ValueEdit(draft, map, pair).Replace(colon, set);
                break;
            case ChangeMap inside when IsEmptyBraces(map, pair.Value):
                new ValueEdit(draft, map, pair).Replace(colon, new(inside.Key, ValueOf(inside)));
                break;
            case ChangeMap inside:
                Apply(pair.Value, colon, inside.Changes);
                break;
            case ChangeRows rows:
                new RowsEdit(draft).Apply(pair.Value, colon, rows.Plan);
                break;
        }
    }

    // Below {} in block style the keys get lines of their own.
    private static bool IsEmptyBraces(YamlNode map, YamlNode value) =>
        map.Style == YamlStyle.Block && value is { Kind: YamlKind.Mapping, Style: YamlStyle.Flow } && !value.Pairs.Any();

    private static HelmMap ValueOf(ChangeMap map) =>
        HelmMap.From(map.Changes.OfType<SetKey>().Select(set => new HelmEntry(set.Key, set.Value)));

    private void Place(YamlNode map, int colon, ImmutableArray<YamlPair> pairs, (SortedSet<int> Removed, List<NewEntry> Added) edit)
    {
        if (edit.Removed.Count == 0 && edit.Added.Count == 0) return;
        ImmutableArray<Entry> entries = [.. pairs.Select(pair => Entry.Of(pair, draft.Lines))];
        if (map.Style == YamlStyle.Flow)
        {
            new FlowEntries(draft, map, entries).Edit(edit.Removed, edit.Added);
            return;
        }

        var block = new BlockEntries(draft, entries);
        foreach (var i in edit.Removed) block.Remove(i);
        if (edit.Added.Count > 0) block.Add(edit.Added);
        else if (edit.Removed.Count == entries.Length && colon >= 0) draft.Splices.Insert(colon, " {}");
    }

    private NewEntry Added(YamlNode map, ImmutableArray<YamlPair> pairs, SetKey set) =>
        new(pairs.Length - 1, set.Key, set.Value, ValueEdit.WriterFor(draft.Writer, map, set));

    /// <summary>The pair's index, -1 when there is none, or null after saying that there are several.</summary>
    private int? IndexOf(YamlNode map, ImmutableArray<YamlPair> pairs, string key)
    {
        var found = KeyName.FindAll(map, key);
        if (found.Length < 2) return found.IsEmpty ? -1 : pairs.IndexOf(found[0]);
        draft.Refuse(
            DocumentProblems.DuplicateKey,
            found[1].Key.Start,
            $"The key {key}, which must change, stands here a second time.",
            "Keep one of them.");
        return null;
    }
}
