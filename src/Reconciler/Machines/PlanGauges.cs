using System.Diagnostics.Metrics;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Machines;

/// <summary>What the newest pass, proof and drift report of each target say, as numbers. A target without one has no series.</summary>
internal static class PlanGauges
{
    /// <summary>Adds them.</summary>
    /// <param name="gauges">Where to.</param>
    public static void Add(BoardGauges gauges)
    {
        AddPlan(gauges);
        AddPeople(gauges);
        AddClusters(gauges);
    }

    private static void AddPlan(BoardGauges gauges)
    {
        gauges.Gauge("odoosky_plan_instances", "Instances by what the newest plan does with them.", () => gauges.Each(target => Counted<ChangeAction>(
            target, "action", target.Pass?.Planned.Plan.Instances.Select(change => change.Action))));
        gauges.Gauge("odoosky_plan_restarts", "Changes of the newest plan by whether pods restart.", () => gauges.Each(target => Counted<Restart>(
            target, "restart", target.Pass?.Planned.Plan.Changes.Select(change => change.Forecast.Restart))));
        gauges.Gauge("odoosky_plan_held", "1 while a guard holds the newest plan.", () => gauges.Each(target => target.Pass is { } pass
            ? [BoardGauges.Of(target, pass.Planned.Held is null ? 0 : 1)] : []));
        gauges.Gauge("odoosky_plan_usable", "1 while the desired state can be trusted as a whole; with 0 nothing is proposed.", () => gauges.Each(target => target.Pass is { } pass
            ? [BoardGauges.Of(target, pass.Planned.Usable ? 1 : 0)] : []));
        gauges.Gauge("odoosky_problems", "Problems that the newest plan found, by code.", () => gauges.Each(target =>
            (target.Pass?.Planned.Plan.AllProblems ?? []).CountBy(problem => (problem.Severity, problem.Code))
                .Select(each => BoardGauges.Of(target, each.Value, ("severity", EnumWords.Word(each.Key.Severity)), ("code", each.Key.Code)))));
    }

    private static void AddPeople(BoardGauges gauges)
    {
        gauges.Gauge("odoosky_pull_requests", "Proposals as the forge showed them.", () => gauges.Each(target => Counted<ProposalState>(
            target, "state", target.Pass?.Planned.Decided.Proposals.Where(proposal => !proposal.IsForeign).Select(proposal => proposal.State))));
        gauges.Gauge("odoosky_changes_held", "Changes that are wished and not proposed, by why.", () => gauges.Each(target => Counted<HoldKind>(
            target, "reason", target.Pass?.Planned.Decided.Held.Select(held => held.Kind))));
    }

    private static void AddClusters(BoardGauges gauges)
    {
        gauges.Gauge("odoosky_rollouts", "Instances by the verdict on their newest merged change.", () => gauges.Each(target => Counted<VerdictKind>(
            target, "verdict", target.Proofs.IsEmpty ? null : target.Proofs.Select(proof => proof.Verdict.Kind))));
        gauges.Gauge("odoosky_restarts_unexpected", "Instances whose pods were replaced though no merged change asked for it.", () => gauges.Each(target => target.Proofs.IsEmpty
            ? [] : [BoardGauges.Of(target, target.Proofs.Count(IsUnexpected))]));
        gauges.Gauge("odoosky_drift_findings", "Findings of the newest look for drift, by class.", () => gauges.Each(target => Counted<DriftClass>(
            target, "class", target.Drift?.Select(found => found.Class))));
    }

    private static bool IsUnexpected(InstanceProof proof) => proof.Verdict.Findings.Any(finding => finding.Code == FindingCodes.UnexpectedRestart);

    // Every member is there, with 0 where nothing is: an alert on what vanished would see nothing.
    private static IEnumerable<Measurement<long>> Counted<T>(TargetBoard target, string label, IEnumerable<T>? all)
        where T : struct, Enum
    {
        if (all is null) return [];
        var counts = all.CountBy(each => each).ToDictionary();
        return Enum.GetValues<T>().Select(member => BoardGauges.Of(target, counts.GetValueOrDefault(member), (label, EnumWords.Word(member))));
    }
}
