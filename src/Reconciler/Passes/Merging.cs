using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What came of merging a branch.</summary>
/// <param name="BaseName">The base branch.</param>
/// <param name="Commit">The merge commit on base, or null when nothing was merged.</param>
/// <param name="Words">Why nothing was merged, or what else is worth knowing; may be empty.</param>
internal sealed record MergeAnswer(string BaseName, ObjectId? Commit, string Words);

/// <summary>Merges a proposed branch into base on the remote, as a forge's button would, and deletes the branch.</summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="pullRequests">Where proposals are shown.</param>
/// <param name="snapshots">Reads the heads.</param>
/// <param name="target">What it works on.</param>
/// <param name="time">The clock, for the merge commit's date.</param>
internal sealed class Merging(
    Repository repository, IPullRequests pullRequests, Snapshots snapshots, RunTarget target, TimeProvider time)
{
    /// <summary>Merges.</summary>
    /// <param name="branch">The branch's name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The merge commit, or why there is none.</returns>
    public async Task<MergeAnswer> MergeAsync(string branch, CancellationToken cancellationToken)
    {
        if (pullRequests.IsForge) return new MergeAnswer(target.BaseName, null, "this target has a forge: people merge its pull request there.");
        var snapshot = await snapshots.TakeAsync(null, cancellationToken);
        if (!snapshot.Branches.TryGetValue(branch, out var head) && await PromotionAsync(branch, cancellationToken) is { } promotion) head = promotion;
        if (head is null)
            return new MergeAnswer(target.BaseName, null, Unknown(branch, snapshot));
        var wish = new MergeWish(snapshot.Base.Id, head)
        {
            Identity = target.Identity,
            Date = new GitDate(time.GetUtcNow().ToUnixTimeSeconds(), "+0000"),
            Message = $"Merge {branch}\n",
        };
        return await repository.MergeAsync(wish, cancellationToken) switch
        {
            MergeOutcome.Merged merged => await PushAsync(branch, snapshot.Base.Id, head, merged.Commit, cancellationToken),
            MergeOutcome.Conflicting conflict => new MergeAnswer(target.BaseName, null, $"base changed the same lines in {string.Join(", ", conflict.Paths)}; odoosky apply makes the branch anew."),
            _ => await PushAsync(branch, snapshot.Base.Id, head, snapshot.Base.Id, cancellationToken),
        };
    }

    // A promotion changes desired state; it is merged as any proposal, where desired state is on base.
    private async Task<ObjectId?> PromotionAsync(string branch, CancellationToken cancellationToken)
    {
        if (target.DesiredBranch is not null || !branch.StartsWith($"{ChangeSet.PromotionPrefix}{target.Name}.", StringComparison.Ordinal)) return null;
        if (RefName.TryBranch(branch) is not { } name) return null;
        return (await repository.ReadRemoteAsync([RefPattern.Exactly(target.Base), RefPattern.Exactly(name)], cancellationToken)).Find(name);
    }

    private async Task<MergeAnswer> PushAsync(
        string branch, ObjectId baseHead, ObjectId head, ObjectId commit, CancellationToken cancellationToken)
    {
        if (commit != baseHead)
        {
            var moved = (await repository.PushAsync([new RefUpdate(target.Base, commit, baseHead)], cancellationToken))[0];
            if (!moved.IsThere) return new MergeAnswer(target.BaseName, null, $"the remote refused it: {moved.Reason ?? moved.Outcome.ToString()}");
        }

        var gone = (await repository.PushAsync([new RefUpdate(RefName.TryBranch(branch)!, null, head)], cancellationToken))[0];
        await pullRequests.CloseAsync(new Proposal { Number = 0, Branch = branch, State = ProposalState.Open }, string.Empty, cancellationToken);
        return new MergeAnswer(target.BaseName, commit, gone.IsThere ? string.Empty : $"the branch stays: {gone.Reason}");
    }

    private string Unknown(string branch, Snapshot snapshot) => snapshot.Branches.Count == 0
        ? $"{target.Repository} has no proposed branch for the target {target.Name}; odoosky apply makes them."
        : $"there is no such branch of the target {target.Name}. There are: {string.Join(", ", snapshot.OpenBranches.Order(StringComparer.Ordinal).Take(10))}.";
}
