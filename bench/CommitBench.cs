using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Bench;

/// <summary>Commits and pushes: all overlays in one commit, and one commit for each of 500.</summary>
internal sealed class CommitBench(Fleet fleet, Report report, Rounds rounds)
{
    private const int Chain = 500;
    private const string RawBranch = "refs/heads/raw";

    private readonly RunTarget target = Targets.Of(fleet.Remote, fleet.Folder("cache"));

    public async Task RunAsync(OpenTarget open)
    {
        Samples plans = new(), ours = new(), raw = new();
        for (var i = 0; rounds.Go(i, 3); i++)
        {
            var (planned, settings, snapshot) = await PlanAllAsync(open, i + 1, plans);
            await RawAsync(new ChangeSet(target.Name, "all-1", [.. planned.Plan.Changes]), planned.BaseCommit, raw);
            await ProposeAsync(open, (planned, settings, snapshot), ours);
        }

        report.Row(("plan, the catalogue changes all", fleet.Instances, "–"), "ms", plans, null);
        report.Row(("one commit of all, push, proposal", fleet.Instances, "≤ 2 ×"), "ms", ours, ("fast-import + push", raw));
        await ChainAsync(open);
    }

    private async Task ChainAsync(OpenTarget open)
    {
        Samples ours = new(), raw = new();
        var (planned, settings, snapshot) = await PlanAllAsync(open, 99, new Samples());
        ImmutableArray<OverlayChange> changes = [.. planned.Plan.Changes];
        for (var i = 0; (i + 1) * Chain <= changes.Length && rounds.Go(i, 3); i++)
        {
            ImmutableArray<OverlayChange> some = [.. changes.Skip(i * Chain).Take(Chain)];
            var set = new ChangeSet(target.Name, "all-1", some);
            var chain = planned with { Decided = new Decided { Decisions = [new Decision.Open(new BranchFacts(set.Branch) { Wanted = set }, set, Push: true)] } };
            await RawAsync(set, planned.BaseCommit, raw);
            await ProposeAsync(open, (chain, settings, snapshot), ours);
        }

        if (ours.Count > 0) report.Row(($"{Chain} commits, one per instance, push, proposal", fleet.Instances, "≤ 1.3 ×"), "ms", ours, ("fast-import + push", raw));
    }

    private async Task<(PlannedPass Planned, GitOpsSettings Settings, Snapshot Snapshot)> PlanAllAsync(OpenTarget open, int revision, Samples plans)
    {
        var branch = $"catalogue-{revision}";
        await fleet.BranchCatalogAsync(branch, revision);
        var request = new PassRequest(branch, []);
        PlannedPass? planned = null;
        await plans.TimeAsync(async () => planned = await open.Run.PlanAsync(request, CancellationToken.None));
        var settings = (await open.Run.SettingsAsync(CancellationToken.None)).GitOps;
        var snapshot = await new Snapshots(open.Repository, target).TakeAsync(branch, CancellationToken.None);
        return planned!.Plan.Changes.Count() == fleet.Instances ? (planned, settings, snapshot) : throw new InvalidOperationException("Not all instances change.");
    }

    private async Task ProposeAsync(OpenTarget open, (PlannedPass Planned, GitOpsSettings Settings, Snapshot Snapshot) pass, Samples ours)
    {
        var proposer = new Proposer(open.Repository, new ProposalFolder(target.ProposalsFolder), target, new RefusalMemory(TimeProvider.System));
        ImmutableArray<BranchReport> reports = [];
        await ours.TimeAsync(async () => reports = await proposer.ProposeAsync(pass.Planned, pass.Settings, pass.Snapshot, CancellationToken.None));
        if (reports.FirstOrDefault(branch => branch.Outcome != BranchOutcome.Opened) is { } other)
            throw new InvalidOperationException($"{other.Branch} was not opened but {other.Outcome}: {other.Detail}");
        Directory.Delete(target.ProposalsFolder, recursive: true);
        foreach (var branch in reports) await RawGit.RunAsync(fleet.Remote, "update-ref", "-d", "refs/heads/" + branch.Branch);
        await open.Repository.ReadRemoteAsync([RefPattern.Exactly(target.Base)], CancellationToken.None);
    }

    // The same commits as the program's: parents, messages and blobs.
    private async Task RawAsync(ChangeSet set, string parent, Samples raw)
    {
        await RawGit.RunAsync(fleet.RawClone, "fetch", "--quiet", fleet.RawRemote, "+refs/heads/*:refs/heads/*");
        using var stream = new ImportStream();
        var first = true;
        foreach (var commit in CommitPlan.Of(set))
        {
            stream.Commit(RawBranch, first ? parent : null, commit.Message);
            foreach (var change in commit.Changes) stream.File(change.Path.Text, change.Content!.Value.Span);
            first = false;
        }

        var bytes = stream.Bytes();
        await raw.TimeAsync(async () =>
        {
            await Fleet.ImportAsync(fleet.RawClone, bytes);
            await RawGit.RunAsync(fleet.RawClone, "push", "--quiet", fleet.RawRemote, $"+{RawBranch}:{RawBranch}");
        });
        await RawGit.RunAsync(fleet.RawRemote, "update-ref", "-d", RawBranch);
        await RawGit.RunAsync(fleet.RawClone, "update-ref", "-d", RawBranch);
    }
}
