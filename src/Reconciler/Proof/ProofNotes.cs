using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>
/// The notes that are owed: one of each event for a change and instance, never a second one.
/// <code>
/// landed       as soon as it is seen, with all that its commits say, since a squash may lose it
/// reverted     the next change put back what was there before
/// live         the verdict is Live; nothing follows but reverted
/// superseded   the verdict is Superseded, and it was never live
/// failed       the verdict is Failed, and it was not live before; live may still follow
/// </code>
/// </summary>
/// <param name="history">Tells of changes.</param>
/// <param name="time">The clock.</param>
internal sealed class ProofNotes(InstanceHistory history, TimeProvider time)
{
    /// <summary>Whether nothing more is to be written of a change but that it was taken back.</summary>
    /// <param name="notes">Its notes.</param>
    /// <returns>True when its end is written down.</returns>
    public static bool IsEnded(ImmutableArray<RolloutNote> notes) => notes.Any(note => note.Event is NoteEvent.Live or NoteEvent.Superseded or NoteEvent.Reverted);

    /// <summary>Finds what is owed.</summary>
    /// <param name="proofs">Proofs of recent changes.</param>
    /// <param name="numbers">The pull request of each change, where one is known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Notes with the landing commits that they belong on.</returns>
    public async Task<ImmutableArray<(ObjectId Commit, RolloutNote Note)>> OwedAsync(
        IEnumerable<InstanceProof> proofs, IReadOnlyDictionary<MergedChange, long> numbers, CancellationToken cancellationToken)
    {
        var owed = ImmutableArray.CreateBuilder<(ObjectId Commit, RolloutNote Note)>();
        foreach (var proof in proofs)
        {
            var change = proof.Promise.Change;
            if (!Has(proof, NoteEvent.Landed)) owed.Add((change.Commit, await LandedAsync(proof, numbers, cancellationToken)));
            if (Ended(proof) is { } ended) owed.Add((change.Commit, ended));
            if (change.Next is { } next && change.Before is { } before && next.After == before && !Has(proof, NoteEvent.Reverted))
                owed.Add((change.Commit, Note(proof, NoteEvent.Reverted, next.LandedAt)));
        }

        return owed.ToImmutable();
    }

    private static bool Has(InstanceProof proof, NoteEvent what) => proof.Notes.Any(note => note.Event == what);

    private static RolloutNote Note(InstanceProof proof, NoteEvent what, DateTimeOffset at) => new()
    {
        Event = what,
        Code = proof.Code.Text,
        At = UtcTime.ToSecond(at),
    };

    private RolloutNote? Ended(InstanceProof proof) => IsEnded(proof.Notes) ? null : proof.Verdict.Kind switch
    {
        VerdictKind.Live => WithEvidence(proof, Note(proof, NoteEvent.Live, proof.Verdict.At ?? time.GetUtcNow())),
        VerdictKind.Superseded when proof.Promise.Change.Next is { } next => Note(proof, NoteEvent.Superseded, next.LandedAt) with { Revision = next.Commit.Text },
        VerdictKind.Failed when !Has(proof, NoteEvent.Failed) => WithEvidence(proof, Note(proof, NoteEvent.Failed, time.GetUtcNow())),
        _ => null,
    };

    private static RolloutNote WithEvidence(InstanceProof proof, RolloutNote note) => note with
    {
        Revision = proof.Verdict.Revision,
        HashAfter = proof.Promise.Hash.Value,
        Evidence = proof.Verdict.Evidence.Append(new Evidence("reason", proof.Verdict.Reason)).DistinctBy(evidence => evidence.Field, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(evidence => evidence.Field, evidence => evidence.Value, StringComparer.Ordinal),
    };

    private async Task<RolloutNote> LandedAsync(InstanceProof proof, IReadOnlyDictionary<MergedChange, long> numbers, CancellationToken cancellationToken)
    {
        var change = proof.Promise.Change;
        var hashes = new Dictionary<ObjectId, string?>();
        if (change.Before is { } before) hashes[before] = proof.Promise.HashBefore;
        if (change.After is { } after) hashes[after] = proof.Promise.Hash.Value;
        var told = await history.TellAsync(new PathChange(change.Commit, change.Path, change.Before, change.After) { At = change.LandedAt }, change.Code, proof.Notes, hashes, cancellationToken);
        return Note(proof, NoteEvent.Landed, change.LandedAt) with
        {
            PullRequest = numbers.TryGetValue(change, out var number) ? number : told.PullRequest,
            MergedBy = told.MergedBy,
            RequestedBy = told.Request.RequestedBy,
            Reason = told.Request.Reason,
            Ticket = told.Request.Ticket,
            HashBefore = told.HashBefore,
            HashAfter = told.HashAfter,
            Restart = told.Restart,
            DesiredRevision = told.DesiredRevision,
            Change = told.Change,
        };
    }
}
