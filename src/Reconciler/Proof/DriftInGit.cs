using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>
/// Drift that Git and the forge tell: the desired state against base, and base against what is proposed. Each change once:
/// <code>
/// the change                                       class           kind
/// puts back what somebody edited on base           desired ↔ base  edited-on-base
/// was declined, reverted, waits for its ring …     desired ↔ base  declined, reverted, ring, …
/// has no proposal yet                              desired ↔ base  not-proposed
/// its branch was edited by a person                base ↔ proposal edited-branch
/// its proposal carries something older             base ↔ proposal stale-proposal
/// waits for people                                 base ↔ proposal open-proposal
/// </code>
/// </summary>
internal static class DriftInGit
{
    /// <summary>Finds it.</summary>
    /// <param name="planned">The plan, with what becomes of each branch.</param>
    /// <returns>Findings, in order of code.</returns>
    public static IEnumerable<DriftFinding> Of(PlannedPass planned)
    {
        var held = planned.Decided.Held.ToLookup(each => each.Code, StringComparer.Ordinal);
        var decisions = planned.Decided.Decisions.Where(decision => decision.Facts.Wanted is not null)
            .SelectMany(decision => decision.Facts.Wanted!.Changes.Select(change => (change.Code, Decision: decision))).ToLookup(pair => pair.Code, pair => pair.Decision);
        foreach (var change in planned.Plan.Changes)
            yield return Of(change, held[change.Code.Text].FirstOrDefault(), decisions[change.Code].FirstOrDefault(), planned.Decided.EditedOnBase.Contains(change.Code.Text));
        foreach (var orphan in planned.Plan.Instances.Where(change => change.Action == ChangeAction.Orphaned))
            yield return new DriftFinding(
                DriftClass.Orphan, "overlay-without-wish", orphan.Code.Text, $"{orphan.Path} is on base, and no desired instance names it.",
                "odoosky adopt writes a desired instance for it; or delete the overlay");
    }

    private static DriftFinding Of(OverlayChange change, HeldChange? held, Decision? decision, bool isEdit)
    {
        var (code, sentence) = (change.Code.Text, PlainText.Line(change.Sentence));
        if (isEdit)
            return new(DriftClass.DesiredBase, "edited-on-base", code, $"Somebody edited managed values on base; back to the desired state: {sentence}", $"{Merge(decision)}, or change the desired state to what base says");
        if (held is not null) return new(DriftClass.DesiredBase, DecisionKind(held.Kind), code, $"{sentence} Not proposed: {held.Reason}.", Remedy(held));
        if (change.HeldBecause is { } why) return new(DriftClass.DesiredBase, "held", code, $"{sentence} Not proposed: {why}.", "nothing, until the instance's next real change");
        return decision switch
        {
            Decision.HandsOff => new(DriftClass.BaseProposal, "edited-branch", code, $"{sentence} Somebody pushed to {decision.Branch}.", $"merge or close it, or set the label {ProposalLabels.Rebuild}"),
            Decision.Rebuild { Because: var because } => new(DriftClass.BaseProposal, "stale-proposal", code, $"{sentence} {decision.Branch} is to be made anew: {because}.", "odoosky apply"),
            { Facts: { Content: not null } or { Open: not null } } => new(DriftClass.BaseProposal, "open-proposal", code, $"{sentence} It waits on {Where(decision)}.", Merge(decision)),
            _ => new(DriftClass.DesiredBase, "not-proposed", code, sentence, "odoosky apply proposes it"),
        };
    }

    private static string DecisionKind(HoldKind kind) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    private static string Remedy(HeldChange held) => held.Kind switch
    {
        HoldKind.Ring or HoldKind.JustMerged => "wait",
        HoldKind.Declined => $"change the desired state, or take the no back: odoosky pr reopen {held.Code}",
        _ => "change the desired state to what base says, or to something else than what was taken back",
    };

    private static string Where(Decision? decision) => decision?.Facts.Open is { Number: > 0 } open ? $"#{open.Number}" : decision?.Branch ?? "";

    private static string Merge(Decision? decision) => decision is { Facts: { Content: not null } or { Open: not null } } ? $"review and merge {Where(decision)}" : "odoosky apply proposes it; merge that";
}
