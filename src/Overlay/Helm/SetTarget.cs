using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Values while arguments change them in place; what no argument touches stays a value as it was.</summary>
internal static class SetTarget
{
    public static object Open(HelmValue value) => value switch
    {
        HelmMap map => new SetMap(map),
        HelmList list => new SetList(list),
        _ => value,
    };

    public static HelmValue ToValue(object target) => target switch
    {
        SetMap map => map.ToValue(),
        SetList list => list.ToValue(),
        _ => (HelmValue)target,
    };
}

/// <summary>A map that arguments change.</summary>
internal sealed class SetMap
{
    private readonly Dictionary<string, object> entries;

    public SetMap() => entries = new(StringComparer.Ordinal);

    public SetMap(HelmMap map) => entries = map.Entries.ToDictionary(entry => entry.Key, entry => (object)entry.Value, StringComparer.Ordinal);

    public bool IsEmpty => entries.Count == 0;

    /// <summary>What a key holds, opened for changes; null without the key.</summary>
    public object? Find(string key)
    {
        if (!entries.TryGetValue(key, out var found)) return null;
        return found is HelmValue value ? entries[key] = SetTarget.Open(value) : found;
    }

    /// <summary>Sets a key; an empty one is ignored, as in Helm.</summary>
    public void Set(string key, object value)
    {
        if (key.Length > 0) entries[key] = value;
    }

    public HelmValue ToValue() => HelmMap.From(entries.Select(entry => new HelmEntry(entry.Key, SetTarget.ToValue(entry.Value))));
}

/// <summary>A list that arguments change.</summary>
internal sealed class SetList
{
    /// <summary>Helm's MaxIndex.</summary>
    private const int LargestIndex = 65_536;

    private readonly List<object> items;

    public SetList() => items = [];

    public SetList(HelmList list) => items = [.. list.Items];

    public object? Find(int index)
    {
        if (index >= items.Count) return null;
        return items[index] is HelmValue value ? items[index] = SetTarget.Open(value) : items[index];
    }

    /// <summary>Sets an item, with nulls before it where the list is shorter.</summary>
    /// <returns>False beyond Helm's largest index.</returns>
    public bool TrySet(int index, object value)
    {
        if (index is < 0 or > LargestIndex) return false;
        while (items.Count <= index) items.Add(HelmNull.Instance);
        items[index] = value;
        return true;
    }

    public HelmValue ToValue() => new HelmList(items.Select(SetTarget.ToValue).ToImmutableArray());
}
