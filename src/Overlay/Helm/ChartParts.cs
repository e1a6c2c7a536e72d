using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>What a chart's folder holds besides its values.yaml that can put values under its keys: its subcharts.</summary>
public sealed record ChartParts
{
    /// <summary>The chart's <c>Chart.yaml</c>, and its <c>requirements.yaml</c> where there is one; UTF-8.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Definitions { get; init; } = [];

    /// <summary>The <c>Chart.yaml</c> of each folder in <c>charts/</c>; Helm loads those too that no dependency names.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Subcharts { get; init; } = [];

    /// <summary>File names in <c>charts/</c> that end in <c>.tgz</c>.</summary>
    public ImmutableArray<string> Archives { get; init; } = [];

    /// <summary>What a path inside a chart's folder means here.</summary>
    /// <param name="path">Relative to the folder, with slashes.</param>
    /// <returns>Which of the three parts it is, or null.</returns>
    public static ChartPart? KindOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path is "Chart.yaml" or "requirements.yaml") return ChartPart.Definition;
        return path.Split('/') switch
        {
            // Helm passes over names that start so.
            ["charts", ['_' or '.', ..], ..] => null,
            ["charts", _, "Chart.yaml"] => ChartPart.Subchart,
            ["charts", var file] when file.EndsWith(".tgz", StringComparison.Ordinal) => ChartPart.Archive,
            _ => null,
        };
    }
}

/// <summary>What a file in a chart's folder is.</summary>
public enum ChartPart
{
    /// <summary>It names dependencies.</summary>
    Definition,

    /// <summary>It names a subchart.</summary>
    Subchart,

    /// <summary>It is a packed subchart.</summary>
    Archive,
}
