using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>Compares values leaf by leaf: maps are entered, lists and scalars are compared whole.</summary>
public static class ValuesDiff
{
    /// <summary>The paths at which two values differ.</summary>
    /// <param name="before">The values before.</param>
    /// <param name="after">The values after.</param>
    /// <returns>Leaf paths in the order of the keys; a map that comes or goes is entered.</returns>
    public static ImmutableArray<ValuePath> Paths(HelmMap before, HelmMap after)
    {
        var found = ImmutableArray.CreateBuilder<ValuePath>();
        Compare([], before, after, found);
        return found.ToImmutable();
    }

    /// <summary>The leaves of a map.</summary>
    /// <param name="values">The map.</param>
    /// <returns>Each leaf's path and value; an empty map is a leaf.</returns>
    public static IEnumerable<(ValuePath Path, HelmValue Value)> Leaves(HelmMap values) => Leaves([], values);

    /// <summary>The value at a path.</summary>
    /// <param name="values">Where to look.</param>
    /// <param name="path">The keys from the root.</param>
    /// <returns>The value, or null when the path is not there.</returns>
    public static HelmValue? Find(HelmMap values, ValuePath path)
    {
        HelmValue? found = values;
        foreach (var key in path.Keys)
            found = (found as HelmMap)?.Find(key);
        return found;
    }

    private static IEnumerable<(ValuePath Path, HelmValue Value)> Leaves(ImmutableArray<string> above, HelmMap values)
    {
        foreach (var (key, value) in values.Entries)
        {
            var here = above.Add(key);
            if (value is HelmMap { Entries.Length: > 0 } map)
                foreach (var leaf in Leaves(here, map))
                    yield return leaf;
            else yield return (new ValuePath(here), value);
        }
    }

    private static void Compare(
        ImmutableArray<string> above, HelmMap before, HelmMap after, ImmutableArray<ValuePath>.Builder found)
    {
        foreach (var key in Keys(before, after))
        {
            var here = above.Add(key);
            HelmValue? left = before.Find(key), right = after.Find(key);
            if (Equals(left, right)) continue;
            if ((left ?? HelmMap.Empty) is HelmMap leftMap && (right ?? HelmMap.Empty) is HelmMap rightMap
                && leftMap.Entries.Length + rightMap.Entries.Length > 0)
                Compare(here, leftMap, rightMap, found);
            else found.Add(new ValuePath(here));
        }
    }

    private static IEnumerable<string> Keys(HelmMap before, HelmMap after) =>
        before.Entries.Concat(after.Entries).Select(entry => entry.Key).Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance);
}
