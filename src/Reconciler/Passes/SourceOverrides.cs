using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// Argo CD's override files where an Application of this fleet may find them: beside the chart, where they concern all instances,
/// and beside an overlay, where they concern that one.
/// </summary>
internal sealed class SourceOverrides
{
    private readonly ImmutableArray<(TreeEntry Entry, InstanceCode? Code)> files;

    private SourceOverrides(ImmutableArray<(TreeEntry Entry, InstanceCode? Code)> files) => this.files = files;

    /// <summary>The blobs to read.</summary>
    public IEnumerable<string> Blobs => files.Where(file => file.Entry.IsRegular).Select(file => file.Entry.Id.Text);

    /// <summary>Finds them.</summary>
    /// <param name="tree">The base tree.</param>
    /// <param name="chart">The chart's folder, or null when the settings name none.</param>
    /// <param name="overlays">The overlays of the tree.</param>
    /// <returns>None in most repositories.</returns>
    public static SourceOverrides In(TreeListing tree, string? chart, OverlayTree overlays)
    {
        var named = tree.Entries.Where(entry => ArgoOverrides.IsName(entry.Path[(entry.Path.LastIndexOf('/') + 1)..])).ToList();
        if (named.Count == 0) return new([]);
        var codes = overlays.Entries.ToLookup(overlay => FolderOf(overlay.Path), overlay => overlay.Code, StringComparer.Ordinal);
        return new(
        [
            .. named.SelectMany(entry => FolderOf(entry.Path) == chart
                ? [(entry, null)]
                : codes[FolderOf(entry.Path)].Select(code => (entry, (InstanceCode?)code))),
        ]);
    }

    /// <summary>What they mean.</summary>
    /// <param name="texts">The blobs' bytes.</param>
    /// <returns>An error where a file may set what is managed, else a warning: its parameters win over the overlays.</returns>
    public IEnumerable<Problem> Problems(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> texts)
    {
        foreach (var (entry, code) in files)
        {
            var isHarmless = entry.IsRegular && ArgoOverrides.LeavesAlone(texts[entry.Id.Text], ChartFiles.Roots);
            yield return new Problem(
                PlanProblems.SourceOverride,
                isHarmless ? Severity.Warning : Severity.Error,
                isHarmless
                    ? "Argo CD merges this file over the Application's source: its parameters win over the overlay, and the forecast does not know them."
                    : "Argo CD merges this file over the Application's source, and it may set the addons: the hash is not certain.",
                "Move what it sets into the overlays, and remove the file.",
                new Place(entry.Path),
                code?.Text);
        }
    }

    /// <summary>The instances that errors among them stop.</summary>
    /// <param name="problems">What <see cref="Problems"/> found.</param>
    /// <returns>None for a file that concerns all.</returns>
    public static IEnumerable<InstanceCode> Stopped(IEnumerable<Problem> problems) =>
        problems.Where(problem => problem.Severity == Severity.Error).Select(problem => InstanceCode.TryParse(problem.Instance)).OfType<InstanceCode>();

    private static string FolderOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : string.Empty;
}
