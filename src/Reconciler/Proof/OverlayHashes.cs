using System.Collections.Concurrent;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>The hash that Helm renders from an overlay, by our own reading of its blob; trailers are claims. Each blob is read once.</summary>
/// <param name="repository">The repository's cache.</param>
internal sealed class OverlayHashes(Repository repository)
{
    private const int Part = 1000;
    private readonly ConcurrentDictionary<(string Rules, InstanceCode Code, ObjectId Blob), ExpectedHash> known = new();

    /// <summary>The hash of an overlay that was read with <see cref="ReadAsync"/>.</summary>
    public ExpectedHash Of(MergedFleet merged, InstanceCode code, ObjectId blob) => known[(merged.RulesKey, code, blob)];

    /// <summary>Reads overlays that were not read yet, several at a time.</summary>
    /// <param name="merged">The chart.</param>
    /// <param name="wanted">Instances with their overlays' paths and blobs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task ReadAsync(
        MergedFleet merged, IEnumerable<(InstanceCode Code, string Path, ObjectId Blob)> wanted, CancellationToken cancellationToken)
    {
        var planner = new InstancePlanner(merged.Rules);
        var missing = wanted.Where(each => !known.ContainsKey((merged.RulesKey, each.Code, each.Blob))).Distinct().ToList();
        foreach (var part in missing.Chunk(Part))
        {
            var texts = await TextsAsync(part.Select(each => each.Blob), cancellationToken);
            part.AsParallel().ForAll(each => known[(merged.RulesKey, each.Code, each.Blob)] = Hash(planner, each, texts[each.Blob]));
        }
    }

    /// <summary>Whether a pod restarts between two overlays with one hash.</summary>
    /// <param name="merged">The chart.</param>
    /// <param name="before">The blob before.</param>
    /// <param name="after">The blob after.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>True also where it can't be told.</returns>
    public async Task<bool> RestartsAsync(MergedFleet merged, ObjectId before, ObjectId after, CancellationToken cancellationToken)
    {
        var texts = await TextsAsync([before, after], cancellationToken);
        return Values(merged, texts[before]) is not { } one || Values(merged, texts[after]) is not { } other
            || Forecaster.Compare(one, other, merged.Rules.RestartPaths).Restart != Restart.No;
    }

    private static HelmMap? Values(MergedFleet merged, ReadOnlyMemory<byte>? text) => text is null
        ? null
        : HelmValues.Read(new HelmInput { Files = [text.Value], ChartValues = merged.Rules.ChartValues, Version = merged.Rules.Helm }).Value;

    // An overlay without a wish is planned as one that is left alone, which tells its hash and nothing else.
    private static ExpectedHash Hash(InstancePlanner planner, (InstanceCode Code, string Path, ObjectId Blob) overlay, ReadOnlyMemory<byte>? text)
    {
        if (text is null) return ExpectedHash.Uncertain("the overlay is too large to be read");
        var reading = OverlayDocument.Read(overlay.Path, text.Value, overlay.Code);
        var told = planner.Plan(new InstanceFacts(overlay.Code, overlay.Path, null, WishIsBroken: false, reading));
        return told.HashBefore is { } hash ? ExpectedHash.Of(hash)
            : ExpectedHash.Uncertain(reading.Problems.Concat(told.Problems).Select(problem => problem.Message).FirstOrDefault() ?? "the overlay can't be read");
    }

    private async Task<Dictionary<ObjectId, ReadOnlyMemory<byte>?>> TextsAsync(IEnumerable<ObjectId> blobs, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<ObjectId, ReadOnlyMemory<byte>?>();
        await foreach (var blob in repository.ReadBlobsAsync([.. blobs.Distinct()], cancellationToken)) texts[blob.Id] = blob.Content;
        return texts;
    }
}
