using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>
/// Fixes since when a change is live by the first note that says so. The cluster tells it only for a while: pods are replaced, and
/// what is proven by its revision alone has no time but that of the last comparison.
/// </summary>
internal static class ProvenTimes
{
    public static Verdict Fix(Verdict verdict, MergedChange change, ImmutableArray<RolloutNote> notes) =>
        verdict.Kind == VerdictKind.Live && notes.FirstOrDefault(note => note.Event == NoteEvent.Live) is { } first
            ? verdict with { At = first.At, LeadTime = first.At >= change.LandedAt ? first.At - change.LandedAt : null }
            : verdict;
}
