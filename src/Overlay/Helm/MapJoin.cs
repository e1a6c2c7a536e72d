using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Joins two maps key by key.</summary>
internal static class MapJoin
{
    /// <summary>Several values files, and several documents of one: maps join, all else is replaced, nulls too.</summary>
    public static HelmMap Merge(HelmMap under, HelmMap over)
    {
        if (under.Entries.IsEmpty) return over;
        if (over.Entries.IsEmpty) return under;
        return Join(under, over, static (below, above) => above switch
        {
            HelmMap map when below is HelmMap lower => Merge(lower, map),
            null => below,
            _ => above,
        });
    }

    /// <summary>User values over chart defaults, at the top: a null of the user removes the chart's key.</summary>
    public static HelmMap Coalesce(HelmMap chart, HelmMap user, NullRule rule)
    {
        if (chart.Entries.IsEmpty) return user;
        return Join(chart, user, (below, above) => (below, above) switch
        {
            (null, _) => above,
            (_, HelmNull) => null,
            (HelmMap defaults, HelmMap map) => Tables(rule is NullRule.D ? WithoutNulls(defaults) : defaults, map, rule),
            (_, not null) => above,
            (HelmNull, null) when rule is NullRule.D => null,
            (HelmMap defaults, null) when rule is NullRule.D => WithoutNulls(defaults),
            _ => below,
        });
    }

    /// <summary>The same inside maps, where the versions of Helm differ on nulls.</summary>
    private static HelmMap Tables(HelmMap chart, HelmMap user, NullRule rule) => Join(chart, user, (below, above) => (below, above) switch
    {
        (_, null) => below,
        (null, HelmNull) => rule is NullRule.B ? null : above,
        (HelmNull, HelmNull) => rule is NullRule.A or NullRule.B ? null : above,
        (not null, HelmNull) => null,
        (HelmMap defaults, HelmMap map) => Tables(defaults, map, rule),
        _ => above,
    });

    private static HelmMap WithoutNulls(HelmMap map) => HelmMap.FromSorted(
    [
        .. map.Entries
            .Where(entry => entry.Value is not HelmNull)
            .Select(entry => entry.Value is HelmMap inner ? new HelmEntry(entry.Key, WithoutNulls(inner)) : entry),
    ]);

    private static HelmMap Join(HelmMap below, HelmMap above, Func<HelmValue?, HelmValue?, HelmValue?> choose)
    {
        var joined = ImmutableArray.CreateBuilder<HelmEntry>(below.Entries.Length + above.Entries.Length);
        int left = 0, right = 0;
        while (left < below.Entries.Length || right < above.Entries.Length)
        {
            var order = left == below.Entries.Length ? 1
                : right == above.Entries.Length ? -1
                : Utf8Order.Instance.Compare(below.Entries[left].Key, above.Entries[right].Key);
            var key = order <= 0 ? below.Entries[left].Key : above.Entries[right].Key;
            var chosen = choose(order <= 0 ? below.Entries[left].Value : null, order >= 0 ? above.Entries[right].Value : null);
            if (order <= 0) left++;
            if (order >= 0) right++;
            if (chosen is not null) joined.Add(new(key, chosen));
        }

        return HelmMap.FromSorted(joined.DrainToImmutable());
    }
}
