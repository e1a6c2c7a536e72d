using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// An immutable table: a plain dictionary that nobody changes, and over it what differs. Ten thousand rows are made as quickly as a
/// dictionary of them, and one row changes without a copy; now and then the layers become one.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TValue">The rows.</typeparam>
internal sealed class LayeredTable<TKey, TValue> : IReadOnlyDictionary<TKey, TValue>
    where TKey : notnull
{
    private const int FewChanges = 64;
    private const int Share = 8;

    private readonly Dictionary<TKey, TValue> ground;
    private readonly ImmutableDictionary<TKey, (bool IsThere, TValue Value)> changes;

    /// <param name="ground">The rows; not to be changed by anybody from now on.</param>
    public LayeredTable(Dictionary<TKey, TValue> ground)
        : this(ground, ImmutableDictionary.Create<TKey, (bool, TValue)>(ground.Comparer), ground.Count)
    {
    }

    private LayeredTable(Dictionary<TKey, TValue> ground, ImmutableDictionary<TKey, (bool IsThere, TValue Value)> changes, int count) =>
        (this.ground, this.changes, Count) = (ground, changes, count);

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IEnumerable<TKey> Keys => this.Select(row => row.Key);

    /// <inheritdoc/>
    public IEnumerable<TValue> Values => this.Select(row => row.Value);

    /// <inheritdoc/>
    public TValue this[TKey key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no {key}.");

    /// <summary>The table with a row added or put in another's place.</summary>
    public LayeredTable<TKey, TValue> SetItem(TKey key, TValue value) => With(changes.SetItem(key, (true, value)), Count + (ContainsKey(key) ? 0 : 1));

    /// <summary>The table without a row; the same when there is none.</summary>
    public LayeredTable<TKey, TValue> Remove(TKey key) =>
        !ContainsKey(key) ? this : With(ground.ContainsKey(key) ? changes.SetItem(key, (false, default!)) : changes.Remove(key), Count - 1);

    /// <inheritdoc/>
    public bool ContainsKey(TKey key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(TKey key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value)
    {
        if (changes.IsEmpty || !changes.TryGetValue(key, out var change)) return ground.TryGetValue(key, out value);
        value = change.Value;
        return change.IsThere;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => (changes.IsEmpty ? ground : Rows()).GetEnumerator();

    /// <inheritdoc/>
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<KeyValuePair<TKey, TValue>> Rows() => ground.Where(row => !changes.ContainsKey(row.Key))
        .Concat(changes.Where(change => change.Value.IsThere).Select(change => KeyValuePair.Create(change.Key, change.Value.Value)));

    private LayeredTable<TKey, TValue> With(ImmutableDictionary<TKey, (bool IsThere, TValue Value)> others, int count)
    {
        var layered = new LayeredTable<TKey, TValue>(ground, others, count);
        return others.Count <= FewChanges + (ground.Count / Share) ? layered : new(new Dictionary<TKey, TValue>(layered, ground.Comparer));
    }
}
