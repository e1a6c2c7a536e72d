using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Makes traces: of what a pass would decide now, and of what commits and notes tell of before.</summary>
/// <param name="open">The open target.</param>
internal sealed class Explanation(OpenTarget open)
{
    /// <summary>Why an instance is as it is, and what becomes of it.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The trace, or null when nobody knows the instance.</returns>
    public async Task<Trace?> OfInstanceAsync(InstanceCode code, CancellationToken cancellationToken)
    {
        var planned = await PlanAsync(cancellationToken);
        var story = await open.Audit.HistoryAsync(code, null, null, cancellationToken);
        var change = planned.Plan.Instances.FirstOrDefault(each => each.Code == code);
        if (change is null && story.Landings.IsEmpty) return null;
        var steps = ImmutableArray.CreateBuilder<TraceStep>();
        if (change is not null) steps.AddRange(Now(planned, change));
        if (story.Landings.FirstOrDefault() is { } last) steps.AddRange(TraceSteps.Merged(last), TraceSteps.Rollout(last, story.HasNotes));
        steps.Add(new TraceStep("next", Next(planned, change, story)));
        return new Trace($"{code} of {planned.Target}", steps.ToImmutable());
    }

    /// <summary>Why a pull request is there, and what became of it.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The trace, or null when neither the forge nor the history knows it as one of ours.</returns>
    public async Task<Trace?> OfPullRequestAsync(long number, CancellationToken cancellationToken)
    {
        var planned = await PlanAsync(cancellationToken);
        var steps = ImmutableArray.CreateBuilder<TraceStep>();
        var shown = planned.Decided.Proposals.FirstOrDefault(each => each.Number == number);
        if (shown is not null) steps.AddRange(Shown(planned, shown));
        var snapshot = await open.Audit.SnapshotAsync(cancellationToken);
        foreach (var landing in snapshot.Landings.Where(landing => landing.PullRequest == number))
        {
            var rollout = TraceSteps.Rollout(landing, snapshot.Head.Notes is not null);
            steps.AddRange(Named(landing.Code, TraceSteps.Merged(landing)), Named(landing.Code, rollout));
        }

        return steps.Count == 0 ? null : new Trace(FormattableString.Invariant($"pull request #{number} of {planned.Target}"), steps.ToImmutable());
    }

    /// <summary>Why an instance's pods restarted last, and whether they will.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The trace, or null when nobody knows the instance.</returns>
    public async Task<Trace?> OfRestartAsync(InstanceCode code, CancellationToken cancellationToken)
    {
        var planned = await PlanAsync(cancellationToken);
        var story = await open.Audit.HistoryAsync(code, null, null, cancellationToken);
        var change = planned.Plan.Instances.FirstOrDefault(each => each.Code == code);
        if (change is null && story.Landings.IsEmpty) return null;
        var steps = ImmutableArray.CreateBuilder<TraceStep>();
        if (story.Landings.FirstOrDefault(Restarts) is { } cause)
            steps.AddRange(TraceSteps.Merged(cause), TraceSteps.Did(await open.Audit.StepsAsync(cause, cancellationToken)), TraceSteps.Rollout(cause, story.HasNotes));
        else steps.Add(new TraceStep("merged", "no change of the overlay in this history restarts a pod"));
        if (change is { Writes: true }) steps.AddRange(TraceSteps.Plan(change), TraceSteps.Decision(planned, change));
        steps.Add(new TraceStep("next", $"a restart that no change asked for is found by odoosky verify {code}, with its cause"));
        return new Trace($"restarts of {code} of {planned.Target}", steps.ToImmutable());
    }

    private Task<PlannedPass> PlanAsync(CancellationToken cancellationToken) => open.Run.PlanAsync(new PassRequest(null, []), cancellationToken);

    private static IEnumerable<TraceStep> Now(PlannedPass planned, OverlayChange change)
    {
        yield return TraceSteps.Desired(planned, change);
        yield return TraceSteps.Plan(change);
        if (change.Writes) yield return TraceSteps.Guards(planned);
        yield return TraceSteps.Decision(planned, change);
    }

    private static IEnumerable<TraceStep> Shown(PlannedPass planned, Proposal shown)
    {
        yield return TraceSteps.Shown(shown);
        foreach (var change in planned.Plan.Instances.Where(change => change.Digest.Length > 0 && shown.Marker?.Changes?.GetValueOrDefault(change.Code.Text) == change.Digest))
            yield return Named(change.Code, TraceSteps.Plan(change));
        if (shown.State == ProposalState.Open && planned.Decided.Decisions.FirstOrDefault(decision => decision.Branch == shown.Branch) is { } decision)
            yield return TraceSteps.Decision(decision);
        foreach (var held in planned.Decided.Held.Where(held => held.Proposal?.Number == shown.Number))
            yield return new TraceStep("decision", $"{held.Code}: {DecisionWords.Of(held.Kind)}: {held.Reason}");
    }

    private static TraceStep Named(InstanceCode code, TraceStep step) => step with { Says = $"{code}: {step.Says}" };

    // A forecast that is lost leaves the hash, which rolls the pod whenever it changes.
    private static bool Restarts(Landing landing) => landing.Restart is "yes" or "audit-only" or "unknown" || (landing.Restart is null && landing.HashBefore != landing.HashAfter);

    private static string Next(PlannedPass planned, OverlayChange? change, InstanceStory story)
    {
        if (planned.Held is { } held && change is { Writes: true }) return $"to let the plan pass: odoosky apply --approve {held.PlanDigest[..12]}";
        if (planned.Decided.Held.FirstOrDefault(each => each.Code == change?.Code.Text) is { Kind: HoldKind.Declined } no) return $"to have it proposed again: odoosky pr reopen {no.Code}";
        return change?.Action switch
        {
            ChangeAction.Stopped => "mend the problem; odoosky validate lists them all",
            ChangeAction.Suspended => $"to go on: odoosky resume {change.Code}, or state: present where its desired state says suspended",
            ChangeAction.Orphaned => "write a desired instance, or remove the overlay by hand",
            ChangeAction.Create or ChangeAction.Update or ChangeAction.Retire => Proposed(planned, change),
            _ when story.Landings is [{ LiveAt: null }, ..] => "odoosky verify looks whether it is live",
            _ => "nothing",
        };
    }

    private static string Proposed(PlannedPass planned, OverlayChange change) =>
        planned.Decided.Decisions.OfType<Decision.LeaveAlone>().FirstOrDefault(each => each.Set.Changes.Any(one => one.Code == change.Code)) is { } waiting
            ? $"review and merge {(waiting.Facts.Open is { Number: > 0 } open ? $"#{open.Number}" : waiting.Branch)}"
            : "odoosky apply proposes it; people merge it";
}
