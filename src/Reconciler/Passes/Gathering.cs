using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What one pass saw.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Snapshot">The heads.</param>
/// <param name="Contents">What our branches carry, by name.</param>
/// <param name="Proposals">All proposals of the target.</param>
/// <param name="Rings">What is known of rings' rollouts, by ring.</param>
internal sealed record Seen(
    OverlayPlan Plan, EffectiveSettings Settings, Snapshot Snapshot, IReadOnlyDictionary<string, BranchContent> Contents, ImmutableArray<Proposal> Proposals,
    ImmutableDictionary<string, RingVerdict> Rings);

/// <summary>Puts together what the life of each branch depends on.</summary>
/// <param name="seen">What was seen.</param>
/// <param name="held">Changes that are wished and not proposed, by code or name of set.</param>
/// <param name="wanted">The change sets by branch.</param>
internal sealed class Gathering(Seen seen, IReadOnlyDictionary<string, HeldChange> held, Dictionary<string, ChangeSet> wanted)
{
    private readonly Dictionary<InstanceCode, OverlayChange> plan = seen.Plan.Instances.ToDictionary(change => change.Code);
    private readonly HashSet<InstanceCode> proposed = [.. wanted.Values.SelectMany(set => set.Changes).Select(change => change.Code)];

    /// <summary>The facts of a branch.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="branches">Reads branches.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The facts, without those that come from other branches.</returns>
    public async Task<BranchFacts> FactsAsync(string name, Branches branches, CancellationToken cancellationToken)
    {
        var ours = seen.Proposals.Where(proposal => proposal.Branch == name && !proposal.IsForeign).ToList();
        var facts = new BranchFacts(name)
        {
            Wanted = wanted.GetValueOrDefault(name),
            Content = seen.Contents.GetValueOrDefault(name),
            Open = ours.Where(proposal => proposal.State == ProposalState.Open).MinBy(proposal => proposal.Number),
            Last = ours.Where(proposal => proposal.State != ProposalState.Open).MaxBy(proposal => proposal.EndedAt),
        };
        if (facts.Content is not { } content) return Resting(facts, MarkedCodes(facts.Open));
        var baseHead = seen.Snapshot.Base.Id;
        return Resting(facts, content.Codes) with
        {
            OverlayMoved = content.ForkedAt is { } fork && !await branches.SameOverlaysAsync(fork, baseHead, content.Codes, cancellationToken),
            Landed = facts.Wanted is null && !content.Codes.IsEmpty && await branches.SameOverlaysAsync(content.Head, baseHead, content.Codes, cancellationToken),
        };
    }

    /// <summary>Names, for each branch, another one that a person works on with one of its instances.</summary>
    /// <param name="facts">All facts; replaced where there is such a one.</param>
    public static void MarkTheirs(SortedDictionary<string, BranchFacts> facts)
    {
        var carriers = new Dictionary<InstanceCode, string>();
        foreach (var theirs in facts.Values.Where(each => each.Wanted is null && each.Content is not null && (each is { IsTheirs: true, AsksForRebuild: false } || each is { Rests: not null, Open: not null })))
            foreach (var code in theirs.Content!.Codes) carriers.TryAdd(code, theirs.Branch);
        foreach (var branch in facts.Keys.ToList())
        {
            var code = facts[branch].Wanted?.Changes.Select(change => change.Code).FirstOrDefault(carriers.ContainsKey);
            if (code is not null) facts[branch] = facts[branch] with { CarriedBy = carriers[code] };
        }
    }

    private static IEnumerable<InstanceCode> MarkedCodes(Proposal? proposal) =>
        proposal?.Marker?.Changes?.Keys.Select(InstanceCode.TryParse).OfType<InstanceCode>() ?? [];

    private BranchFacts Resting(BranchFacts facts, IEnumerable<InstanceCode> carried)
    {
        var codes = carried.ToList();
        var quiet = codes.Select(code => plan.GetValueOrDefault(code)).OfType<OverlayChange>().FirstOrDefault(IsQuiet);
        var refused = codes.Select(code => held.GetValueOrDefault(code.Text)).Append(held.GetValueOrDefault(facts.Branch[(facts.Branch.LastIndexOf('/') + 1)..])).OfType<HeldChange>().ToList();
        var outdated = quiet is null && facts.Open is not null && refused.Count > 0 && refused.TrueForAll(each => each.Kind is HoldKind.Declined or HoldKind.Reverted);
        return facts with
        {
            Rests = quiet is not null ? $"{quiet.Code} is {(quiet.HeldBecause is null ? PlanWords.Word(quiet.Action) : "held")}"
                : outdated ? null : refused.Select(each => each.Reason).FirstOrDefault(),
            Outdated = outdated,
            IsSuspended = quiet?.Action == ChangeAction.Suspended,
            Regrouped = codes.Exists(proposed.Contains),
        };
    }

    private static bool IsQuiet(OverlayChange change) =>
        change.Action is ChangeAction.Suspended or ChangeAction.Stopped or ChangeAction.Orphaned || change.HeldBecause is not null;
}
