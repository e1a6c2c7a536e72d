using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proof;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>Makes a target's list of instances.</summary>
/// <param name="facts">What is known of the target.</param>
internal sealed class InstanceLines(TargetFacts facts)
{
    /// <summary>All instances that are wished, found, or were seen.</summary>
    /// <returns>In order of code.</returns>
    public ImmutableArray<InstanceLine> Make()
    {
        var planned = facts.Planned?.Plan.Instances ?? [];
        var lines = ImmutableArray.CreateBuilder<InstanceLine>(planned.Length);
        var proven = 0;
        foreach (var change in planned)
        {
            var proof = facts.Proofs.GetValueOrDefault(change.Code.Text);
            if (proof is not null) proven++;
            // A wish for no instance, fulfilled long ago, is nothing to look at.
            if (proof is not null || change is not { Action: ChangeAction.Unchanged, Before: null }) lines.Add(Line(change.Code.Text, change, proof));
        }

        // A plan has its instances in order of code, and hardly ever is one seen that it has not.
        if (proven == facts.Proofs.Count) return lines.ToImmutable();
        lines.AddRange(facts.Proofs.Where(pair => !facts.Plans.ContainsKey(pair.Key)).Select(pair => Line(pair.Key, null, pair.Value)));
        return [.. lines.OrderBy(line => line.Code, StringComparer.Ordinal)];
    }

    private InstanceLine Line(string code, OverlayChange? change, InstanceProof? proof)
    {
        var decision = facts.DecisionOn(code);
        var changes = change is not null && change.Action != ChangeAction.Unchanged;
        return new InstanceLine
        {
            Target = facts.Board.Target,
            Code = code,
            Ring = RingOf(change),
            Verdict = proof is null ? StatusWords.NotVerified : StatusWords.Verdict(proof.Verdict.Kind),
            Reason = proof?.Verdict.Reason,
            Detail = StatusWords.Given(proof?.Verdict.Detail),
            Action = change is null ? null : PlanWords.Word(change.Action),
            Sentence = changes ? StatusWords.Cut(change!.Sentence) : null,
            Restarts = change is null ? null : StatusWords.Restarts(change),
            Hash = change?.HashAfter ?? change?.HashBefore ?? proof?.Promise.Hash.Value,
            Change = decision is null || !changes ? null : Link(decision),
            Held = facts.HeldOf(code)?.Reason ?? change?.HeldBecause,
            Rank = Rank(proof, change),
        };
    }

    private ChangeLink Link(Decision decision) =>
        new(facts.NameOf(decision.Branch), StatusWords.State(decision, facts.ReportOf(decision.Branch)), facts.PullRequestOf(decision));

    private string? RingOf(OverlayChange? change)
    {
        if (change is null || facts.Planned is not { } planned) return null;
        var ring = Waves.RingOf(planned.Rings, change.Labels);
        return ring < planned.Rings.Length ? planned.Rings[ring].Name : null;
    }

    private static int Rank(InstanceProof? proof, OverlayChange? change)
    {
        var end = proof is null ? ProofEnd.Reached : ProofEnds.Of(proof.Verdict);
        if (end == ProofEnd.Missed || change?.Action == ChangeAction.Stopped) return 0;
        return end == ProofEnd.UnderWay || change?.Writes == true ? 1 : 2;
    }
}
