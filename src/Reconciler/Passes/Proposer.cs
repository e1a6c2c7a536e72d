using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// Does what was decided, in an order that leaves every point fit to be killed at; the next pass looks, and goes on:
/// <code>
/// 1 take back merging by itself, where a pull request must not be merged any more     before its branch changes
/// 2 close pull requests                                                               before their branches go: a forge closes
///                                                                                     what loses its branch, which would look like a person's no
/// 3 one push: new branches, rebuilt ones, deleted ones; a lease each, not atomic      a refused one holds nobody up
/// 4 bring texts, labels and comments up to date                                       update
/// 5 open pull requests                                                                create
/// </code>
/// </summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="pullRequests">Where proposals are shown.</param>
/// <param name="target">What passes work on.</param>
internal sealed class Proposer(Repository repository, IPullRequests pullRequests, RunTarget target)
{
    /// <summary>Does it.</summary>
    /// <param name="planned">The plan, not held.</param>
    /// <param name="settings">What proposals look like.</param>
    /// <param name="snapshot">The heads that it was made on.</param>
    /// <param name="cancellationToken">Ends it; the next pass goes on from there.</param>
    /// <returns>What became of each branch, in order of name.</returns>
    public async Task<ImmutableArray<BranchReport>> ProposeAsync(
        PlannedPass planned, GitOpsSettings settings, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var acts = new ProposalActs(pullRequests, planned, settings);
        var decisions = planned.Decided.Decisions;
        foreach (var decision in decisions) await acts.HoldBackAsync(decision, cancellationToken);
        foreach (var close in decisions.OfType<Decision.Close>()) await acts.CloseAsync(close, cancellationToken);
        var updates = new Dictionary<string, RefUpdate>(StringComparer.Ordinal);
        foreach (var decision in decisions)
            if (await UpdateAsync(decision, snapshot, cancellationToken) is { } update) updates[decision.Branch] = update;
        var pushed = await PushAsync([.. updates.Values], cancellationToken);
        var reports = new List<BranchReport>();
        foreach (var decision in decisions.OrderBy(decision => decision is Decision.Open ? 1 : 0))
        {
            var update = updates.GetValueOrDefault(decision.Branch);
            if (update is not null && pushed[update.Ref] is { IsThere: false } refused)
                reports.Add(new BranchReport(decision.Branch, BranchOutcome.Refused, Refusal(refused), decision.Head?.Text, null));
            else reports.Add(await acts.ShowAsync(decision, update?.New ?? decision.Head, update is not null, cancellationToken));
        }

        return [.. reports.Where(report => report.Outcome != BranchOutcome.Kept || pullRequests.IsForge).OrderBy(report => report.Branch, StringComparer.Ordinal)];
    }

    private async Task<RefUpdate?> UpdateAsync(Decision decision, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var name = RefName.TryBranch(decision.Branch)!;
        var set = decision switch
        {
            Decision.Open { Push: true } open => open.Set,
            Decision.Rebuild rebuild => rebuild.Set,
            _ => null,
        };
        if (set is null) return decision is Decision.Close && decision.Head is { } old ? new RefUpdate(name, null, old) : null;
        var tip = await CommitAsync(set, name, snapshot, cancellationToken);
        return tip == decision.Head ? null : new RefUpdate(name, tip, decision.Head);
    }

    private async Task<ObjectId> CommitAsync(ChangeSet set, RefName name, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var chain = new CommitChain
        {
            Target = name,
            Parent = snapshot.Base.Id,
            Identity = target.Identity,
            Date = snapshot.Base.Committer.Date,
            Signing = target.Signing,
            Commits = CommitPlan.Of(set),
        };
        return (await repository.CommitAsync(chain, cancellationToken)).Tip;
    }

    private async Task<ImmutableDictionary<RefName, PushResult>> PushAsync(ImmutableArray<RefUpdate> updates, CancellationToken cancellationToken) =>
        updates.IsEmpty
            ? ImmutableDictionary<RefName, PushResult>.Empty
            : (await repository.PushAsync(updates, cancellationToken)).ToImmutableDictionary(result => result.Update.Ref);

    private static string Refusal(PushResult refused) => refused.Outcome == PushOutcome.StaleLease
        ? "the branch moved meanwhile; the next pass looks again"
        : refused.Reason ?? "the remote refused the push";
}
