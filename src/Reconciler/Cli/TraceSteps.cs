using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Steps of a trace, in the words of the plan, the pass and the audit trail.</summary>
internal static class TraceSteps
{
    /// <summary>What is wished.</summary>
    public static TraceStep Desired(PlannedPass planned, OverlayChange change) => new TraceStep("desired", planned.DesiredFrom).With(
        ("revision", change.DesiredRevision), ("requested by", change.Request.RequestedBy), ("reason", change.Request.Reason), ("ticket", change.Request.Ticket));

    /// <summary>What the plan makes of it.</summary>
    public static TraceStep Plan(OverlayChange change) => new TraceStep("plan", $"{(change.Action == ChangeAction.Suspended ? string.Empty : PlanWords.Word(change.Action) + ": ")}{change.Sentence}{(change.HeldBecause is null ? string.Empty : $" Held: {change.HeldBecause}.")}").With(
    [
        ("hash", change.Writes ? $"{change.HashBefore ?? "none"} -> {change.HashAfter ?? "none"}" : change.HashBefore),
        ("restart", change.Writes ? PlanWords.Word(change.Forecast.Restart) : null),
        ("change", change.Digest),
        .. change.Forecast.InitContainers.Select(container => (container.Name, (string?)$"{container.Before ?? "(none)"} -> {container.After ?? "(none)"}")),
        .. change.Problems.Select(problem => (problem.Code, (string?)problem.Message)),
    ]);

    /// <summary>What the guards say of the whole plan.</summary>
    public static TraceStep Guards(PlannedPass planned) => new TraceStep("guards", planned.Held is { } held ? $"held: {held.Reason}" : "the plan passes").With(
        planned.Guards.Select(guard => (guard.Rule, (string?)Seen(guard))));

    /// <summary>What the pass decided about a change.</summary>
    public static TraceStep Decision(PlannedPass planned, OverlayChange change)
    {
        if (planned.Decided.Held.FirstOrDefault(held => held.Code == change.Code.Text) is { } held)
            return new TraceStep("decision", $"{DecisionWords.Of(held.Kind)}: {held.Reason}").With(("pull request", held.Proposal?.Location), ("change", held.Digest));
        var decision = planned.Decided.Decisions.FirstOrDefault(each =>
            each.Proposed?.Changes.Any(one => one.Code == change.Code) == true || each.Facts.Content?.Codes.Contains(change.Code) == true);
        return decision is null ? new TraceStep("decision", "nothing to propose") : Decision(decision);
    }

    /// <summary>What the pass decided about a branch.</summary>
    public static TraceStep Decision(Decision decision) => new TraceStep(
        "decision", $"{DecisionWords.Of(decision)}{(DecisionWords.Because(decision) is { Length: > 0 } because ? $": {because}" : string.Empty)}").With(
        ("branch", decision.Branch), ("pull request", decision.Facts.Open?.Location), ("head", decision.Head?.Text));

    /// <summary>How a change came to base.</summary>
    public static TraceStep Merged(Landing landing) => new TraceStep("merged", $"{UtcTime.Write(landing.At)} {LandingWords.By(landing)}").With(
    [
        ("commit", landing.Commit.Text),
        ("told by", landing.ToldBy?.Text),
        ("hash", $"{landing.HashBefore ?? "none"} -> {landing.HashAfter ?? "none"}"),
        ("forecast", landing.Restart is null ? null : $"restart: {landing.Restart}"),
        ("requested by", landing.Request.RequestedBy),
        ("reason", landing.Request.Reason),
        ("ticket", landing.Request.Ticket),
        .. landing.Doubts.Select(doubt => ("in doubt", (string?)doubt)),
    ]);

    /// <summary>What a change did.</summary>
    public static TraceStep Did(IReadOnlyCollection<EditStep> steps) =>
        new TraceStep("changed", steps.Count == 0 ? "nothing that is managed, or an overlay that can't be read" : string.Join(", ", steps.Select(PlanWords.Step)));

    /// <summary>Whether a change runs, as far as the notes say.</summary>
    public static TraceStep Rollout(Landing landing, bool hasNotes)
    {
        var says = LandingWords.Proof(landing with { Notes = [.. landing.Notes.Select(note => note with { Evidence = note.Evidence.Clear() })] });
        var verdict = landing.Notes.FirstOrDefault(note => note.Event == NoteEvent.Live) ?? landing.LastVerdict;
        return new TraceStep("rollout", says ?? (hasNotes ? "not proven yet" : "not known: there are no notes here")).With(
            verdict is null ? [] : [("revision", verdict.Revision), .. verdict.Evidence.Select(pair => (pair.Key, (string?)pair.Value))]);
    }

    /// <summary>A proposal as the forge shows it.</summary>
    public static TraceStep Shown(Proposal proposal) => new TraceStep("proposal", $"{proposal.State.ToString().ToLowerInvariant()}: {proposal.Title}").With(
        ("branch", proposal.Branch),
        ("location", proposal.Location),
        ("instances", proposal.Marker?.Changes is { } changes ? string.Join(", ", changes.Keys) : null),
        ("withdrawn", proposal.Marker?.Withdrawn),
        ("labels", string.Join(", ", proposal.Labels)));

    private static string Seen(GuardResult guard) => guard.Allowed < 0
        ? "not looked at: the fleet is too small"
        : string.Create(CultureInfo.InvariantCulture, $"{guard.Count} planned, {guard.Allowed} allowed");
}
