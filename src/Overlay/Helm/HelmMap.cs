using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>One key and its value.</summary>
/// <param name="Key">The key as text; Helm has no other keys.</param>
/// <param name="Value">What it holds.</param>
public readonly record struct HelmEntry(string Key, HelmValue Value);

/// <summary>A map with text keys, kept in the order in which Go writes JSON: by the keys' UTF-8 bytes.</summary>
public sealed record HelmMap : HelmValue
{
    private readonly ImmutableArray<HelmEntry> entries;

    private HelmMap(ImmutableArray<HelmEntry> entries) => this.entries = entries;

    /// <summary>The map without keys.</summary>
    public static HelmMap Empty { get; } = new([]);

    /// <summary>All entries, sorted by the keys' UTF-8 bytes, each key once.</summary>
    public ImmutableArray<HelmEntry> Entries => entries;

    /// <inheritdoc/>
    public override string KindName => "map";

    /// <summary>Makes a map of entries in any order; of equal keys the last one wins, as in Helm.</summary>
    /// <param name="unsorted">Entries in any order.</param>
    /// <returns>The map.</returns>
    public static HelmMap From(IEnumerable<HelmEntry> unsorted)
    {
        ArgumentNullException.ThrowIfNull(unsorted);
        var sorted = unsorted.ToList();
        sorted = [.. sorted.OrderBy(entry => entry.Key, Utf8Order.Instance)];
        var kept = ImmutableArray.CreateBuilder<HelmEntry>(sorted.Count);
        for (var i = 0; i < sorted.Count; i++)
            if (i + 1 == sorted.Count || !string.Equals(sorted[i].Key, sorted[i + 1].Key, StringComparison.Ordinal))
                kept.Add(sorted[i]);
        return kept.Count == 0 ? Empty : new HelmMap(kept.ToImmutable());
    }

    internal static HelmMap FromSorted(ImmutableArray<HelmEntry> sorted) => sorted.IsEmpty ? Empty : new(sorted);

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value, or null when the map has no such key (a key that holds YAML's null gives <see cref="HelmNull"/>).</returns>
    public HelmValue? Find(string key)
    {
        var at = Search(key);
        return at < 0 ? null : entries[at].Value;
    }

    /// <summary>This map with one key set.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its new value.</param>
    /// <returns>A new map.</returns>
    public HelmMap With(string key, HelmValue value)
    {
        var at = Search(key);
        return new HelmMap(at < 0 ? entries.Insert(~at, new(key, value)) : entries.SetItem(at, new(key, value)));
    }

    /// <summary>This map without one key.</summary>
    /// <param name="key">The key, which may be missing.</param>
    /// <returns>A map that does not have the key.</returns>
    public HelmMap Without(string key)
    {
        var at = Search(key);
        return at < 0 ? this : new HelmMap(entries.RemoveAt(at));
    }

    /// <summary>Entry by entry.</summary>
    /// <param name="other">The other map.</param>
    /// <returns>Whether keys and values are equal.</returns>
    public bool Equals(HelmMap? other) => other is not null && entries.AsSpan().SequenceEqual(other.entries.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => entries.Aggregate(entries.Length, (hash, entry) => HashCode.Combine(hash, entry));

    private int Search(string key)
    {
        int low = 0, high = entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Utf8Order.Instance.Compare(entries[middle].Key, key);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
