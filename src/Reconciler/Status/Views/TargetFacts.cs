using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>What a target's board knows, to be looked up by code and branch.</summary>
internal sealed class TargetFacts
{
    private readonly Dictionary<string, Decision> decisions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BranchReport> branches;
    private readonly Lazy<Dictionary<string, OverlayChange>> plans;
    private readonly Dictionary<string, HeldChange> held = new(StringComparer.Ordinal);

    /// <summary>Looks through a board once.</summary>
    /// <param name="board">The board.</param>
    public TargetFacts(TargetBoard board)
    {
        Board = board;
        plans = new(() => (Planned?.Plan.Instances ?? []).ToDictionary(change => change.Code.Text, StringComparer.Ordinal));
        Proofs = board.Proofs.ToDictionary(proof => proof.Code.Text, StringComparer.Ordinal);
        branches = (board.Pass?.Branches ?? []).ToDictionary(report => report.Branch, StringComparer.Ordinal);
        foreach (var each in Planned?.Decided.Held ?? []) held.TryAdd(each.Code, each);
        foreach (var decision in Decisions)
            foreach (var code in CodesOf(decision)) decisions.TryAdd(code, decision);
    }

    /// <summary>The board.</summary>
    public TargetBoard Board { get; }

    /// <summary>The newest plan; null before the first pass.</summary>
    public PlannedPass? Planned => Board.Pass?.Planned ?? Board.FirstPlan;

    /// <summary>What the newest plan says of instances, by code.</summary>
    public Dictionary<string, OverlayChange> Plans => plans.Value;

    /// <summary>The newest proofs, by code.</summary>
    public Dictionary<string, InstanceProof> Proofs { get; }

    /// <summary>What was decided about branches, in order of branch.</summary>
    public ImmutableArray<Decision> Decisions => Planned?.Decided.Decisions ?? [];

    /// <summary>The decision about the branch that carries an instance, or shall.</summary>
    /// <param name="code">The instance.</param>
    /// <returns>The decision, or null.</returns>
    public Decision? DecisionOn(string code) => decisions.GetValueOrDefault(code);

    /// <summary>Why an instance's change is not proposed.</summary>
    /// <param name="code">The instance.</param>
    /// <returns>The reason, or null.</returns>
    public HeldChange? HeldOf(string code) => held.GetValueOrDefault(code);

    /// <summary>What became of a branch in the newest pass.</summary>
    /// <param name="branch">The branch.</param>
    /// <returns>The report, or null when nothing was done.</returns>
    public BranchReport? ReportOf(string branch) => branches.GetValueOrDefault(branch);

    /// <summary>A change set's name: its branch without the target's beginning.</summary>
    /// <param name="branch">The branch.</param>
    /// <returns>Such as <c>i-acme</c>.</returns>
    public string NameOf(string branch)
    {
        var prefix = ChangeSet.BranchPrefix(Board.Target);
        return branch.StartsWith(prefix, StringComparison.Ordinal) ? branch[prefix.Length..] : branch;
    }

    /// <summary>The way to a change set's pull request.</summary>
    /// <param name="decision">The decision.</param>
    /// <returns>The way, or null when there is none.</returns>
    public PullRequestLink? PullRequestOf(Decision decision) =>
        Link(decision.Facts.Open) ?? (ReportOf(decision.Branch)?.Receipt is { Location.Length: > 0 } receipt ? new PullRequestLink(null, receipt.Location) : null);

    /// <summary>The way to a pull request.</summary>
    /// <param name="proposal">The pull request, or null.</param>
    /// <returns>The way, or null when it says none.</returns>
    public static PullRequestLink? Link(Proposal? proposal) =>
        proposal is { Location.Length: > 0 } ? new PullRequestLink(proposal.Number > 0 ? proposal.Number : null, proposal.Location) : null;

    /// <summary>The instances that a decision is about.</summary>
    /// <param name="decision">The decision.</param>
    /// <returns>Codes, each once.</returns>
    public static IEnumerable<string> CodesOf(Decision decision) =>
        ((decision.Proposed ?? decision.Facts.Wanted)?.Changes.Select(change => change.Code.Text) ?? decision.Facts.Content?.Codes.Select(code => code.Text) ?? []).Distinct(StringComparer.Ordinal);
}
