using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What planning needs of the chart: its default values and what it says of its paths.</summary>
/// <param name="Folder">The chart's folder in the repository.</param>
/// <param name="Values">The blob of its <c>values.yaml</c>, or null.</param>
/// <param name="Paths">The blob of its <c>restart-paths.yaml</c>, or null.</param>
internal sealed record ChartFiles(string Folder, string? Values, string? Paths)
{
    /// <summary>The blobs to read.</summary>
    public IEnumerable<string> Blobs => new[] { Values, Paths }.OfType<string>();

    /// <summary>Finds the chart's files.</summary>
    /// <param name="tree">The base tree.</param>
    /// <param name="folder">The chart's folder, or null when the settings name none.</param>
    /// <returns>The files; those that are missing or not regular are null.</returns>
    public static ChartFiles In(TreeListing tree, string? folder) => folder is null
        ? new ChartFiles(string.Empty, null, null)
        : new ChartFiles(folder, Find(tree, $"{folder}/values.yaml"), Find(tree, $"{folder}/{RestartPaths.FileName}"));

    /// <summary>Reads them.</summary>
    /// <param name="texts">The blobs' bytes.</param>
    /// <param name="settings">The repository's settings.</param>
    /// <param name="helm">The Helm version, or null.</param>
    /// <returns>The rules for planning, a key that names their content, and problems.</returns>
    public (PlanRules Rules, string Key, ImmutableArray<Problem> Problems) Read(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> texts, GitOpsSettings settings, HelmVersion? helm)
    {
        var paths = Paths is null ? RestartPaths.Unknown : RestartPaths.Read($"{Folder}/{RestartPaths.FileName}", texts[Paths]);
        var rules = new PlanRules
        {
            ChartValues = Values is null ? null : texts[Values],
            RestartPaths = paths,
            Helm = helm,
            BuiltinOnly = settings.BuiltinOnlyChanges,
        };
        return (rules, $"{Values} {Paths} {helm} {settings.BuiltinOnlyChanges} {settings.Overlays}", [.. paths.Problems, .. Unreadable(rules)]);
    }

    // A chart that Helm can't read renders nothing for any instance: the whole plan stops.
    private IEnumerable<Problem> Unreadable(PlanRules rules)
    {
        var reading = HelmValues.Read(new HelmInput { Files = [], ChartValues = rules.ChartValues, Version = rules.Helm });
        if (reading.Failure is { } failure)
            yield return new Problem(
                failure.Kind == FailureKind.HelmFails ? PlanProblems.HelmFails : PlanProblems.HelmRefused,
                Severity.Error,
                $"The chart's values can't be read with certainty ({failure.Rule}): {failure.Message}",
                "Mend the chart's values.yaml, or name the Helm version with helm: in the settings.",
                new Place($"{Folder}/values.yaml", failure.Line, failure.Column),
                null);
    }

    private static string? Find(TreeListing tree, string path) =>
        RepositoryPath.TryParse(path) is { } parsed && tree.Find(parsed) is { IsRegular: true } entry ? entry.Id.Text : null;
}
