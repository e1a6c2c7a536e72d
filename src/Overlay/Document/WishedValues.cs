using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>
/// What a file's values must be after an edit, from the wish alone. It shares nothing with the comparison that steers the
/// edit, so that reading back finds a fault in either.
/// </summary>
internal static class WishedValues
{
    public static HelmMap Of(HelmMap current, OverlayWish wish, HelmValue? addons)
    {
        var merged = wish.Unset.Aggregate(Merge(current, wish.Values), (values, path) => Without(values, path.Keys.AsSpan()));
        return addons is null ? merged : merged.With(ManagedKeys.Addons, addons);
    }

    public static HelmMap Merge(HelmMap current, HelmMap wish) => wish.Entries.Aggregate(current, (map, entry) =>
        entry.Value is HelmMap wished && map.Find(entry.Key) is HelmMap there
            ? map.With(entry.Key, Merge(there, wished))
            : map.With(entry.Key, entry.Value));

    /// <summary>Integers as the numbers that a values file gives.</summary>
    public static HelmValue AsRead(HelmValue value) => value switch
    {
        HelmInteger integer => new HelmNumber(integer.Value),
        HelmMap map => AsRead(map),
        HelmList list => new HelmList([.. list.Items.Select(AsRead)]),
        _ => value,
    };

    public static HelmMap AsRead(HelmMap map) => HelmMap.From(map.Entries.Select(entry => entry with { Value = AsRead(entry.Value) }));

    private static HelmMap Without(HelmMap map, ReadOnlySpan<string> keys)
    {
        if (keys.Length == 1) return map.Without(keys[0]);
        return map.Find(keys[0]) is HelmMap inside ? map.With(keys[0], Without(inside, keys[1..])) : map;
    }
}
