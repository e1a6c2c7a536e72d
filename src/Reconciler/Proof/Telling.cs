using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>
/// Says what was proven where people look: the one comment of a merged pull request, the mark on its merge commit, where the settings
/// ask for it the events of Applications, and the notes.
/// The notes come last: a change whose end is noted is told, so what was cut short is told again.
/// </summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="pullRequests">Where people decide.</param>
/// <param name="target">What it works on.</param>
/// <param name="time">The clock.</param>
internal sealed class Telling(Repository repository, IPullRequests pullRequests, RunTarget target, TimeProvider time)
{
    private const string CommentKind = "rollout";
    private readonly NoteBook notes = new(repository, target.Base, target.Identity);

    /// <summary>Tells it.</summary>
    /// <param name="proof">What was proven. Nothing is told of a fleet that could not be seen.</param>
    /// <param name="rollouts">The clusters.</param>
    /// <param name="cancellationToken">Ends it; the next time goes on from there.</param>
    /// <returns>What could not be written, in words; empty when nothing.</returns>
    public async Task<ImmutableArray<string>> TellAsync(FleetProof proof, IRollouts rollouts, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - FleetProof.Memory;
        var recent = proof.All.Where(each => each.Promise.Change.LandedAt >= since).Concat(proof.Merged.Older.Select(proof.Prove)).ToDictionary(each => each.Promise.Change);
        var (numbers, refused) = await TellForgeAsync(proof, recent, since, cancellationToken);
        var owed = await new ProofNotes(new InstanceHistory(repository, notes), time).OwedAsync(recent.Values, numbers, cancellationToken);
        if (owed.IsEmpty) return refused;
        if (proof.Merged.Settings.Target.Cluster is { Events: true })
            refused = refused.AddRange(await new EventStory(rollouts).TellAsync(owed, recent.Values, cancellationToken));
        try
        {
            await notes.AddAsync(owed, proof.Merged.Head.Committer.Date, cancellationToken);
            return refused;
        }
        catch (GitFailure failure) when (failure.Kind is GitFailureKind.Refused or GitFailureKind.Transport or GitFailureKind.Other)
        {
            return refused.Add(failure.Message);
        }
    }

    private async Task<(Dictionary<MergedChange, long> Numbers, ImmutableArray<string> Refused)> TellForgeAsync(
        FleetProof proof, Dictionary<MergedChange, InstanceProof> recent, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (numbers, refused) = (new Dictionary<MergedChange, long>(), ImmutableArray.CreateBuilder<string>());
        if (!pullRequests.IsForge) return (numbers, []);
        foreach (var proposal in await pullRequests.ObserveAsync(target.Name, cancellationToken))
        {
            if (proposal is not { State: ProposalState.Merged, IsForeign: false } || proposal.EndedAt < since) continue;
            var own = Of(proposal, proof, recent).ToList();
            foreach (var each in own) numbers[each.Promise.Change] = proposal.Number;
            if (own.Count == 0 || own.Count < proposal.Marker?.Changes?.Count || own.TrueForAll(each => ProofNotes.IsEnded(each.Notes)) || own.Exists(IsUnseen)) continue;
            if (await TellAsync(proposal, own, cancellationToken) is { } words) refused.Add(words);
        }

        return (numbers, refused.ToImmutable());
    }

    private async Task<string?> TellAsync(Proposal proposal, List<InstanceProof> proofs, CancellationToken cancellationToken)
    {
        try
        {
            await pullRequests.CommentAsync(proposal, CommentKind, RolloutStory.Comment(proofs), cancellationToken);
            await pullRequests.MarkAsync(proposal.MergeCommit ?? proofs[0].Promise.Change.Commit.Text, RolloutStory.Mark(proofs), cancellationToken);
            return null;
        }
        catch (ProposalRefusal refusal)
        {
            return $"#{proposal.Number}: {refusal.Message}";
        }
    }

    // The landing of each of its instances: the newest change at or before its merge commit.
    private static IEnumerable<InstanceProof> Of(Proposal proposal, FleetProof proof, Dictionary<MergedChange, InstanceProof> recent)
    {
        if (proposal.Marker?.Changes is not { } changes || ObjectId.TryParse(proposal.MergeCommit ?? "") is not { } commit) yield break;
        if (proof.Merged.Graph.PlaceOf(commit) is not { } merged) yield break;
        foreach (var each in recent.Values.Where(each => changes.ContainsKey(each.Code.Text)).GroupBy(each => each.Code).OrderBy(group => group.Key))
            if (each.Where(one => proof.Merged.Graph.PlaceOf(one.Promise.Change.Commit) <= merged).MaxBy(one => proof.Merged.Graph.PlaceOf(one.Promise.Change.Commit)) is { } found)
                yield return found;
    }

    // What can't be seen now is no news: it says nothing about the rollout.
    private static bool IsUnseen(InstanceProof proof) => proof.Verdict.Reason is ReasonCodes.NotReadable or ReasonCodes.StaleObservation;
}
