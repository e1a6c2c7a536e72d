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
/// <param name="refusals">Pushes that a rule of the remote refused.</param>
internal sealed class Proposer(Repository repository, IPullRequests pullRequests, RunTarget target, RefusalMemory refusals)
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
        var refused = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var close in decisions.OfType<Decision.Close>())
            if (await acts.CloseAsync(close, cancellationToken) is { } words) refused[close.Branch] = words;
        var updates = new Dictionary<string, RefUpdate>(StringComparer.Ordinal);
        foreach (var decision in decisions.Where(decision => !refused.ContainsKey(decision.Branch)))
            if (await UpdateAsync(decision, snapshot, cancellationToken) is { } update) updates[decision.Branch] = update;
        var wishes = decisions.ToDictionary(decision => decision.Branch, decision => decision.Proposed?.ContentDigest ?? "gone", StringComparer.Ordinal);
        foreach (var (branch, words) in await PushAsync(updates, wishes, cancellationToken)) refused[branch] = words;
        var reports = new List<BranchReport>();
        foreach (var decision in decisions.OrderBy(decision => decision is Decision.Open ? 1 : 0))
        {
            var update = updates.GetValueOrDefault(decision.Branch);
            reports.Add(refused.TryGetValue(decision.Branch, out var words)
                ? new BranchReport(decision.Branch, BranchOutcome.Refused, words, decision.Head?.Text, null)
                : await acts.ShowAsync(decision, update?.New ?? decision.Head, update is not null, cancellationToken));
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

    // Gives the refusals by branch. What a rule of the remote refused is not pushed again for an hour: it would be refused again.
    private async Task<Dictionary<string, string>> PushAsync(
        Dictionary<string, RefUpdate> updates, Dictionary<string, string> wishes, CancellationToken cancellationToken)
    {
        var refused = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var branch in updates.Keys)
            if (refusals.Find(branch, wishes[branch]) is { } words) refused[branch] = words;
        ImmutableArray<RefUpdate> asked = [.. updates.Where(update => !refused.ContainsKey(update.Key)).Select(update => update.Value)];
        if (asked.IsEmpty) return refused;
        foreach (var result in (await PushInPartsAsync(asked, cancellationToken)).Where(result => !result.IsThere))
        {
            var branch = result.Update.Ref.BranchName!;
            refused[branch] = Refusal(result);
            if (result.Outcome == PushOutcome.Declined) refusals.Note(branch, wishes[branch], refused[branch]);
        }

        return refused;
    }

    // A hook of a server refuses a whole push for one of its branches: in halves, the others go through.
    private async Task<IEnumerable<PushResult>> PushInPartsAsync(ImmutableArray<RefUpdate> updates, CancellationToken cancellationToken)
    {
        var results = await repository.PushAsync(updates, cancellationToken);
        ImmutableArray<RefUpdate> hooked = [.. results.Where(result => result.Reason?.Contains("pre-receive hook declined", StringComparison.Ordinal) == true).Select(result => result.Update)];
        if (hooked.Length < 2) return results;
        var others = results.Where(result => !hooked.Contains(result.Update));
        var first = await PushInPartsAsync(hooked[..(hooked.Length / 2)], cancellationToken);
        return [.. others, .. first, .. await PushInPartsAsync(hooked[(hooked.Length / 2)..], cancellationToken)];
    }

    private static string Refusal(PushResult refused) => refused.Outcome == PushOutcome.StaleLease
        ? "the branch moved meanwhile; the next pass looks again"
        : refused.Reason ?? "the remote refused the push";
}
