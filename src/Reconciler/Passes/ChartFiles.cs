using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What planning needs of the chart: its default values, what it says of its paths, and its subcharts.</summary>
/// <param name="Folder">The chart's folder in the repository.</param>
/// <param name="Values">The blob of its <c>values.yaml</c>, or null.</param>
/// <param name="Paths">The blob of its <c>restart-paths.yaml</c>, or null.</param>
internal sealed record ChartFiles(string Folder, string? Values, string? Paths)
{
    /// <summary>Whatever else differs, these keys' values must be certain.</summary>
    public static ImmutableArray<string> Roots { get; } = ["addons", "instance"];

    /// <summary>Why the chart can't be used, or null.</summary>
    public string? Fault { get; private init; }

    /// <summary>Files that say what subcharts the chart has.</summary>
    private ImmutableArray<(ChartPart Kind, TreeEntry Entry)> Parts { get; init; } = [];

    /// <summary>The blobs to read.</summary>
    public IEnumerable<string> Blobs => new[] { Values, Paths }.OfType<string>()
        .Concat(Parts.Where(part => part.Kind is not ChartPart.Archive).Select(part => part.Entry.Id.Text));

    /// <summary>Finds the chart's files.</summary>
    /// <param name="tree">The base tree.</param>
    /// <param name="folder">The chart's folder, or null when the settings name none.</param>
    /// <returns>The files; those that are missing or not regular are null.</returns>
    public static ChartFiles In(TreeListing tree, string? folder)
    {
        if (folder is null) return new ChartFiles(string.Empty, null, null);
        ImmutableArray<TreeEntry> entries = [.. tree.Entries.Where(entry => entry.Path == folder || entry.Path.StartsWith(folder + "/", StringComparison.Ordinal))];
        return new ChartFiles(folder, Find(tree, $"{folder}/values.yaml"), Find(tree, $"{folder}/{RestartPaths.FileName}"))
        {
            Fault = FaultOf(entries, folder),
            Parts = PartsOf(entries, folder),
        };
    }

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
            ChartPath = $"{Folder}/values.yaml",
            RestartPaths = paths,
            KnowsChart = Folder.Length > 0,
            Helm = helm,
            BuiltinOnly = settings.BuiltinOnlyChanges,
        };
        return (rules, $"{Values} {Paths} {rules.KnowsChart} {helm} {settings.BuiltinOnlyChanges} {settings.Overlays}", [.. paths.Problems, .. Unreadable(rules, texts)]);
    }

    // A chart that Helm can't read, or that does not say what its templates see, stops the whole plan.
    private IEnumerable<Problem> Unreadable(PlanRules rules, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> texts)
    {
        if (Fault is not null)
            yield return new Problem(
                PlanProblems.NotRegular, Severity.Error, $"The chart can't be used: {Fault}.",
                "Name the chart's folder with chart: in gitops.yaml; it holds regular files only.", new Place(Folder), null);
        if (ChartProblems.Of(rules) is { } problem) yield return problem;
        var found = new ChartParts
        {
            Definitions = [.. Of(ChartPart.Definition).Select(entry => texts[entry.Id.Text])],
            Subcharts = [.. Of(ChartPart.Subchart).Select(entry => texts[entry.Id.Text])],
            Archives = [.. Of(ChartPart.Archive).Select(entry => entry.Path[(Folder.Length + "/charts/".Length)..])],
        };
        if (SubchartRules.Check(found, Roots) is { } refusal) yield return ChartProblems.Of(rules with { ChartPath = $"{Folder}/Chart.yaml" }, refusal);
    }

    private IEnumerable<TreeEntry> Of(ChartPart kind) => Parts.Where(part => part.Kind == kind).Select(part => part.Entry);

    private static ImmutableArray<(ChartPart Kind, TreeEntry Entry)> PartsOf(ImmutableArray<TreeEntry> entries, string folder) =>
    [
        .. entries.Where(entry => entry.IsRegular)
            .Select(entry => (Kind: ChartParts.KindOf(entry.Path[Math.Min(folder.Length + 1, entry.Path.Length)..]), Entry: entry))
            .Where(part => part.Kind is not null)
            .Select(part => (part.Kind!.Value, part.Entry)),
    ];

    private static string? FaultOf(ImmutableArray<TreeEntry> entries, string folder)
    {
        if (entries.IsEmpty) return $"there is no folder {folder}";
        return entries.FirstOrDefault(entry => !entry.IsRegular) is { } odd ? $"{odd.Path} is no regular file" : null;
    }

    private static string? Find(TreeListing tree, string path) =>
        RepositoryPath.TryParse(path) is { } parsed && tree.Find(parsed) is { IsRegular: true } entry ? entry.Id.Text : null;
}
