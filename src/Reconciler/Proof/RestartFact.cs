using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>A restart that a merged change asked for. An instance's first start and its end are none.</summary>
/// <param name="Code">The instance.</param>
/// <param name="AskedAt">When the change was merged.</param>
/// <param name="DoneAt">When it was proven live; null: not yet, or never.</param>
internal sealed record RestartFact(InstanceCode Code, DateTimeOffset AskedAt, DateTimeOffset? DoneAt)
{
    /// <summary>
    /// The restarts since a time. The newest change of an instance is judged by what is seen; an older one by what the notes say, where
    /// there are any.
    /// </summary>
    /// <param name="proof">What was proven.</param>
    /// <param name="since">The oldest merge that counts.</param>
    /// <returns>In order of merge, then of code.</returns>
    public static ImmutableArray<RestartFact> Of(FleetProof proof, DateTimeOffset since) =>
    [
        .. proof.All.Where(each => each.Promise.Change.LandedAt >= since && Restarts(each)).Select(Newest)
            .Concat(proof.Merged.Older.Where(change => change.LandedAt >= since).Select(change => Older(change, proof.Merged.NotesOf(change))).OfType<RestartFact>())
            .OrderBy(fact => fact.AskedAt).ThenBy(fact => fact.Code),
    ];

    private static bool Restarts(InstanceProof proof) => proof.Promise is { Change: { Before: not null, After: not null } }
        && (proof.Promise.HashChanged || proof.Promise.LastRestart == proof.Promise.Change.Commit);

    private static RestartFact Newest(InstanceProof proof) =>
        new(proof.Code, proof.Promise.Change.LandedAt, proof.Verdict.Kind == VerdictKind.Live ? proof.Verdict.At : null);

    private static RestartFact? Older(MergedChange change, ImmutableArray<RolloutNote> notes) =>
        change is { Before: not null, After: not null } && notes.FirstOrDefault(note => note.Event == NoteEvent.Landed) is { Restart: not (null or "no") }
            ? new RestartFact(change.Code, change.LandedAt, notes.FirstOrDefault(note => note.Event == NoteEvent.Live)?.At)
            : null;
}
