using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>What stands in the way of a kind.</summary>
internal enum TroubleCause
{
    /// <summary>The server can't be reached, is silent, busy, or talks nonsense: it may pass.</summary>
    Unreachable,

    /// <summary>The credentials are not accepted.</summary>
    Credentials,

    /// <summary>A right is missing, or the kind is not served.</summary>
    Right,
}

/// <summary>What is known of one kind in one cluster.</summary>
/// <typeparam name="T">The state that is kept of an object.</typeparam>
internal sealed record KindReading<T>
{
    /// <summary>Nothing was read, and nothing is wrong: the kind is not looked for here.</summary>
    public static KindReading<T> Nothing { get; } = new();

    /// <summary>All objects, by namespace and name.</summary>
    public LayeredTable<(string Namespace, string Name), T> Objects { get; init; } = new([]);

    /// <summary>The objects of a group: a namespace's, or an owner's by its uid.</summary>
    public LayeredTable<string, ImmutableArray<T>> Groups { get; init; } = new(new(StringComparer.Ordinal));

    /// <summary>When the API server last spoke of this kind: a list's end, an event, or a bookmark. Null: never.</summary>
    public DateTimeOffset? SpokeAt { get; init; }

    /// <summary>
    /// Why the objects prove nothing, in words a person can act on (a missing right with its verb, a cluster that can't be
    /// reached); they are then what was last known. Null: they are up to date as of <see cref="SpokeAt"/>.
    /// </summary>
    public string? Trouble { get; init; }

    /// <summary>What kind of trouble it is; of no meaning without one.</summary>
    public TroubleCause Cause { get; init; }

    /// <summary>A group's objects.</summary>
    /// <param name="group">A namespace or a uid.</param>
    /// <returns>The objects, in no order; none for an unknown group.</returns>
    public ImmutableArray<T> In(string group) => Groups.TryGetValue(group, out var found) ? found : [];
}
