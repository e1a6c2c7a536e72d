using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>
/// Which rings are live: all that was merged in them runs. Suspended instances and orphans do not count; what can't be told counts
/// as not live, since waiting costs less than a wave over a fleet that nobody sees.
/// </summary>
/// <param name="clusters">The way to the clusters.</param>
/// <param name="verify">Asks them.</param>
internal sealed class RingProof(ClusterDoor clusters, Func<IRollouts, Verification> verify)
{
    /// <summary>Asks, when there is a reason to: rings, changes, and a cluster.</summary>
    /// <param name="plan">The plan, for the instances' labels.</param>
    /// <param name="settings">The rings.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A verdict for each ring, or none.</returns>
    public async Task<ImmutableDictionary<string, RingVerdict>> ReadAsync(OverlayPlan plan, EffectiveSettings settings, CancellationToken cancellationToken)
    {
        var rings = settings.GitOps.Rings;
        if (rings.IsEmpty || !clusters.IsThere || !plan.Changes.Any()) return ImmutableDictionary<string, RingVerdict>.Empty;
        var (rollouts, problems) = clusters.Open();
        if (rollouts is null) return rings.ToImmutableDictionary(ring => ring.Name, ring => new RingVerdict(ring.Name, IsLive: false, $"no cluster can be asked: {problems[0].Message}"), StringComparer.Ordinal);
        var verification = verify(rollouts);
        await verification.OnceAsync([], cancellationToken);
        var counted = plan.Instances.Where(change => change.Action is not (ChangeAction.Suspended or ChangeAction.Orphaned)).ToDictionary(change => change.Code, change => Waves.RingOf(rings, change.Labels));
        var byRing = verification.Proof.All.Where(proof => counted.ContainsKey(proof.Code)).ToLookup(proof => counted[proof.Code]);
        return rings.Select((ring, i) => Of(ring, [.. byRing[i]])).ToImmutableDictionary(verdict => verdict.Ring, StringComparer.Ordinal);
    }

    private static RingVerdict Of(Ring ring, ImmutableArray<InstanceProof> proofs) =>
        proofs.FirstOrDefault(proof => ProofEnds.Of(proof.Verdict) != ProofEnd.Reached) is { } open
            ? new RingVerdict(ring.Name, IsLive: false, $"{open.Code} is {open.Verdict.Kind} ({open.Verdict.Reason})")
            : new RingVerdict(ring.Name, IsLive: true, string.Empty) { LiveSince = proofs.Select(Since).Max() };

    // The comparison that proves a revision is made again and again: without a note the merge is the only time that stands.
    private static DateTimeOffset? Since(InstanceProof proof) =>
        proof.Notes.FirstOrDefault(note => note.Event == NoteEvent.Live)?.At
        ?? (proof.Verdict.Proof == LiveProof.Hash ? proof.Verdict.At : null) ?? proof.Promise.Change.LandedAt;
}
