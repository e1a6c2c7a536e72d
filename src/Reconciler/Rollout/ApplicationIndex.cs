using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// All Applications by what <see cref="ApplicationMatch"/> looks for, so that ten thousand instances find theirs without a
/// search through ten thousand Applications each. It is kept up to date by what changed. For one caller at a time.
/// </summary>
/// <param name="match">How an instance's Applications are known.</param>
/// <param name="repository">The overlays' repository, as Argo CD may write it in any spelling.</param>
internal sealed class ApplicationIndex(ApplicationMatch match, string repository)
{
    private readonly string common = RepositoryUrl.Normalize(repository);
    private readonly Dictionary<string, bool> ours = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Namespace, string Name), ImmutableArray<string>> keys = [];
    private readonly Dictionary<string, List<(string Namespace, string Name)>> found = new(StringComparer.Ordinal);
    private KindReading<ApplicationState> reading = KindReading<ApplicationState>.Nothing;

    /// <summary>Takes a new reading.</summary>
    /// <param name="now">All Applications.</param>
    /// <param name="changed">Those that were added, changed or deleted since the last reading; null: any.</param>
    public void Take(KindReading<ApplicationState> now, IEnumerable<(string Namespace, string Name)>? changed)
    {
        reading = now;
        foreach (var name in changed ?? keys.Keys.Concat(now.Objects.Keys).Distinct().ToList()) Take(name);
    }

    /// <summary>An instance's Applications, in the order of namespace and name.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="path">Its overlay's path in the repository.</param>
    /// <returns>None, one, or several.</returns>
    public ImmutableArray<ApplicationState> Find(InstanceCode code, string path) =>
        !found.TryGetValue(match.KeyOf(code, path), out var names) ? []
        : names is [var only] ? [reading.Objects[only]]
        : [.. names.OrderBy(name => name.Namespace, StringComparer.Ordinal).ThenBy(name => name.Name, StringComparer.Ordinal).Select(name => reading.Objects[name])];

    /// <summary>The keys under which an Application is found: paths of overlays, or its name, or its label.</summary>
    /// <param name="application">The Application.</param>
    /// <returns>None: it has nothing to do with the repository.</returns>
    public ImmutableArray<string> KeysOf(ApplicationState application) => [.. match.KeysOf(application, IsOurs).Distinct(StringComparer.Ordinal)];

    private void Take((string Namespace, string Name) name)
    {
        foreach (var key in keys.GetValueOrDefault(name, []))
        {
            found[key].Remove(name);
            if (found[key].Count == 0) found.Remove(key);
        }

        keys.Remove(name);
        if (!reading.Objects.TryGetValue(name, out var application)) return;
        keys[name] = KeysOf(application);
        foreach (var key in keys[name])
        {
            if (!found.TryGetValue(key, out var names)) found[key] = names = [];
            names.Add(name);
        }
    }

    private bool IsOurs(string url)
    {
        if (ours.TryGetValue(url, out var known)) return known;
        return ours[url] = string.Equals(RepositoryUrl.Normalize(url), common, StringComparison.Ordinal);
    }
}
