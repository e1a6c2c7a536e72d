using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Promotion;

/// <summary>A promotion that was proposed before and waits: another one for the same instance must not take its place unseen.</summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="path">The instance's desired file.</param>
internal sealed class WaitingPromotion(Repository repository, string path)
{
    /// <summary>What would be lost if a plan took the place of the commit that waits.</summary>
    /// <param name="waiting">The commit.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A sentence; null: the plan carries all that is not merged yet, from the same source.</returns>
    public async Task<string?> WouldLoseAsync(ObjectId waiting, PromotionPlan plan, CancellationToken cancellationToken)
    {
        var commit = await repository.ReadCommitAsync(waiting, cancellationToken);
        var from = Trailers.Last(commit.Message, Trailers.PromotedFrom);
        var (there, parent) = (await RowsAsync(waiting, cancellationToken), await RowsAsync(commit.Parents[0], cancellationToken));
        var merged = Rows(plan.Before);
        var open = there.Where(row => row.Value != parent.GetValueOrDefault(row.Key) && row.Value != merged.GetValueOrDefault(row.Key)).Select(row => row.Key);
        var carried = plan.Rows.Where(row => row.Differs).Select(row => row.Wish.Code).ToHashSet(StringComparer.Ordinal);
        var lost = (from == plan.Request.Origin ? open.Where(code => !carried.Contains(code)) : open).Order(StringComparer.Ordinal).ToList();
        return lost.Count == 0 ? null
            : $"it carries {string.Join(", ", lost)} from {from} already, which would be lost; merge it, or delete this branch, first"
              + (from == plan.Request.Origin ? ", or name all these addons with --addons" : string.Empty);
    }

    private async Task<Dictionary<string, AddonRow>> RowsAsync(ObjectId commit, CancellationToken cancellationToken)
    {
        if (await repository.FindAsync(commit, RepositoryPath.TryParse(path)!, cancellationToken) is not { } blob) return [];
        await foreach (var file in repository.ReadBlobsAsync([blob], cancellationToken))
            if (file.Content is { } text) return Rows(InstanceFile.Read(path, text, blob.Text));
        return [];
    }

    private static Dictionary<string, AddonRow> Rows(InstanceFile file) => (file.Wish?.Addons ?? [])
        .DistinctBy(row => row.Code, StringComparer.Ordinal)
        .ToDictionary(row => row.Code, row => new AddonRow(row.Code, row.Source ?? string.Empty, row.Image ?? string.Empty, row.Version ?? string.Empty), StringComparer.Ordinal);
}
