using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Compares a file's values with the managed ones: what to change, key by key, and the steps that tell it.</summary>
internal sealed class ValueComparison
{
    private readonly List<EditStep> steps = [];

    private ValueComparison()
    {
    }

    public ImmutableArray<KeyChange> Changes { get; private set; } = [];

    public IReadOnlyList<EditStep> Steps => steps;

    public static ValueComparison Of(HelmMap current, HelmMap wish, ImmutableArray<ValuePath> unset)
    {
        var comparison = new ValueComparison();
        comparison.Changes = comparison.Compare(current, wish, [.. unset.Select(path => path.Keys)], []);
        return comparison;
    }

    private ImmutableArray<KeyChange> Compare(
        HelmMap current, HelmMap wish, ImmutableArray<ImmutableArray<string>> unset, ImmutableArray<string> path)
    {
        var keys = wish.Entries.Select(entry => entry.Key).Concat(unset.Select(keys => keys[0])).Distinct(StringComparer.Ordinal);
        var changes = ImmutableArray.CreateBuilder<KeyChange>();
        foreach (var key in keys)
        {
            ImmutableArray<ImmutableArray<string>> below = [.. unset.Where(keys => keys[0] == key).Select(keys => keys[1..])];
            if (Compare(new(current.Find(key), wish.Find(key), below), path.Add(key)) is { } change) changes.Add(change);
        }

        return changes.ToImmutable();
    }

    private KeyChange? Compare(in Pair pair, ImmutableArray<string> path)
    {
        var key = path[^1];
        if (pair.Unset.Any(keys => keys.IsEmpty)) return Unset(pair.Current, path);
        if (pair is { Wish: HelmMap or null, Current: HelmMap inside })
        {
            var changes = Compare(inside, pair.Wish as HelmMap ?? HelmMap.Empty, pair.Unset, path);
            return changes.IsEmpty ? null : new ChangeMap(key, changes);
        }

        if (pair.Wish is null || pair.Wish.Equals(pair.Current)) return null;
        Tell(pair.Current, pair.Wish, path);
        return new SetKey(key, pair.Wish);
    }

    private RemoveKey? Unset(HelmValue? current, ImmutableArray<string> path)
    {
        if (current is null) return null;
        steps.Add(new ValueUnset(new(path), current));
        return new(path[^1]);
    }

    // A map where nothing stood is told leaf by leaf: each leaf has its own cost.
    private void Tell(HelmValue? before, HelmValue after, ImmutableArray<string> path)
    {
        if (before is null && after is HelmMap { Entries.Length: > 0 } map)
            foreach (var entry in map.Entries)
                Tell(null, entry.Value, path.Add(entry.Key));
        else
            steps.Add(new ValueSet(new(path), before, after));
    }

    private readonly record struct Pair(HelmValue? Current, HelmValue? Wish, ImmutableArray<ImmutableArray<string>> Unset);
}
