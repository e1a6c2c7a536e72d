using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>
/// What the file <c>restart-paths.yaml</c> beside a chart says: which pods a change of a values path rolls. A path that is
/// not listed is unknown, and unknown counts as a restart.
/// </summary>
public sealed record RestartPaths
{
    /// <summary>The file's name in the chart's folder.</summary>
    public const string FileName = "restart-paths.yaml";

    internal static ImmutableArray<string> Pods { get; } = ["odoo", "pg"];

    /// <summary>No path is known: every change counts as a restart.</summary>
    public static RestartPaths Unknown { get; } = new();

    /// <summary>The listed paths in the order of their written form, each with the pods it rolls; no pods: it rolls none.</summary>
    public ImmutableArray<(ValuePath Path, ImmutableArray<string> Pods)> Paths { get; init; } = [];

    /// <summary>What was wrong with the file; with an error in it, <see cref="Paths"/> is empty.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>Reads the file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="text">Its bytes.</param>
    /// <returns>What it says; never an exception for what stands in it.</returns>
    public static RestartPaths Read(string path, ReadOnlyMemory<byte> text)
    {
        var file = StrictFile.Open(path, text, RestartCodes.Strict);
        var paths = ImmutableSortedDictionary.CreateBuilder<ValuePath, ImmutableArray<string>>();
        if (file.RootOf(DesiredShapes.RestartPaths, "RestartPaths") is { } root)
            foreach (var entry in root.Entries("paths"))
                if (ReadPath(entry) is { } key && !paths.TryAdd(key, ReadPods(entry.Value)))
                    file.Error(RestartCodes.DuplicateKey, entry.Place, $"The path {key} stands twice.", "Keep one of the two.");
        var problems = file.Problems();
        var broken = problems.Any(problem => problem.Severity == Severity.Error);
        return new RestartPaths { Problems = problems, Paths = broken ? [] : [.. paths.Select(pair => (pair.Key, pair.Value))] };
    }

    /// <summary>The pods that a change of a path rolls.</summary>
    /// <param name="path">A path that changed.</param>
    /// <returns>
    /// What the longest listed path says that is this path or lies above it, together with all listed paths below this one;
    /// null when none is this path or lies above it.
    /// </returns>
    public ImmutableArray<string>? PodsOf(ValuePath path)
    {
        var above = Paths.Where(listed => listed.Path.Covers(path)).OrderByDescending(listed => listed.Path.Keys.Length).ToList();
        if (above.Count == 0) return null;
        var below = Paths.Where(listed => path.Covers(listed.Path)).SelectMany(listed => listed.Pods);
        return [.. above[0].Pods.Concat(below).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static ValuePath? ReadPath(StrictEntry entry)
    {
        var path = ValuePath.TryParse(entry.Key);
        if (path is null)
            entry.Value.File.Error(
                RestartCodes.WrongValue,
                entry.Place,
                $"{TextRules.Quote(entry.Key)} is no path of keys.",
                "Join keys by dots, and put a key with a dot in double quotes.");
        return path;
    }

    private static ImmutableArray<string> ReadPods(StrictNode node)
    {
        var pods = ImmutableArray.CreateBuilder<string>();
        foreach (var item in node.Items())
            if (item.Text() is { } pod)
                if (Pods.Contains(pod, StringComparer.Ordinal)) pods.Add(pod);
                else item.Wrong($"a pod's role: {TextRules.List(Pods)}");
        return [.. pods.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
