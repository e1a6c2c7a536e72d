using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler;

/// <summary>
/// The algorithm:
/// <code>
/// observed = repository at the base head + wish + open branches and pull requests
/// plan     = every instance's overlay as it should be, and what that costs     pure
/// rested   = without what somebody has suspended for a while
/// rings    = which rings are proven live, where clusters are named           only when there are rings, and changes
/// decided  = what people refused, whose turn it is, what becomes of each pull request
/// outcome  = guards hold ? nothing : commits, branches, proposals
/// report   = plan + outcome
/// </code>
/// </summary>
/// <param name="target">What it works on.</param>
/// <param name="snapshots">Reads the remote's heads.</param>
/// <param name="observer">Reads commits.</param>
/// <param name="planner">Plans.</param>
/// <param name="deciding">Decides about pull requests.</param>
/// <param name="proposer">Commits, pushes, proposes.</param>
/// <param name="rings">Proves rings live.</param>
/// <param name="suspending">Leaves alone what is suspended.</param>
internal sealed class ReconcileRun(
    RunTarget target, Snapshots snapshots, Observer observer, FleetPlanner planner, Deciding deciding, Proposer proposer, RingProof rings, Suspending suspending)
{
    /// <summary>Plans one pass; nothing is written.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The plan.</returns>
    public async Task<PlannedPass> PlanAsync(PassRequest request, CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.TakeAsync(request.Desired, cancellationToken);
        return await PlanAsync(await observer.ObserveAsync(snapshot.Base, snapshot.Desired, cancellationToken), snapshot, request, cancellationToken);
    }

    /// <summary>Does one pass.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Ends it; the next pass goes on from there.</param>
    /// <returns>What was found and done.</returns>
    public async Task<PassReport> ApplyAsync(PassRequest request, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Ending, cancellationToken);
        var (snapshot, observed) = await Spans.AroundAsync("observe", target.Name, () => ObserveAsync(request, ending.Token));
        var planned = await Spans.AroundAsync("plan", target.Name, () => PlanAsync(observed, snapshot, request, ending.Token));
        request.Planned?.Invoke(planned);
        ending.Token.ThrowIfCancellationRequested();
        if (request.OnlyDigest is { } digest && digest != planned.Plan.Digest)
            return new PassReport(planned, [], $"the saved plan is stale: it has the digest {digest[..12]}, the plan now is {planned.Plan.Digest[..12]}. Make a new one with odoosky plan --out.");
        if (!planned.Usable || planned.Held is not null) return new PassReport(planned, []);
        return new PassReport(planned, await Spans.AroundAsync(
            "propose", target.Name, () => proposer.ProposeAsync(planned, observed.Settings, snapshot, cancellationToken)));
    }

    /// <summary>Finds every problem of the wish and of all overlays.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The plan and all problems, in the order of their places.</returns>
    public async Task<(PlannedPass Planned, IReadOnlyList<Problem> Problems)> ValidateAsync(
        PassRequest request, CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.TakeAsync(request.Desired, cancellationToken);
        var observed = await observer.ObserveAsync(snapshot.Base, snapshot.Desired, cancellationToken);
        var planned = await PlanAsync(observed, snapshot, request, cancellationToken);
        var all = planner.Plan(observed).AllProblems;
        var overlays = observed.Overlays.Values.SelectMany(overlay => OverlayChecks.Of(overlay, observed.Rules));
        return (planned, ProblemOrder.Sort(all.Concat(overlays).Distinct()));
    }

    /// <summary>The settings that hold at the base head.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Every setting with where it comes from.</returns>
    public async Task<EffectiveSettings> SettingsAsync(CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.TakeAsync(null, cancellationToken);
        return (await observer.ObserveAsync(snapshot.Base, snapshot.Desired, cancellationToken)).Effective;
    }

    private async Task<(Snapshot Snapshot, Observation Observed)> ObserveAsync(PassRequest request, CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.TakeAsync(request.Desired, cancellationToken);
        return (snapshot, await observer.ObserveAsync(snapshot.Base, snapshot.Desired, cancellationToken));
    }

    private async Task<PlannedPass> PlanAsync(Observation observed, Snapshot snapshot, PassRequest request, CancellationToken cancellationToken)
    {
        var settings = observed.Settings;
        var fresh = await deciding.RefuseStaleAsync(planner.Plan(observed), snapshot, cancellationToken);
        var plan = await suspending.ApplyAsync(fresh, snapshot.Suspensions, settings.Rings, cancellationToken);
        var usable = observed.Desired.Usable && !plan.Problems.Any(problem => problem is { Severity: Severity.Error, Instance: null });
        var decided = usable
            ? await deciding.DecideAsync(plan, observed.Effective, snapshot, await rings.ReadAsync(plan, observed.Effective, cancellationToken), cancellationToken)
            : Decided.Nothing;
        var guards = Guards.Check(plan, [.. decided.Proposed], settings.Guards);
        return new PlannedPass
        {
            Target = target.Name,
            BaseBranch = target.BaseName,
            BaseCommit = snapshot.Base.Id.Text,
            Overlays = settings.Overlays,
            Rings = settings.Rings,
            DesiredFolder = target.DesiredFolder.Text,
            DesiredFrom = observed.DesiredFrom,
            DesiredRevision = request.Desired,
            Plan = usable ? plan : OverlayPlanner.Combine([], plan.AllProblems),
            Usable = usable,
            Decided = decided,
            Guards = guards,
            Held = usable ? Guards.Decide(guards, plan.Digest, request.Approvals.Concat(settings.Approvals)) : null,
        };
    }
}
