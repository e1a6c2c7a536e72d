using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>Makes immutable lists of served ones; a missing list is an empty one.</summary>
internal static class ServedLists
{
    public static ImmutableArray<string> Each(List<string>? served) => served is null ? [] : [.. served];

    public static ImmutableArray<TState> Each<TServed, TState>(List<TServed>? served, Func<TServed, TState> make)
    {
        if (served is not { Count: > 0 }) return [];
        var made = new TState[served.Count];
        for (var i = 0; i < made.Length; i++) made[i] = make(served[i]);
        return ImmutableCollectionsMarshal.AsImmutableArray(made);
    }
}
