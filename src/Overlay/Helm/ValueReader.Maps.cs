using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Maps: keys, repeated keys and merge keys, in the order of the file.</summary>
internal sealed partial class ValueReader
{
    private HelmValue DecodeMapping(int index, out MapBuilder map)
    {
        map = new MapBuilder();
        height = FillMap(index, map) + 1;
        var value = map.Build(out var isFlawed);
        hasFlaws |= isFlawed;
        return value;
    }

    private int FillMap(int index, MapBuilder map)
    {
        int end = document.Entry(index).Next, highest = 0;
        for (var key = index + 1; key < end && failure is null;)
        {
            var value = document.Entry(key).Next;
            if (IsMergeKey(key)) Merge(value, map);
            else SetPair(key, value, map);
            highest = Math.Max(highest, height);
            key = document.Entry(value).Next;
        }

        return highest;
    }

    private void SetPair(int key, int value, MapBuilder map)
    {
        var mapKey = DecodeKey(key);
        var decoded = Decode(value);
        map.Set(mapKey, document.Entry(key).ContentStart, decoded);
    }

    private MapKey DecodeKey(int index)
    {
        ref readonly var entry = ref document.Entry(index);
        var target = entry.Kind is YamlKind.Alias ? entry.Detail : index;
        if (document.Entry(target).Kind is not YamlKind.Scalar) Fail(index, "collection-key", WordsFor(target));
        else Decode(index);
        if (failure is not null) return default;
        var scalar = Resolve(target, out var text);
        return Tags.IsBinary(document.PropertiesOf(target).Tag) && text.Contains('\uFFFD')
            ? MapKey.OfBytes(ScalarText.Decode(document.Text.Span, document.Entry(target)), text)
            : MapKey.Of(scalar, text, entry.ContentStart);
    }

    /// <summary>People write <c>{{ … }}</c> where a chart's template would be; in values it is a map in a map.</summary>
    private string WordsFor(int key)
    {
        var start = document.Entry(key).ContentStart;
        var isTemplate = document.Entry(key) is { Kind: YamlKind.Mapping, Style: YamlStyle.Flow } && start > 0 && document.Text.Span[start - 1] == (byte)'{';
        return isTemplate
            ? "Values files are no templates: '{{' starts a map in a map here. Quote the text when the chart expands it, or write the value."
            : "A list or a map cannot be a key.";
    }

    /// <summary>Plain <c>&lt;&lt;</c>, or one with the merge tag; quoted it is a key like others.</summary>
    private bool IsMergeKey(int index)
    {
        ref readonly var entry = ref document.Entry(index);
        if (entry.Kind is not YamlKind.Scalar || entry.End - entry.ContentStart < 2) return false;
        if (entry.Verbatim && !entry.Raw(document.Text.Span).SequenceEqual("<<"u8)) return false;
        var tag = document.PropertiesOf(index).Tag;
        var isImplicit = tag is null ? entry.Style is YamlStyle.Plain : tag is "!" or Tags.Merge;
        return isImplicit && string.Equals(ScalarText.Decode(document.Text.Span, entry), "<<", StringComparison.Ordinal);
    }

    private void Merge(int index, MapBuilder map)
    {
        if (document.Entry(index).Kind is not YamlKind.Sequence)
        {
            MergeOne(index, map);
            return;
        }

        // The first listed wins, so goyaml sets it last.
        var items = new List<int>();
        for (var item = index + 1; item < document.Entry(index).Next; item = document.Entry(item).Next) items.Add(item);
        for (var i = items.Count - 1; i >= 0 && failure is null; i--) MergeOne(items[i], map);
    }

    private void MergeOne(int index, MapBuilder map)
    {
        ref readonly var entry = ref document.Entry(index);
        var target = entry.Kind is YamlKind.Alias ? entry.Detail : index;
        if (document.Entry(target).Kind is not YamlKind.Mapping)
        {
            Fail(index, "merge-value", "'<<' takes a map, an alias of a map, or a list of those.");
            return;
        }

        if (!budget.TryCount(1)) Fail(index, "alias-budget", "The document consists nearly only of aliases; Helm takes it for an attack.");
        var merged = entry.Kind is YamlKind.Alias ? DecodeAlias(index).Map : MergedMap(index);
        if (merged is not null) map.SetAll(merged);
        height = Math.Max(0, height - 1);
    }

    private MapBuilder? MergedMap(int index) =>
        document.PropertiesOf(index).Anchor is null ? DecodeContent(index).Map : DecodeAnchored(index).Map;
}
