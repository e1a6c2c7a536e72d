using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Tests.Status;

/// <summary>A board as a fleet's jobs leave it: every tenth instance failed, every tenth rolls, every fifth has a change that waits for people.</summary>
internal sealed record StatusFleet
{
    public static readonly DateTimeOffset Now = new(2026, 11, 26, 10, 0, 0, TimeSpan.Zero);

    public string Target { get; init; } = "prod";

    public required int Instances { get; init; }

    /// <summary>What stands where people write: reasons, requests, titles, addons.</summary>
    public string Text { get; init; } = "Reports for the auditors";

    /// <summary>Whether every instance has a change, and none is live.</summary>
    public bool IsBusy { get; init; }

    public static Board BoardOf(params StatusFleet[] fleets)
    {
        var board = new Board();
        foreach (var fleet in fleets) board.Change(fleet.Target, _ => fleet.Board());
        return board;
    }

    public static string Code(int i) => string.Create(CultureInfo.InvariantCulture, $"tenant-{i:00000}");

    public TargetBoard Board()
    {
        var changes = Enumerable.Range(0, Instances).Select(Change).ToImmutableArray();
        var decisions = changes.Where(change => change.Writes).Select((change, i) => Decision(change, i + 1)).ToImmutableArray();
        var planned = new PlannedPass
        {
            Target = Target, BaseBranch = "main", BaseCommit = Commit(1).Text, Overlays = OverlayTemplate.Default, DesiredFolder = "desired", DesiredFrom = "desired/", Usable = true,
            Rings = [new Ring { Name = "canary", Selector = [("ring", "canary")] }, new Ring { Name = "main" }],
            Plan = new OverlayPlan { Instances = changes, Problems = [new Problem("OSG0101", Severity.Warning, Text, "Mend it.", new Place("desired/addons.yaml", 3, 1), null)], Digest = new string('d', 64) },
            Decided = new Decided { Decisions = decisions, Held = Instances < 2 ? [] : [new HeldChange(Code(1), "", HoldKind.Declined, $"#7 was closed: {Text}") { Proposal = Proposal("odoosky/prod/i-x", 7) }] },
        };
        var run = new JobRun(JobKind.Reconcile, Now.AddMinutes(-2), TimeSpan.FromSeconds(1.25));
        return new TargetBoard
        {
            Target = Target,
            Pass = new PassReport(planned, []),
            Proofs = [.. changes.Select((change, i) => Proof(change, i))],
            Restarts = [.. changes.Take(40).Select((change, i) => new RestartFact(change.Code, Now.AddDays(-i % 9), i % 3 == 0 ? null : Now.AddDays(-i % 9).AddMinutes(4)))],
            Drift = [new DriftFinding(DriftClass.DesiredBase, "edited-on-base", Code(0), Text, "review and merge #1")],
            LastRuns = Runs(run),
            LastSuccesses = Runs(run),
            NextRuns = ImmutableSortedDictionary<JobKind, DateTimeOffset>.Empty.Add(JobKind.Reconcile, Now.AddMinutes(3)).Add(JobKind.Verify, Now.AddSeconds(20)),
        };
    }

    private static ImmutableSortedDictionary<JobKind, JobRun> Runs(JobRun run) => ImmutableSortedDictionary<JobKind, JobRun>.Empty.Add(run.Kind, run);

    private OverlayChange Change(int i)
    {
        var code = InstanceCode.TryParse(Code(i))!;
        var before = Overlay(code, "17.0.1.0.0");
        var change = new OverlayChange
        {
            Code = code, Path = $"instances/{code}/values.yaml", Action = ChangeAction.Unchanged, Before = before, HashBefore = $"{i:x16}", HashAfter = $"{i:x16}",
            Labels = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("ring", i % 4 == 0 ? "canary" : "main"),
            Request = new Request("lena.hart@nordlicht.example", Text, "FIN-290"),
        };
        if (i % 5 != 0 && !IsBusy) return change;
        var row = new AddonRow("mis_builder", "oca", "registry.example/addons/mis_builder", "17.0.1.0.0");
        change = change with
        {
            Action = ChangeAction.Update, After = Overlay(code, "17.0.1.1.0"), HashAfter = $"{i + 1:x16}", Steps = [new RowChanged(row, row with { Version = "17.0.1.1.0" })],
            Forecast = new Forecast(Restart.Yes, ["odoo"], [new InitContainerChange("addon-mis-builder", "17.0.1.0.0", "17.0.1.1.0")], []),
        };
        return change with { Sentence = IsBusy ? string.Concat(Enumerable.Repeat(Text + ", ", 20)) : PlanWords.Sentence(change) };
    }

    private static ReadOnlyMemory<byte> Overlay(InstanceCode code, string version) => Encoding.UTF8.GetBytes(
        $"instance:\n  code: {code}\naddons:\n  - code: sale_management\n    source: odoo-builtin\n    image: \"\"\n    version: \"\"\n  - code: mis_builder\n    source: oca\n    image: registry.example/addons/mis_builder\n    version: \"{version}\"\n");

    private Decision Decision(OverlayChange change, int number)
    {
        var set = new ChangeSet(Target, $"i-{change.Code}", [change]);
        return new Decision.LeaveAlone(new BranchFacts(set.Branch) { Wanted = set, Open = Proposal(set.Branch, number) }, set);
    }

    private Proposal Proposal(string branch, int number) => new()
    {
        Number = number, Branch = branch, State = ProposalState.Open, Title = $"odoosky(prod): {Text}", Location = string.Create(CultureInfo.InvariantCulture, $"https://github.example/nordlicht/fleet/pull/{number}"),
    };

    private InstanceProof Proof(OverlayChange change, int i)
    {
        var merged = new MergedChange(change.Code, change.Path, Commit(i + 2), Now.AddDays(-3)) { Before = Commit(3), After = Commit(4) };
        var verdict = (IsBusy ? 0 : i % 10) switch
        {
            0 => Verdict.Of(VerdictKind.Failed, ReasonCodes.ProgressDeadlineExceeded, new Evidence("status.conditions[Progressing].reason", Text)) with { Detail = $"addon-mis-builder ImagePullBackOff: {Text}" },
            1 => Verdict.Of(VerdictKind.Rolling, ReasonCodes.RollingOut) with { Progress = new RollProgress(0, 1) },
            _ => Verdict.Of(VerdictKind.Live, ReasonCodes.Proven) with { At = Now.AddDays(-2), LeadTime = TimeSpan.FromMinutes(4), Proof = LiveProof.Hash, Findings = [new Finding("live-drift", Text)] },
        };
        var application = new ApplicationState { Namespace = "argocd", Name = $"odoo-{change.Code}", Uid = $"a{i}", Spec = new ApplicationSpec(), Status = new ApplicationStatus { Health = "Healthy", Sync = new SyncStatus { Status = "Synced", Revision = Commit(9).Text } } };
        var deployment = new DeploymentState { Namespace = $"odoo-{change.Code}", Name = "odoo", Uid = $"d{i}", Template = new PodTemplate { AddonsHash = change.HashBefore } };
        return new InstanceProof(new Promise(merged, ExpectedHash.Of(change.HashBefore!), HashChanged: true, null), verdict, new RolloutObservation { ObservedAt = Now, Applications = [application], Deployments = [deployment] });
    }

    private static ObjectId Commit(int i) => ObjectId.TryParse($"{i + 0xabc:x40}")!;
}
