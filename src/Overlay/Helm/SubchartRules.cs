using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>
/// Subcharts change a chart's own values in two ways, both refused here: one that is named or aliased like a key puts its defaults
/// and <c>global</c> under it, and <c>import-values</c> copies a subchart's values to where it says. Source: Helm's pkg/chartutil,
/// dependencies.go and coalesce.go. A dependency that a condition switches off counts too.
/// </summary>
public static class SubchartRules
{
    /// <summary>Looks whether subcharts may change some of a chart's values.</summary>
    /// <param name="parts">What the chart's folder holds.</param>
    /// <param name="roots">The top-level keys whose values must be certain.</param>
    /// <returns>Why they are not, or null. The failure names no place.</returns>
    public static HelmFailure? Check(ChartParts parts, IReadOnlyCollection<string> roots)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(roots);
        var names = new List<string>();
        foreach (var definition in parts.Definitions)
        {
            if (ReadMap(definition, out var failure) is not { } chart) return failure;
            foreach (var dependency in ListAt(chart, "dependencies").OfType<HelmMap>())
            {
                names.AddRange(TextsAt(dependency, "name", "alias"));
                if (ListAt(dependency, "import-values").Select(import => RootOf(import, roots)).FirstOrDefault(root => root is not null) is { } root)
                    return Refuse("import-values", $"import-values in Chart.yaml may write {root}; write those values into values.yaml instead.");
            }
        }

        return CheckNames(parts, names, roots);
    }

    private static HelmFailure? CheckNames(ChartParts parts, List<string> names, IReadOnlyCollection<string> roots)
    {
        var unknown = parts.Archives.FirstOrDefault(archive => !names.Exists(name => archive.StartsWith(name + "-", StringComparison.Ordinal)));
        foreach (var subchart in parts.Subcharts)
        {
            if (ReadMap(subchart, out var failure) is not { } chart) return failure;
            names.AddRange(TextsAt(chart, "name"));
        }

        if (names.Find(name => roots.Contains(name, StringComparer.Ordinal)) is { } taken)
            return Refuse("subchart-values", $"A subchart is named {taken}: Helm puts its defaults under that key; give it another alias.");
        return unknown is null
            ? null
            : Refuse("subchart-archive", $"No dependency in Chart.yaml names the archive charts/{unknown}, so its chart's name is not known; name it, or remove the file.");
    }

    /// <summary>The root that an import may write.</summary>
    private static string? RootOf(HelmValue import, IReadOnlyCollection<string> roots)
    {
        if (import is not HelmMap map) return roots.First();
        var parent = (map.Find("parent") as HelmText)?.Value ?? string.Empty;
        if (parent is ".") return roots.First();
        var first = parent.Split('.')[0];
        return roots.Contains(first, StringComparer.Ordinal) ? first : null;
    }

    private static HelmMap? ReadMap(ReadOnlyMemory<byte> text, out HelmFailure? failure)
    {
        var reading = YamlDocument.Read(text, YamlLimits.Values);
        var value = reading.Value?.Root?.ToValue();
        failure = reading.Failure ?? value?.Failure;
        if (failure is null && (value?.Value ?? HelmMap.Empty) is HelmMap map) return map;
        failure = Refuse("chart-definition", "A Chart.yaml or requirements.yaml can't be read" + (failure is null ? ": it is no map." : $" (line {failure.Line}): {failure.Message}"));
        return null;
    }

    // Go's JSON finds the fields of a struct whatever the case of their letters.
    private static IEnumerable<HelmValue> At(HelmMap map, string key) =>
        map.Entries.Where(entry => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Value);

    private static IEnumerable<HelmValue> ListAt(HelmMap map, string key) => At(map, key).OfType<HelmList>().SelectMany(list => list.Items);

    private static IEnumerable<string> TextsAt(HelmMap map, params ImmutableArray<string> keys) =>
        keys.SelectMany(key => At(map, key)).OfType<HelmText>().Select(text => text.Value);

    private static HelmFailure Refuse(string rule, string message) => new(FailureKind.Refused, rule, message, -1, 0, 0);
}
