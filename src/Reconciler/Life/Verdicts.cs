using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Life;

/// <summary>Why a wished change is not proposed.</summary>
internal enum HoldKind
{
    /// <summary>Somebody closed its pull request without a merge.</summary>
    Declined,

    /// <summary>It was merged, and somebody took it back on base.</summary>
    Reverted,

    /// <summary>It may have been merged and taken back; what is left does not say.</summary>
    Unknown,

    /// <summary>It was merged a moment ago; base was read before.</summary>
    JustMerged,

    /// <summary>Its ring's time has not come.</summary>
    Ring,
}

/// <summary>A change that is wished and not proposed.</summary>
/// <param name="Code">The instance.</param>
/// <param name="Digest">The change digest.</param>
/// <param name="Kind">Why.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record HeldChange(string Code, string Digest, HoldKind Kind, string Reason)
{
    /// <summary>The pull request that says so, or null.</summary>
    public Proposal? Proposal { get; init; }
}

/// <summary>
/// What people decided about changes, read from closed and merged pull requests and from base's history:
/// <code>
/// closed unmerged, not by us, digest listed       declined, until reopened, labelled odoosky/reopen or taken out of the marker
/// the newest landing has this very digest         reverted: base has "before" again, and "after" is still wished
/// merged and too large to list its digests        unknown, when that set named the branch that this change would take
/// an open pull request has the digest             neither: somebody reopened it
/// </code>
/// </summary>
internal sealed class Verdicts
{
    private readonly Dictionary<string, Proposal> declined = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Landing> landed;
    private readonly Dictionary<string, (Proposal Proposal, string Digest)> merged = new(StringComparer.Ordinal);
    private readonly HashSet<string> open;

    /// <summary>Reads the decisions.</summary>
    /// <param name="proposals">All proposals of the target.</param>
    /// <param name="landings">The newest landing of each instance in base's history, by code.</param>
    public Verdicts(IEnumerable<Proposal> proposals, IReadOnlyDictionary<string, Landing> landings)
    {
        var ours = proposals.Where(proposal => !proposal.IsForeign).ToList();
        landed = new(landings, StringComparer.Ordinal);
        open = Digests(ours.Where(proposal => proposal.State == ProposalState.Open)).ToHashSet(StringComparer.Ordinal);
        foreach (var proposal in ours.Where(IsDecline))
        {
            foreach (var digest in Digests([proposal])) declined[digest] = proposal;
        }

        foreach (var proposal in ours.Where(HasLanded).OrderBy(proposal => proposal.EndedAt))
        {
            if (proposal.Marker?.Changes is not { } changes) continue;
            foreach (var (code, digest) in changes) merged[code] = (proposal, digest);
        }
    }

    /// <summary>Whether a proposal's close means no.</summary>
    /// <param name="proposal">Any.</param>
    /// <returns>True when a person closed it unmerged and nobody took that back.</returns>
    public static bool IsDecline(Proposal proposal) =>
        proposal.State == ProposalState.Closed && !proposal.IsForeign && proposal.Marker is { Withdrawn: null } && !proposal.Labels.Contains(ProposalLabels.Reopen);

    /// <summary>Judges a change.</summary>
    /// <param name="change">A change that is wished.</param>
    /// <param name="knows">Whether a commit has been fetched.</param>
    /// <returns>Why it is not proposed, or null.</returns>
    public HeldChange? Of(OverlayChange change, Func<string, bool> knows)
    {
        if (open.Contains(change.Digest)) return null;
        if (declined.TryGetValue(change.Digest, out var no))
            return Held(HoldKind.Declined, $"declined: #{no.Number} was closed without a merge", no);
        if (merged.TryGetValue(change.Code.Text, out var newest) && newest.Digest == change.Digest)
        {
            return newest.Proposal.MergeCommit is { } commit && !knows(commit)
                ? Held(HoldKind.JustMerged, $"#{newest.Proposal.Number} was merged a moment ago", newest.Proposal)
                : Held(HoldKind.Reverted, $"reverted: #{newest.Proposal.Number} was merged, and somebody took it back on base", newest.Proposal);
        }

        return !merged.ContainsKey(change.Code.Text) && landed.TryGetValue(change.Code.Text, out var landing) && landing.Change == change.Digest
            ? Held(HoldKind.Reverted, $"reverted: the commit {landing.Commit.Text[..12]} brought it to base, and somebody took it back", null)
            : null;

        HeldChange Held(HoldKind kind, string reason, Proposal? proposal) => new(change.Code.Text, change.Digest, kind, reason) { Proposal = proposal };
    }

    /// <summary>Judges the sets whose proposal was too large to list its changes.</summary>
    /// <param name="set">A change set.</param>
    /// <param name="proposals">All proposals of the target.</param>
    /// <returns>Why the whole set is not proposed, or null.</returns>
    public static HeldChange? OfLarge(ChangeSet set, IEnumerable<Proposal> proposals)
    {
        var last = proposals.Where(proposal => !proposal.IsForeign && proposal.Branch == set.Branch && proposal.State != ProposalState.Open).MaxBy(proposal => proposal.EndedAt);
        if (last?.Marker is not { Changes: null, Withdrawn: null } marker || last.Labels.Contains(ProposalLabels.Reopen)) return null;
        var digest = ProposalMarker.Of(set).Set;
        if (marker.Set != digest) return null;
        return last.State == ProposalState.Closed
            ? new HeldChange(set.Name, digest, HoldKind.Declined, $"declined: #{last.Number} was closed without a merge") { Proposal = last }
            : new HeldChange(set.Name, digest, HoldKind.Unknown, $"#{last.Number} carried the same changes and was merged; whether they were taken back is not known") { Proposal = last };
    }

    /// <summary>Whether a change exists because somebody edited base, and not the wish.</summary>
    /// <param name="change">A change that is wished.</param>
    /// <returns>True when the newest landing carried the same revision of the wish.</returns>
    public bool IsEditOfBase(OverlayChange change) =>
        landed.TryGetValue(change.Code.Text, out var landing) && landing.Change != change.Digest
        && landing.DesiredRevision is { Length: > 0 } revision && revision == change.DesiredRevision;

    private static bool HasLanded(Proposal proposal) =>
        proposal.State == ProposalState.Merged || proposal is { State: ProposalState.Closed, Marker.Withdrawn: ProposalMarker.Landed };

    private static IEnumerable<string> Digests(IEnumerable<Proposal> proposals) =>
        proposals.SelectMany(proposal => proposal.Marker?.Changes?.Values ?? []);
}
