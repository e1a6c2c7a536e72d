using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>What one release's values are made of.</summary>
public sealed record HelmInput
{
    /// <summary>The values files (<c>-f</c>), in order: later ones win. UTF-8.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Files { get; init; } = [];

    /// <summary>The chart's own values.yaml; null without a chart.</summary>
    public ReadOnlyMemory<byte>? ChartValues { get; init; }

    /// <summary>
    /// <c>--set</c>, <c>--set-string</c>, <c>--set-json</c> and <c>--set-literal</c>, each followed by its value or joined to it by
    /// <c>=</c>; <c>--set-file</c> is refused because it names a file.
    /// </summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>The Helm that reads them; null: all supported profiles must agree, else the reading is refused.</summary>
    public HelmVersion? Version { get; init; }
}
