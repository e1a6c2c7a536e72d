using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>Makes a target's lists of change sets, refused changes, drift and problems.</summary>
/// <param name="facts">What is known of the target.</param>
internal sealed class TargetLists(TargetFacts facts)
{
    private string Target => facts.Board.Target;

    /// <summary>Change sets, in order of branch.</summary>
    public IEnumerable<ChangeLine> Changes() => facts.Decisions.Select(Line);

    /// <summary>A change set.</summary>
    /// <param name="decision">What was decided about it.</param>
    /// <returns>Its line.</returns>
    public ChangeLine Line(Decision decision)
    {
        var report = facts.ReportOf(decision.Branch);
        var codes = TargetFacts.CodesOf(decision).ToList();
        var why = report?.Outcome == Passes.BranchOutcome.Refused ? report.Detail : decision.Why;
        return new ChangeLine(
            Target, facts.NameOf(decision.Branch), decision.Branch, decision.Word, StatusWords.State(decision, report), StatusWords.Given(why),
            facts.PullRequestOf(decision), codes.Count, codes.Count(code => facts.Plans.GetValueOrDefault(code) is { } change && IsRestart(change)));
    }

    /// <summary>A pull request that ended, or that no decision is about.</summary>
    /// <param name="proposal">The pull request.</param>
    /// <returns>Its line.</returns>
    public ChangeLine Line(Proposal proposal) => new(
        Target, facts.NameOf(proposal.Branch), proposal.Branch, null, EnumWords.Word(proposal.State), null, TargetFacts.Link(proposal),
        proposal.Marker?.Changes?.Count ?? 0, proposal.Marker?.Restarts.Length ?? 0);

    /// <summary>Changes that people said no to.</summary>
    public IEnumerable<HeldLine> Declined() => Held(HoldKind.Declined, HoldKind.Reverted, HoldKind.Unknown);

    /// <summary>Changes that wait for their time.</summary>
    public IEnumerable<HeldLine> Waiting() => Held(HoldKind.Ring, HoldKind.JustMerged)
        .Concat(facts.Plans.Values.Where(change => change.HeldBecause is not null)
            .Select(change => new HeldLine(Target, change.Code.Text, "held", change.HeldBecause!, StatusWords.Cut(change.Sentence), null, "nothing, until the instance's next real change")))
        .OrderBy(line => line.Code, StringComparer.Ordinal);

    /// <summary>Drift findings, in order of class.</summary>
    public IEnumerable<DriftLine> Drift() => (facts.Board.Drift ?? []).Select(found => new DriftLine(
        Target, EnumWords.Word(found.Class), found.Kind, found.Subject, StatusWords.Cut(found.Text), found.Remedy,
        facts.Plans.ContainsKey(found.Subject) || facts.Proofs.ContainsKey(found.Subject)));

    /// <summary>What stops the target or an instance, and warnings.</summary>
    public IEnumerable<ProblemLine> Problems()
    {
        if (facts.Planned is not { } planned) return [];
        var held = planned.Held is { } guard
            ? [new ProblemLine(Target, "error", null, $"A guard holds the plan: {guard.Reason}", $"look at it, then approve its digest {guard.PlanDigest[..12]}", "guards", null)]
            : Array.Empty<ProblemLine>();
        return held.Concat(planned.Plan.AllProblems.Select(Line));
    }

    private ProblemLine Line(Problem problem) => new(
        Target, EnumWords.Word(problem.Severity), problem.Code, StatusWords.Cut(problem.Message), StatusWords.Cut(problem.Remedy), StatusWords.Cut(problem.Place.ToString()), problem.Instance);

    private IEnumerable<HeldLine> Held(params HoldKind[] kinds) => (facts.Planned?.Decided.Held ?? []).Where(each => kinds.Contains(each.Kind)).Select(each => new HeldLine(
        Target, each.Code, EnumWords.Word(each.Kind), each.Reason, StatusWords.Given(facts.Plans.GetValueOrDefault(each.Code)?.Sentence),
        TargetFacts.Link(each.Proposal), Remedy(each)));

    private static string Remedy(HeldChange held) => held.Kind switch
    {
        HoldKind.Ring or HoldKind.JustMerged => "wait",
        HoldKind.Declined => $"change the desired state, or take the no back: odoosky pr reopen {held.Code}",
        _ => "change the desired state to what base says, or to something else than what was taken back",
    };

    /// <summary>Whether a change that is not merged yet restarts an instance.</summary>
    /// <param name="change">The change.</param>
    /// <returns>True when a restart is forecast, or can't be ruled out.</returns>
    public static bool IsRestart(OverlayChange change) => change is { Action: ChangeAction.Update, Forecast.Restart: not Restart.No };
}
