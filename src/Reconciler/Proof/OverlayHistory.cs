using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>
/// Which overlay stood where on base's first-parent line, from one reading of its newest part. Where the line is known, no tree
/// has to be read to tell an overlay at a revision: a tree of ten thousand instances costs a millisecond each time.
/// </summary>
internal sealed class OverlayHistory
{
    private readonly Dictionary<string, List<(int Place, PathChange Change)>> byPath = new(StringComparer.Ordinal);
    private readonly CommitGraph? graph;
    private readonly int oldest;

    /// <param name="changes">The changes, newest first.</param>
    /// <param name="graph">The history of the base head.</param>
    /// <param name="isWhole">Whether no older change was left out.</param>
    public OverlayHistory(IEnumerable<PathChange> changes, CommitGraph graph, bool isWhole)
    {
        this.graph = graph;
        oldest = int.MaxValue;
        foreach (var change in changes)
        {
            if (graph.PlaceOf(change.Commit) is not { } place) continue;
            if (!byPath.TryGetValue(change.Path, out var all)) byPath[change.Path] = all = [];
            all.Add((place, change));
            oldest = Math.Min(oldest, place);
        }

        if (isWhole) oldest = 0;
    }

    private OverlayHistory() => oldest = int.MaxValue;

    /// <summary>Nothing was read.</summary>
    public static OverlayHistory Nothing { get; } = new();

    /// <summary>The paths that ever changed.</summary>
    public IEnumerable<string> Paths => byPath.Keys;

    /// <summary>All known changes of an instance's overlay.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="path">Its overlay's path.</param>
    /// <returns>The newest first.</returns>
    public ImmutableArray<MergedChange> Of(InstanceCode code, string path)
    {
        var told = ImmutableArray.CreateBuilder<MergedChange>();
        foreach (var (_, change) in byPath.GetValueOrDefault(path) ?? [])
        {
            var next = told.Count == 0 ? null : told[^1].After == change.After ? told[^1].Next : told[^1];
            told.Add(new MergedChange(code, path, change.Commit, change.At) { Before = change.Before, After = change.After, Next = next });
        }

        return told.ToImmutable();
    }

    /// <summary>The overlay at a commit of the line.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="revision">The commit.</param>
    /// <param name="newest">The overlay at the base head, or null when there is none.</param>
    /// <param name="blob">The overlay there, or null when there was none.</param>
    /// <returns>False: the commit is not on the line, or older than what was read.</returns>
    public bool TryFind(string path, ObjectId revision, ObjectId? newest, out ObjectId? blob)
    {
        blob = newest;
        if (graph?.PlaceOf(revision) is not { } at || at < oldest) return false;
        foreach (var (place, change) in byPath.GetValueOrDefault(path) ?? [])
        {
            if (place <= at) break;
            blob = change.Before;
        }

        return true;
    }
}
