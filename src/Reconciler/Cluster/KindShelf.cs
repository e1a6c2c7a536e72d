using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>One object of a list or an event.</summary>
internal sealed record SeenObject<T>(string Namespace, string Name, string Version, T State);

/// <summary>
/// The objects of one kind in one namespace or cluster, as a list and the events after it tell. An event that is not newer than
/// what is known of the object, its deletion included, changes nothing: watches repeat themselves and overtake each other.
/// </summary>
/// <typeparam name="T">The state that is kept.</typeparam>
/// <param name="groupOf">The group under which a state is found again.</param>
internal sealed class KindShelf<T>(Func<T, string> groupOf)
    where T : class
{
    private readonly Dictionary<(string Namespace, string Name), string> deleted = [];
    private Dictionary<(string Namespace, string Name), string> versions = [];

    /// <summary>What is known now.</summary>
    public KindReading<T> Reading { get; private set; } = KindReading<T>.Nothing;

    /// <summary>Takes a whole list for the truth.</summary>
    /// <param name="objects">All objects.</param>
    /// <param name="at">When the list ended.</param>
    /// <returns>What was added, changed or removed.</returns>
    public IReadOnlyList<(string Namespace, string Name)> Replace(IReadOnlyCollection<SeenObject<T>> objects, DateTimeOffset at)
    {
        var before = versions;
        versions = objects.ToDictionary(seen => (seen.Namespace, seen.Name), seen => seen.Version);
        var changed = versions.Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Key)
            .Concat(before.Keys.Where(key => !versions.ContainsKey(key))).ToList();
        deleted.Clear();
        if (changed.Count > 0 || Reading.SpokeAt is null)
            Reading = new KindReading<T>
            {
                Objects = new(objects.ToDictionary(seen => (seen.Namespace, seen.Name), seen => seen.State)),
                Groups = new(objects.GroupBy(seen => groupOf(seen.State), StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => group.Select(seen => seen.State).ToImmutableArray(), StringComparer.Ordinal)),
            };
        Reading = Reading with { SpokeAt = at, Trouble = null };
        return changed;
    }

    /// <summary>Takes an ADDED or a MODIFIED.</summary>
    /// <param name="seen">The object.</param>
    /// <param name="at">When it came.</param>
    /// <returns>Whether it told anything new.</returns>
    public bool Put(SeenObject<T> seen, DateTimeOffset at)
    {
        var key = (seen.Namespace, seen.Name);
        if (!IsNewer(key, seen.Version)) return false;
        var before = Reading.Objects.GetValueOrDefault(key);
        versions[key] = seen.Version;
        deleted.Remove(key);
        var groups = before is null ? Reading.Groups : Without(Reading.Groups, before);
        var group = groupOf(seen.State);
        Reading = Reading with
        {
            Objects = Reading.Objects.SetItem(key, seen.State),
            Groups = groups.SetItem(group, groups.TryGetValue(group, out var others) ? others.Add(seen.State) : [seen.State]),
            SpokeAt = at,
        };
        return true;
    }

    /// <summary>Takes a DELETED.</summary>
    /// <param name="seen">The object as it last was, with the version of the deletion.</param>
    /// <param name="at">When it came.</param>
    /// <returns>Whether it told anything new.</returns>
    public bool Remove(SeenObject<T> seen, DateTimeOffset at)
    {
        var key = (seen.Namespace, seen.Name);
        if (!IsNewer(key, seen.Version)) return false;
        deleted[key] = seen.Version;
        versions.Remove(key);
        if (!Reading.Objects.TryGetValue(key, out var before)) return false;
        Reading = Reading with { Objects = Reading.Objects.Remove(key), Groups = Without(Reading.Groups, before), SpokeAt = at };
        return true;
    }

    /// <summary>The server spoke, and nothing has changed.</summary>
    /// <param name="at">When.</param>
    public void Heard(DateTimeOffset at) => Reading = Reading with { SpokeAt = at };

    /// <summary>Nothing stands in the way any more.</summary>
    public void Trust() => Reading = Reading with { Trouble = null };

    /// <summary>Says why the objects prove nothing now; they stay as they were last known.</summary>
    /// <param name="trouble">In words a person can act on.</param>
    /// <param name="cause">What kind of trouble it is.</param>
    /// <returns>Whether that is news.</returns>
    public bool Doubt(string trouble, TroubleCause cause)
    {
        if (Reading.Trouble == trouble) return false;
        Reading = Reading with { Trouble = trouble, Cause = cause };
        return true;
    }

    private LayeredTable<string, ImmutableArray<T>> Without(LayeredTable<string, ImmutableArray<T>> groups, T state)
    {
        var group = groupOf(state);
        var others = groups[group].RemoveAll(other => ReferenceEquals(other, state));
        return others.IsEmpty ? groups.Remove(group) : groups.SetItem(group, others);
    }

    private bool IsNewer((string Namespace, string Name) key, string version) =>
        (!versions.TryGetValue(key, out var known) && !deleted.TryGetValue(key, out known)) || Compare(version, known) > 0;

    /// <summary>Versions are whole numbers that grow; one that is none counts as newer, unless it is the same.</summary>
    private static int Compare(string left, string right) =>
        ulong.TryParse(left, out var one) && ulong.TryParse(right, out var other) ? one.CompareTo(other)
        : string.Equals(left, right, StringComparison.Ordinal) ? 0 : 1;
}
