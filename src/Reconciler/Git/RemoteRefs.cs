using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>What refs of the remote point at, as it said itself. Their commits are in the cache.</summary>
internal sealed record RemoteRefs(ImmutableSortedDictionary<string, ObjectId> Ids)
{
    public static RemoteRefs None { get; } = new(ImmutableSortedDictionary.Create<string, ObjectId>(StringComparer.Ordinal));

    /// <summary>Null: the remote has no such ref, or it was not asked for.</summary>
    public ObjectId? Find(RefName name) => Ids.GetValueOrDefault(name.Text);

    public IEnumerable<KeyValuePair<RefName, ObjectId>> Under(RefName folder) =>
        Ids.Select(pair => KeyValuePair.Create(RefName.TryParse(pair.Key)!, pair.Value)).Where(pair => RefPattern.Under(folder).Matches(pair.Key));
}
