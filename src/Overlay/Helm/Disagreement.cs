using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Where the versions of Helm make different values of one input, and whose doing that is.</summary>
internal sealed class Disagreement(ImmutableArray<ValuesFile> files, ValuesFile? chart)
{
    private const string Rule = "versions-disagree";

    /// <summary>One version reads what the other fails on.</summary>
    /// <param name="failure">Of the version that fails.</param>
    /// <param name="version">The second of the two versions; the first is the oldest supported one.</param>
    public static HelmFailure OnValidity(HelmFailure failure, HelmVersion version) => new(
        FailureKind.Refused,
        Rule,
        $"Helm {HelmVersion.Supported[0]} and {version} do not agree that this input is valid; say which version reads it.",
        failure.File,
        failure.Line,
        failure.Column);

    /// <summary>The first path at which two readings differ.</summary>
    /// <param name="left">One reading.</param>
    /// <param name="right">Another.</param>
    /// <param name="only">The only top-level key that counts; null: all do.</param>
    /// <returns>Keys from the root, as deep as maps go on both sides; null when nothing differs.</returns>
    public static ImmutableArray<string>? FirstPath(HelmMap left, HelmMap right, string? only)
    {
        var keys = only is null ? left.Entries.Concat(right.Entries).Select(entry => entry.Key) : [only];
        foreach (var key in keys)
        {
            HelmValue? one = left.Find(key), other = right.Find(key);
            if (Equals(one, other)) continue;
            return one is HelmMap map && other is HelmMap twin && FirstPath(map, twin, null) is { } inside ? inside.Insert(0, key) : [key];
        }

        return null;
    }

    /// <summary>Two versions make different values of a path.</summary>
    /// <param name="path">Keys from the root.</param>
    /// <param name="version">The second of the two versions; the first is the oldest supported one.</param>
    public HelmFailure On(ImmutableArray<string> path, HelmVersion version)
    {
        var (file, line, column) = PlaceOf(path);
        var message = $"Helm {HelmVersion.Supported[0]} and {version} make different values of {string.Join('.', path)}; say which version reads it.";
        return new(FailureKind.Refused, Rule, message, file, line, column);
    }

    private (int File, int Line, int Column) PlaceOf(ImmutableArray<string> path)
    {
        var all = chart is null ? files : files.Insert(0, chart);
        if (all.FirstOrDefault(file => file.DiffersIn(path[0])) is { } cut) return (cut.Number, cut.FirstCut, 1);
        foreach (var file in all)
            if (file.PlaceOf(path) is { } place)
                return (file.Number, place.Line, place.Column);
        return (chart?.Number ?? 0, 0, 0);
    }
}
