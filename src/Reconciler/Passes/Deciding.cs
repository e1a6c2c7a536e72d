using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// Gathers what the life of pull requests depends on, and lets it decide; writes nothing:
/// <code>
/// changes − declined − reverted − rings that wait = what may be proposed → change sets
/// change sets × branches × pull requests → a decision each → limits
/// </code>
/// </summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="pullRequests">Where proposals are shown.</param>
/// <param name="target">What passes work on.</param>
/// <param name="time">The clock.</param>
internal sealed class Deciding(Repository repository, IPullRequests pullRequests, RunTarget target, TimeProvider time)
{
    private readonly BranchMemory memory = new();

    /// <summary>Decides.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="settings">Grouping, limits and rings.</param>
    /// <param name="snapshot">The heads that the plan was made on.</param>
    /// <param name="rings">What is known of rings' rollouts, by ring; without one a ring goes by what is merged.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The decisions.</returns>
    public async Task<Decided> DecideAsync(
        OverlayPlan plan, EffectiveSettings settings, Snapshot snapshot, ImmutableDictionary<string, RingVerdict> rings, CancellationToken cancellationToken)
    {
        memory.Turn(snapshot.Base.Id);
        var branches = new Branches(repository, settings.GitOps.Overlays, memory);
        var contents = new SortedDictionary<string, BranchContent>(StringComparer.Ordinal);
        foreach (var (name, head) in snapshot.Branches)
            contents[name] = await branches.ReadAsync(head, snapshot.Base.Id, cancellationToken);
        var seen = new Seen(plan, settings, snapshot, contents, await ObserveAsync(contents.Keys, cancellationToken), rings);
        ImmutableArray<OverlayChange> changes = [.. plan.Changes];
        var verdicts = new Verdicts(seen.Proposals, changes.IsEmpty ? ImmutableDictionary<string, Landing>.Empty : await new Landings(repository, memory).ReadAsync(snapshot.Base.Id, cancellationToken));
        var held = await HoldAsync(changes, verdicts, seen, cancellationToken);
        var sets = Sets(changes, held, seen);
        var large = sets.Select(set => Verdicts.OfLarge(set, seen.Proposals)).OfType<HeldChange>().ToList();
        sets = sets.RemoveAll(set => large.Exists(each => each.Code == set.Name));
        var decisions = await DecideAsync(sets, seen, branches, held.Concat(large).ToDictionary(each => each.Code, StringComparer.Ordinal), cancellationToken);
        return new Decided
        {
            Decisions = decisions,
            Held = [.. held.Concat(large).OrderBy(each => each.Code, StringComparer.Ordinal)],
            Proposals = seen.Proposals,
            EditedOnBase = [.. changes.Where(verdicts.IsEditOfBase).Select(change => change.Code.Text)],
        };
    }

    /// <summary>Refuses a plan whose rows are older than what was applied last: a database that is behind would take back what people merged.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="snapshot">The heads that it was made on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The plan, with a problem for each row that is older.</returns>
    public async Task<OverlayPlan> RefuseStaleAsync(OverlayPlan plan, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (target.Database is null || !plan.Changes.Any()) return plan;
        ImmutableArray<Problem> stale = [.. StaleReads.In(plan, await new Landings(repository, memory).ReadAsync(snapshot.Base.Id, cancellationToken))];
        return stale.IsEmpty ? plan : plan with { Problems = [.. stale, .. plan.Problems] };
    }

    // Without a forge the branch itself is the proposal, whether its text is in this folder or in another machine's.
    private async Task<ImmutableArray<Proposal>> ObserveAsync(IEnumerable<string> branches, CancellationToken cancellationToken)
    {
        var proposals = await pullRequests.ObserveAsync(target.Name, cancellationToken);
        if (pullRequests.IsForge) return proposals;
        var written = proposals.Select(proposal => proposal.Branch).ToHashSet(StringComparer.Ordinal);
        return [.. proposals, .. branches.Where(branch => !written.Contains(branch)).Select(branch => new Proposal { Number = 0, Branch = branch, State = ProposalState.Open })];
    }

    private async Task<List<HeldChange>> HoldAsync(ImmutableArray<OverlayChange> changes, Verdicts verdicts, Seen seen, CancellationToken cancellationToken)
    {
        var digests = changes.Select(change => change.Digest).ToHashSet(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var commit in seen.Proposals.Where(proposal => proposal.Marker?.Changes?.Values.Any(digests.Contains) == true).Select(proposal => proposal.MergeCommit).OfType<string>())
            if (await repository.ResolveAsync(commit, cancellationToken) is not null) known.Add(commit);
        var held = changes.Select(change => verdicts.Of(change, known.Contains)).OfType<HeldChange>().ToList();
        var refused = held.Select(each => each.Code).ToHashSet(StringComparer.Ordinal);
        var waves = new Waves(new WaveFacts
        {
            Rings = seen.Settings.GitOps.Rings,
            Proposals = seen.Proposals,
            Labels = seen.Settings.GitOps.Rings.IsEmpty ? [] : seen.Plan.Instances.ToDictionary(change => change.Code.Text, change => change.Labels, StringComparer.Ordinal),
            Verdicts = seen.Rings,
            Now = time.GetUtcNow(),
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(seen.Settings.Target.Schedule.TimeZone),
        });
        held.AddRange(waves.Hold([.. changes.Where(change => !refused.Contains(change.Code.Text))], [.. changes.Where(change => refused.Contains(change.Code.Text))]));
        return held;
    }

    private ImmutableArray<ChangeSet> Sets(ImmutableArray<OverlayChange> changes, List<HeldChange> held, Seen seen)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (branch, content) in seen.Contents)
            foreach (var code in content.Codes) names.TryAdd(code.Text, branch[ChangeSet.BranchPrefix(target.Name).Length..]);
        var heldCodes = held.Select(each => each.Code).ToHashSet(StringComparer.Ordinal);
        var settings = seen.Settings.GitOps;
        return ChangeSets.Of(target.Name, changes.Where(change => !heldCodes.Contains(change.Code.Text)), (settings.Grouping, settings.Limits.GroupSize), names);
    }

    private async Task<ImmutableArray<Decision>> DecideAsync(
        ImmutableArray<ChangeSet> sets, Seen seen, Branches branches, Dictionary<string, HeldChange> held, CancellationToken cancellationToken)
    {
        var facts = new SortedDictionary<string, BranchFacts>(StringComparer.Ordinal);
        var wanted = sets.ToDictionary(set => set.Branch, StringComparer.Ordinal);
        var names = wanted.Keys.Concat(seen.Contents.Keys).Concat(seen.Proposals.Where(proposal => proposal is { State: ProposalState.Open, IsForeign: false }).Select(proposal => proposal.Branch));
        var gathering = new Gathering(seen, held, wanted);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
            facts[name] = await gathering.FactsAsync(name, branches, cancellationToken);
        Gathering.MarkTheirs(facts);
        var decisions = facts.Values.Select(PullRequestLife.Decide).Where(decision => decision is not Decision.Nothing).ToList();
        return Room.Fit(decisions, pullRequests.IsForge ? seen.Proposals : [], seen.Settings.GitOps.Limits, time.GetUtcNow());
    }
}
