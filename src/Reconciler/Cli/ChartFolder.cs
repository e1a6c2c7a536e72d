using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>A chart's folder on this machine.</summary>
/// <param name="Values">Its <c>values.yaml</c>; null when it has none, which Helm can do without.</param>
/// <param name="Parts">Its subcharts.</param>
/// <param name="HasSchema">Whether it has a <c>values.schema.json</c>, by which Helm may fail on values that are read here.</param>
/// <param name="Overrides">Names of Argo CD's override files in it.</param>
internal sealed record ChartFolder(ReadOnlyMemory<byte>? Values, ChartParts Parts, bool HasSchema, IReadOnlyList<string> Overrides)
{
    /// <summary>Reads what the hash depends on.</summary>
    /// <param name="folder">An absolute path; it has a <c>Chart.yaml</c>.</param>
    /// <returns>The folder.</returns>
    public static ChartFolder Read(string folder)
    {
        var charts = Path.Combine(folder, "charts");
        var files = Names(folder).Concat(!Directory.Exists(charts)
            ? []
            : Names(charts).Select(name => "charts/" + name)
                .Concat(Directory.EnumerateDirectories(charts).Select(subchart => $"charts/{Path.GetFileName(subchart)}/Chart.yaml")));
        var parts = files.ToLookup(ChartParts.KindOf);
        return new ChartFolder(
            File.Exists(Path.Combine(folder, "values.yaml")) ? File.ReadAllBytes(Path.Combine(folder, "values.yaml")) : null,
            new ChartParts
            {
                Definitions = [.. parts[ChartPart.Definition].Select(Bytes)],
                Subcharts = [.. parts[ChartPart.Subchart].Where(file => File.Exists(Path.Combine(folder, file))).Select(Bytes)],
                Archives = [.. parts[ChartPart.Archive].Select(file => file["charts/".Length..])],
            },
            File.Exists(Path.Combine(folder, "values.schema.json")),
            [.. Names(folder).Where(ArgoOverrides.IsName).Order(StringComparer.Ordinal)]);

        ReadOnlyMemory<byte> Bytes(string file) => File.ReadAllBytes(Path.Combine(folder, file));
    }

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file));
}
