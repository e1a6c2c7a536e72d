using System.Diagnostics.Metrics;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>Counts what passes did, and what people and clusters did since the pass before. What was so at the first look is not counted.</summary>
internal static class PassCounts
{
    private static readonly string[] Results = ["unchanged", "changed", "held", "unusable", "failed"];
    private static readonly BranchOutcome[] Acts = [BranchOutcome.Opened, BranchOutcome.Updated, BranchOutcome.Closed, BranchOutcome.Refused];

    /// <summary>Begins to count for a target, at 0.</summary>
    /// <param name="target">The target's name.</param>
    public static void Begin(string target)
    {
        foreach (var result in Results) Instruments.Reconciles.Add(0, new("target", target), new("result", result));
        foreach (var act in Acts) Instruments.Proposals.Add(0, new("target", target), new("outcome", EnumWords.Word(act)));
        foreach (var count in (Counter<long>[])[Instruments.RestartsPlanned, Instruments.ChangesMerged, Instruments.ChangesDeclined])
            count.Add(0, new KeyValuePair<string, object?>("target", target));
    }

    /// <summary>Counts a pass.</summary>
    /// <param name="before">The pass before, or null.</param>
    /// <param name="report">The pass.</param>
    public static void Passed(PassReport? before, PassReport report)
    {
        var (target, planned) = (report.Planned.Target, report.Planned);
        Instruments.Reconciles.Add(1, new("target", target), new("result", ResultOf(report)));
        foreach (var act in report.Branches.Where(branch => Acts.Contains(branch.Outcome)).CountBy(branch => branch.Outcome))
            Instruments.Proposals.Add(act.Value, new("target", target), new("outcome", EnumWords.Word(act.Key)));
        var opened = report.Branches.Where(branch => branch.Outcome == BranchOutcome.Opened).Select(branch => branch.Branch).ToHashSet(StringComparer.Ordinal);
        var restarts = planned.Decided.Decisions.Where(decision => opened.Contains(decision.Branch))
            .SelectMany(decision => decision.Proposed?.Changes ?? []).Count(change => change.Forecast.Restart != Restart.No);
        if (restarts > 0) Instruments.RestartsPlanned.Add(restarts, new KeyValuePair<string, object?>("target", target));
        if (planned.Held is not null)
            foreach (var guard in planned.Guards.Where(guard => !guard.Passed))
                Instruments.GuardBlocked.Add(1, new("target", target), new("rule", guard.Rule));
        if (before is not null) Ended(target, before.Planned.Decided.Proposals, planned.Decided.Proposals);
    }

    /// <summary>Counts what has become live since the proof before.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="before">The proofs before; none: the first look.</param>
    /// <param name="now">The proofs.</param>
    public static void Proved(string target, IReadOnlyCollection<InstanceProof> before, IReadOnlyCollection<InstanceProof> now)
    {
        if (before.Count == 0) return;
        var live = before.Where(IsLive).Select(proof => (proof.Code, proof.Promise.Change.Commit)).ToHashSet();
        foreach (var proof in now.Where(proof => IsLive(proof) && !live.Contains((proof.Code, proof.Promise.Change.Commit))))
            if (proof.Verdict.LeadTime is { } lead)
                Instruments.TimeToLive.Record(lead.TotalSeconds, new KeyValuePair<string, object?>("target", target));
    }

    private static void Ended(string target, IEnumerable<Proposal> before, IEnumerable<Proposal> now)
    {
        var open = before.Where(proposal => proposal.State == ProposalState.Open).Select(proposal => proposal.Number).ToHashSet();
        foreach (var proposal in now.Where(proposal => open.Contains(proposal.Number) && !proposal.IsForeign))
        {
            var tag = new KeyValuePair<string, object?>("target", target);
            if (proposal.State == ProposalState.Merged) Instruments.ChangesMerged.Add(1, tag);
            if (proposal.State == ProposalState.Closed && Verdicts.IsDecline(proposal)) Instruments.ChangesDeclined.Add(1, tag);
            if (proposal is { State: ProposalState.Merged, CreatedAt: { } created, EndedAt: { } ended })
                Instruments.TimeToMerge.Record((ended - created).TotalSeconds, tag);
        }
    }

    private static bool IsLive(InstanceProof proof) => proof.Verdict.Kind == VerdictKind.Live;

    /// <summary>What came of a pass, in one word.</summary>
    /// <param name="report">The pass.</param>
    /// <returns><c>unchanged</c>, <c>changed</c>, <c>held</c> or <c>unusable</c>.</returns>
    public static string ResultOf(PassReport report) =>
        !report.Planned.Usable ? "unusable"
        : report.Planned.Held is not null ? "held"
        : report.Branches.Any(branch => branch.Outcome is BranchOutcome.Opened or BranchOutcome.Updated or BranchOutcome.Closed) ? "changed"
        : "unchanged";
}
