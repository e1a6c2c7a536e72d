using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>What a merged change promises, as far as Git alone tells.</summary>
/// <param name="Change">The change.</param>
/// <param name="Hash">What the pod template must carry.</param>
/// <param name="HashChanged">Whether the overlay before gave another hash.</param>
/// <param name="LastRestart">The last change, this one included, of the overlay or the chart that asks for a restart; null: not known.</param>
internal sealed record Promise(MergedChange Change, ExpectedHash Hash, bool HashChanged, ObjectId? LastRestart)
{
    /// <summary>The hash of the overlay before; null: there was none, or its hash can't be told.</summary>
    public string? HashBefore { get; init; }
}

/// <summary>Makes promises of merged changes.</summary>
/// <param name="hashes">Reads overlays.</param>
internal sealed class Promises(OverlayHashes hashes)
{
    // Of an instance whose last so many changes were comments, nothing is claimed.
    private const int MostSteps = 16;

    private static readonly ExpectedHash Gone = ExpectedHash.Uncertain("the overlay was removed");

    /// <summary>Makes them.</summary>
    /// <param name="merged">What is merged.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>By change: the newest of each instance, and older recent ones.</returns>
    public async Task<ImmutableDictionary<MergedChange, Promise>> MakeAsync(MergedFleet merged, CancellationToken cancellationToken)
    {
        var all = merged.Newest.AddRange(merged.Older);
        await hashes.ReadAsync(merged, all.SelectMany(Overlays), cancellationToken);
        var restarts = await RestartsAsync(merged, cancellationToken);
        return all.ToImmutableDictionary(change => change, change => Make(merged, change, restarts.GetValueOrDefault(change)));
    }

    private static IEnumerable<(Overlay.Desired.InstanceCode Code, string Path, ObjectId Blob)> Overlays(MergedChange change) =>
        new[] { change.Before, change.After }.OfType<ObjectId>().Select(blob => (change.Code, change.Path, blob));

    private Promise Make(MergedFleet merged, MergedChange change, ObjectId? restart)
    {
        var before = change.Before is { } blob ? hashes.Of(merged, change.Code, blob).Value : null;
        return change.After is { } after
            ? new Promise(change, hashes.Of(merged, change.Code, after), IsAnotherHash(merged, change), restart) { HashBefore = before }
            : new Promise(change, Gone, HashChanged: true, null) { HashBefore = before };
    }

    private bool IsAnotherHash(MergedFleet merged, MergedChange change) =>
        change is not { Before: { } before, After: { } after }
        || hashes.Of(merged, change.Code, before).Value != hashes.Of(merged, change.Code, after).Value;

    // From each newest change backwards, all instances one step at a time: nearly all end with the first.
    private async Task<Dictionary<MergedChange, ObjectId?>> RestartsAsync(MergedFleet merged, CancellationToken cancellationToken)
    {
        var found = new Dictionary<MergedChange, ObjectId?>();
        if (merged.Chart is not { } chart) return found;
        var open = merged.Newest.Where(change => change.After is not null).Select(change => (Newest: change, Line: merged.History.Of(change.Code, change.Path))).ToList();
        for (var step = 0; step < MostSteps && open.Count > 0; step++)
        {
            await hashes.ReadAsync(merged, open.SelectMany(each => Overlays(each.Line[step])), cancellationToken);
            foreach (var (newest, line) in open)
                if (await AsksAsync(merged, line[step], cancellationToken)) found[newest] = Later(merged, line[step].Commit, chart);
            open.RemoveAll(each => found.ContainsKey(each.Newest) || each.Line.Length <= step + 1);
        }

        return found;
    }

    private async Task<bool> AsksAsync(MergedFleet merged, MergedChange change, CancellationToken cancellationToken) =>
        IsAnotherHash(merged, change) || await hashes.RestartsAsync(merged, change.Before!, change.After!, cancellationToken);

    private static ObjectId Later(MergedFleet merged, ObjectId commit, LandedChart chart) =>
        merged.Graph.PlaceOf(commit) is { } place && place >= chart.Place ? commit : chart.Commit;
}
