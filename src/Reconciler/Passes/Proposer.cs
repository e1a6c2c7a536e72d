using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// Makes a plan's change sets visible: branches with commits, and their proposals. Per branch:
/// <code>
/// on the remote   carries          what happens
/// no              -                commits are made on base and pushed; the branch must not exist
/// yes             what is wished   nothing, unless the overlay changed on base
/// yes             something older  made anew on base and pushed, with a lease on the head just read
/// yes             a person's work  hands off
/// yes, no wish    our work         deleted: base already says what is desired
/// </code>
/// </summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="pullRequests">Where proposals are shown.</param>
/// <param name="target">What passes work on.</param>
internal sealed class Proposer(Repository repository, IPullRequests pullRequests, RunTarget target)
{
    /// <summary>Proposes.</summary>
    /// <param name="planned">The plan, not held.</param>
    /// <param name="sets">Its change sets.</param>
    /// <param name="snapshot">The heads that it was made on.</param>
    /// <param name="cancellationToken">Ends it; the next pass goes on from there.</param>
    /// <returns>What became of each branch, in order of name.</returns>
    public async Task<ImmutableArray<BranchReport>> ProposeAsync(
        PlannedPass planned, ChangeSetChoice sets, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var branches = new Branches(repository, planned.Overlays);
        var closing = await ClosingAsync(planned, sets, snapshot, branches, cancellationToken);
        var steps = new List<BranchStep>();
        foreach (var set in sets.Chosen) steps.Add(await StepAsync(set, snapshot, branches, cancellationToken));
        var pushed = await PushAsync([.. closing.Concat(steps)], cancellationToken);
        var reports = new List<BranchReport>();
        foreach (var step in closing.Concat(steps)) reports.Add(await ReportAsync(step, pushed, planned, cancellationToken));
        reports.AddRange(sets.Waiting.Select(set => new BranchReport(set.Branch, BranchOutcome.Limited, "enough proposals are open (limits.openPullRequests)", null, null)));
        return [.. reports.OrderBy(report => report.Branch, StringComparer.Ordinal)];
    }

    private async Task<BranchStep> StepAsync(ChangeSet set, Snapshot snapshot, Branches branches, CancellationToken cancellationToken)
    {
        var name = RefName.TryBranch(set.Branch)!;
        if (!snapshot.Branches.TryGetValue(set.Branch, out var head))
            return new BranchStep(set.Branch, set, BranchOutcome.Opened, new RefUpdate(name, await CommitAsync(set, name, snapshot, cancellationToken), null));
        var there = await branches.ReadAsync(head, snapshot.Base.Id, cancellationToken);
        if (!there.IsOurs) return new BranchStep(set.Branch, set, BranchOutcome.Edited, null) { Head = head };
        var codes = set.Changes.Select(change => change.Code);
        if (there.Content == set.ContentDigest && await branches.SameOverlaysAsync(there.ForkedAt!, snapshot.Base.Id, codes, cancellationToken))
            return new BranchStep(set.Branch, set, BranchOutcome.Unchanged, null) { Head = head };
        var tip = await CommitAsync(set, name, snapshot, cancellationToken);
        return tip == head
            ? new BranchStep(set.Branch, set, BranchOutcome.Unchanged, null) { Head = head }
            : new BranchStep(set.Branch, set, BranchOutcome.Updated, new RefUpdate(name, tip, head));
    }

    // Branches of ours that no change set wants any more. Where an instance is suspended, stopped or held, they stay.
    private static async Task<List<BranchStep>> ClosingAsync(
        PlannedPass planned, ChangeSetChoice sets, Snapshot snapshot, Branches branches, CancellationToken cancellationToken)
    {
        var wanted = sets.Chosen.Concat(sets.Waiting).Select(set => set.Branch).ToHashSet(StringComparer.Ordinal);
        var quiet = planned.Plan.Instances
            .Where(change => change.Action is ChangeAction.Suspended or ChangeAction.Stopped || change.HeldBecause is not null)
            .Select(change => change.Code).ToHashSet();
        var steps = new List<BranchStep>();
        foreach (var (branch, head) in snapshot.Branches.Where(open => !wanted.Contains(open.Key)))
        {
            var there = await branches.ReadAsync(head, snapshot.Base.Id, cancellationToken);
            if (there.Codes.Any(quiet.Contains)) continue;
            var merged = there.ForkedAt == head;
            steps.Add(there.IsOurs || merged
                ? new BranchStep(branch, null, BranchOutcome.Closed, new RefUpdate(RefName.TryBranch(branch)!, null, head))
                : new BranchStep(branch, null, BranchOutcome.Edited, null) { Head = head });
        }

        return steps;
    }

    private async Task<ObjectId> CommitAsync(ChangeSet set, RefName name, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var chain = new CommitChain
        {
            Target = name,
            Parent = snapshot.Base.Id,
            Identity = target.Identity,
            Date = snapshot.Base.Committer.Date,
            Commits = CommitPlan.Of(set),
        };
        return (await repository.CommitAsync(chain, cancellationToken)).Tip;
    }

    private async Task<ImmutableDictionary<RefName, PushResult>> PushAsync(
        ImmutableArray<BranchStep> steps, CancellationToken cancellationToken)
    {
        ImmutableArray<RefUpdate> updates = [.. steps.Select(step => step.Update).OfType<RefUpdate>()];
        if (updates.IsEmpty) return ImmutableDictionary<RefName, PushResult>.Empty;
        return (await repository.PushAsync(updates, cancellationToken)).ToImmutableDictionary(result => result.Update.Ref);
    }

    private async Task<BranchReport> ReportAsync(
        BranchStep step, ImmutableDictionary<RefName, PushResult> pushed, PlannedPass planned, CancellationToken cancellationToken)
    {
        if (step.Update is not null && pushed[step.Update.Ref] is { IsThere: false } refused)
            return new BranchReport(step.Branch, BranchOutcome.Refused, Refusal(refused), step.Update.Expected?.Text, null);
        if (step.Outcome == BranchOutcome.Closed)
        {
            await pullRequests.CloseAsync(step.Branch, "base already says what is desired", cancellationToken);
            return new BranchReport(step.Branch, BranchOutcome.Closed, "base already says what is desired", null, null);
        }

        var head = (step.Head ?? step.Update?.New)?.Text;
        if (step.Outcome == BranchOutcome.Edited || step.Set is null)
            return new BranchReport(step.Branch, BranchOutcome.Edited, "somebody pushed to this branch; delete it to get it back", head, null);
        var receipt = await pullRequests.ProposeAsync(ProposalWriter.Write(step.Set, planned), cancellationToken);
        return new BranchReport(step.Branch, step.Outcome, string.Empty, head, receipt);
    }

    private static string Refusal(PushResult refused) => refused.Outcome == PushOutcome.StaleLease
        ? "the branch moved meanwhile; the next pass looks again"
        : refused.Reason ?? "the remote refused the push";

    private sealed record BranchStep(string Branch, ChangeSet? Set, BranchOutcome Outcome, RefUpdate? Update)
    {
        public ObjectId? Head { get; init; }
    }
}
