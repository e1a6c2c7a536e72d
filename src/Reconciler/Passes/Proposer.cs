using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
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
        var taken = closing.Where(step => step.Outcome is BranchOutcome.Edited or BranchOutcome.Kept)
            .SelectMany(step => step.Codes.Select(code => (code, step.Branch))).DistinctBy(pair => pair.code).ToDictionary(pair => pair.code, pair => pair.Branch);
        var steps = new List<BranchStep>();
        foreach (var set in sets.Chosen)
            steps.Add(WaitingFor(set, taken) ?? await StepAsync(set, snapshot, branches, cancellationToken));
        var pushed = await PushAsync([.. closing.Concat(steps)], cancellationToken);
        var reports = new List<BranchReport>();
        foreach (var step in closing.Concat(steps).Where(step => step.Outcome != BranchOutcome.Kept))
            reports.Add(await ReportAsync(step, pushed, planned, cancellationToken));
        await ForgetAsync(snapshot, steps, cancellationToken);
        reports.AddRange(sets.Waiting.Select(set => new BranchReport(set.Branch, BranchOutcome.Limited, "enough proposals are open (limits.openPullRequests)", null, null)));
        return [.. reports.OrderBy(report => report.Branch, StringComparer.Ordinal)];
    }

    // After regrouping, an instance joins another branch only when the one that still carries it is gone.
    private static BranchStep? WaitingFor(ChangeSet set, Dictionary<InstanceCode, string> taken)
    {
        var code = set.Changes.Select(change => change.Code).FirstOrDefault(taken.ContainsKey);
        return code is null ? null : new BranchStep(set.Branch, set, BranchOutcome.Limited, null) { Why = $"waits: {taken[code]} still carries {code}" };
    }

    // Texts of branches that are gone, such as after a pass that was killed between a push and its text.
    private async Task ForgetAsync(Snapshot snapshot, List<BranchStep> steps, CancellationToken cancellationToken)
    {
        var alive = snapshot.OpenBranches.Concat(steps.Select(step => step.Branch)).ToHashSet(StringComparer.Ordinal);
        foreach (var open in await pullRequests.OpenAsync(target.Name, cancellationToken))
            if (!alive.Contains(open)) await pullRequests.CloseAsync(open, "its branch is gone", cancellationToken);
    }

    private async Task<BranchStep> StepAsync(ChangeSet set, Snapshot snapshot, Branches branches, CancellationToken cancellationToken)
    {
        var name = RefName.TryBranch(set.Branch)!;
        if (!snapshot.Branches.TryGetValue(set.Branch, out var head))
            return new BranchStep(set.Branch, set, BranchOutcome.Opened, new RefUpdate(name, await CommitAsync(set, name, snapshot, cancellationToken), null));
        var there = await branches.ReadAsync(head, snapshot.Base.Id, cancellationToken);
        var merged = there.ForkedAt == head;
        if (!there.IsOurs && !merged) return new BranchStep(set.Branch, set, BranchOutcome.Edited, null) { Head = head };
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
            .Where(change => change.Action is ChangeAction.Suspended or ChangeAction.Stopped or ChangeAction.Orphaned || change.HeldBecause is not null)
            .Select(change => change.Code).ToHashSet();
        var steps = new List<BranchStep>();
        foreach (var (branch, head) in snapshot.Branches.Where(open => !wanted.Contains(open.Key)))
        {
            var there = await branches.ReadAsync(head, snapshot.Base.Id, cancellationToken);
            steps.Add(Closing(branch, there, there.Codes.Any(quiet.Contains), sets));
        }

        return steps;
    }

    private static BranchStep Closing(string branch, BranchContent there, bool quiet, ChangeSetChoice sets)
    {
        var merged = there.ForkedAt == there.Head;
        if (quiet) return new BranchStep(branch, null, BranchOutcome.Kept, null) { Head = there.Head, Codes = there.Codes };
        if (!there.IsOurs && !merged) return new BranchStep(branch, null, BranchOutcome.Edited, null) { Head = there.Head, Codes = there.Codes };
        var elsewhere = sets.Chosen.Concat(sets.Waiting).Any(set => set.Changes.Any(change => there.Codes.Contains(change.Code)));
        var why = merged ? "it was merged" : elsewhere ? "its instances are proposed on another branch now" : "base already says what is desired";
        return new BranchStep(branch, null, BranchOutcome.Closed, new RefUpdate(RefName.TryBranch(branch)!, null, there.Head)) { Why = why };
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
            await pullRequests.CloseAsync(step.Branch, step.Why, cancellationToken);
            return new BranchReport(step.Branch, BranchOutcome.Closed, step.Why, null, null);
        }

        if (step.Outcome == BranchOutcome.Limited) return new BranchReport(step.Branch, BranchOutcome.Limited, step.Why, null, null);
        var head = (step.Head ?? step.Update?.New)?.Text;
        if (step.Outcome == BranchOutcome.Edited || step.Set is null)
            return new BranchReport(step.Branch, BranchOutcome.Edited, "somebody pushed to this branch; delete it to get it back", head, null);
        return await WriteAsync(step, head, ProposalWriter.Write(step.Set, planned), cancellationToken);
    }

    private async Task<BranchReport> WriteAsync(BranchStep step, string? head, ProposalText text, CancellationToken cancellationToken)
    {
        try
        {
            return new BranchReport(step.Branch, step.Outcome, string.Empty, head, await pullRequests.ProposeAsync(text, cancellationToken));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new BranchReport(step.Branch, BranchOutcome.Refused, $"the branch is pushed, but its proposal could not be written: {failure.Message}", head, null);
        }
    }

    private static string Refusal(PushResult refused) => refused.Outcome == PushOutcome.StaleLease
        ? "the branch moved meanwhile; the next pass looks again"
        : refused.Reason ?? "the remote refused the push";

    private sealed record BranchStep(string Branch, ChangeSet? Set, BranchOutcome Outcome, RefUpdate? Update)
    {
        public ObjectId? Head { get; init; }

        public string Why { get; init; } = string.Empty;

        public ImmutableArray<InstanceCode> Codes { get; init; } = [];
    }
}
