namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// Finds the source of an Application that reads an overlay, by repository and path:
/// <code>
/// the source's helm.valueFiles         reads, seen from its path charts/instance
/// ../../instances/acme/values.yaml     instances/acme/values.yaml of the same source
/// /instances/acme/values.yaml          the same: a leading slash is the repository's root
/// $values/instances/acme/values.yaml   the same path of the source with ref: values
/// (path is instances/acme)             instances/acme/values.yaml, which Helm reads by itself
/// </code>
/// </summary>
internal static class OverlaySource
{
    private const string OwnValues = "values.yaml";

    /// <summary>The index of the source whose revision says which overlay is deployed, or null when none reads it.</summary>
    public static int? IndexOf(ApplicationSpec spec, OverlayPlace overlay)
    {
        for (var i = 0; i < spec.Sources.Length; i++)
            if (RepositoryUrl.AreSame(spec.Sources[i].RepoUrl, overlay.Repository) && IsRead(spec, spec.Sources[i], overlay.Path)) return i;
        return null;
    }

    /// <summary>The value file, as the Application writes it, that is the overlay; null: it is the chart's own.</summary>
    public static (HelmSource Helm, int File)? ValueFileOf(ApplicationSpec spec, int index, OverlayPlace overlay)
    {
        var overlays = spec.Sources[index];
        foreach (var source in spec.Sources)
            for (var file = 0; file < (source.Helm?.ValueFiles.Length ?? 0); file++)
                if (Means(source.Helm!.ValueFiles[file], source, overlays, overlay.Path)) return (source.Helm, file);
        return null;
    }

    /// <summary>All paths of a repository that an Application reads values from: those for which <see cref="IndexOf"/> finds a source.</summary>
    /// <param name="spec">The Application's.</param>
    /// <param name="isOurs">Whether an address means the repository.</param>
    /// <returns>Paths without <c>.</c> and <c>..</c>; some perhaps twice.</returns>
    public static IEnumerable<string> PathsOf(ApplicationSpec spec, Func<string, bool> isOurs) =>
        spec.Sources.Where(source => isOurs(source.RepoUrl)).SelectMany(source => PathsOf(spec, source)).OfType<string>();

    private static IEnumerable<string?> PathsOf(ApplicationSpec spec, ApplicationSource source)
    {
        if (source.Path is { } folder)
        {
            yield return Resolve(Join(folder, OwnValues));
            foreach (var file in (source.Helm?.ValueFiles ?? []).Where(file => !file.StartsWith('$')))
                yield return Resolve(file.StartsWith('/') ? file : Join(folder, file));
        }

        if (source.Ref is not { } name) yield break;
        foreach (var file in spec.Sources.SelectMany(other => other.Helm?.ValueFiles ?? []))
            if (file.StartsWith($"${name}/", StringComparison.Ordinal)) yield return Resolve(file[(name.Length + 1)..]);
    }

    private static bool IsRead(ApplicationSpec spec, ApplicationSource overlays, string path) =>
        spec.Sources.Any(source => source.Helm?.ValueFiles.Any(file => Means(file, source, overlays, path)) == true)
        || (overlays.Path is { } folder && Same(Join(folder, OwnValues), path));

    private static bool Means(string file, ApplicationSource source, ApplicationSource overlays, string path)
    {
        if (!file.StartsWith('$'))
            return ReferenceEquals(source, overlays) && source.Path is { } folder && Same(file.StartsWith('/') ? file : Join(folder, file), path);
        var slash = file.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && overlays.Ref is { } name && file.AsSpan(1, slash - 1).SequenceEqual(name) && Same(file[slash..], path);
    }

    private static bool Same(string one, string other) => string.Equals(Resolve(one), Resolve(other), StringComparison.Ordinal);

    private static string Join(string folder, string file) => folder + "/" + file;

    // null: it leaves the repository, which no overlay does.
    private static string? Resolve(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is ".") continue;
            if (part is not "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else return null;
        }

        return string.Join('/', parts);
    }
}
