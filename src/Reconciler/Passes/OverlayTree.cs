using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>The overlays of a tree, and what stands in their way.</summary>
internal sealed class OverlayTree
{
    private readonly TreeListing tree;
    private readonly OverlayTemplate template;
    private readonly ImmutableArray<InstanceCode> claimed;
    private readonly Lazy<ILookup<string, TreeEntry>> folders;

    private OverlayTree(TreeListing tree, OverlayTemplate template)
    {
        this.tree = tree;
        this.template = template;
        var found = tree.Entries.Select(entry => (Entry: entry, Code: template.TryMatch(entry.Path))).Where(found => found.Code is not null).ToList();
        claimed = [.. found.Select(found => found.Code!)];
        Entries = [.. found.Where(found => found.Entry.IsRegular).Select(found => new OverlayEntry(found.Code!, found.Entry.Path, found.Entry.Id.Text))];
        folders = new(() => tree.Entries.ToLookup(entry => FolderOf(entry.Path), StringComparer.Ordinal));
    }

    /// <summary>Regular files on overlay paths, in the tree's order.</summary>
    public ImmutableArray<OverlayEntry> Entries { get; }

    /// <summary>Finds the overlays of a tree.</summary>
    /// <param name="tree">The whole tree.</param>
    /// <param name="template">Where overlays stand.</param>
    /// <returns>The overlays.</returns>
    public static OverlayTree Of(TreeListing tree, OverlayTemplate template) => new(tree, template);

    /// <summary>Instances whose overlay can't be read or written safely, and why: links, submodules, case twins.</summary>
    /// <param name="state">The wish.</param>
    /// <returns>Each instance once.</returns>
    public IEnumerable<(InstanceCode Code, string Path, string Why)> Obstacles(DesiredState state)
    {
        var codes = state.Instances.Select(wish => wish.Code)
            .Concat(claimed)
            .Distinct();
        foreach (var code in codes)
        {
            var path = template.PathOf(code);
            if (tree.ObstacleAt(RepositoryPath.TryParse(path)!) is { } why) yield return (code, path, why);
        }
    }

    /// <summary>All problems of the tree's shape.</summary>
    /// <param name="state">The wish.</param>
    /// <param name="obstacles">What <see cref="Obstacles"/> found for it.</param>
    /// <returns>Errors for obstacles, warnings for files that a retired instance leaves behind.</returns>
    public IEnumerable<Problem> Problems(DesiredState state, IEnumerable<(InstanceCode Code, string Path, string Why)> obstacles)
    {
        foreach (var (code, path, why) in obstacles)
            yield return new Problem(
                PlanProblems.NotRegular, Severity.Error, $"The overlay can't be read or written safely: {why}.",
                "Make it a regular file in regular folders, spelled as the instance's code.", new Place(path), code.Text);
        foreach (var wish in state.Instances.Where(wish => wish.State == InstanceState.Absent))
        {
            var path = template.PathOf(wish.Code);
            var stays = folders.Value[FolderOf(path)].Where(entry => entry.Path != path).Select(entry => entry.Path).ToList();
            if (stays.Count > 0 && tree.Find(RepositoryPath.TryParse(path)!) is not null)
                yield return new Problem(
                    PlanProblems.FilesStay, Severity.Warning, $"Other files stay when the overlay of {wish.Code} goes: {string.Join(", ", stays.Take(5))}.",
                    "Remove them by hand when they are not needed.", new Place(path), wish.Code.Text);
        }
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : string.Empty;
}
