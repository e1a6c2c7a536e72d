using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Life;

/// <summary>What one of our branches carries.</summary>
/// <param name="Head">Its head.</param>
/// <param name="ForkedAt">Where it left base, or null when it has no history in common with base.</param>
/// <param name="Codes">The instances whose overlays it changes.</param>
/// <param name="Content">The content digest of what it carries.</param>
/// <param name="IsOurs">Whether it carries what our newest commit on it says, and nothing else.</param>
internal sealed record BranchContent(ObjectId Head, ObjectId? ForkedAt, ImmutableArray<InstanceCode> Codes, string Content, bool IsOurs)
{
    /// <summary>Whether base has all of its commits, so that there is nothing of anybody's left on it.</summary>
    public bool IsMerged => ForkedAt == Head;

    /// <summary>Whether a person's work is on it.</summary>
    public bool IsEdited => !IsOurs && !IsMerged;
}

/// <summary>All that the life of one branch and its pull request depends on.</summary>
/// <param name="Branch">The branch's name.</param>
internal sealed record BranchFacts(string Branch)
{
    /// <summary>What shall be proposed on it, without what people declined; null: nothing.</summary>
    public ChangeSet? Wanted { get; init; }

    /// <summary>What it carries; null: there is no such branch.</summary>
    public BranchContent? Content { get; init; }

    /// <summary>Whether an overlay that it carries changed on base since it left there.</summary>
    public bool OverlayMoved { get; init; }

    /// <summary>Whether base has the same overlays, though perhaps not the same commits.</summary>
    public bool Landed { get; init; }

    /// <summary>Its open pull request, or null.</summary>
    public Proposal? Open { get; init; }

    /// <summary>Its newest pull request that is not open, or null.</summary>
    public Proposal? Last { get; init; }

    /// <summary>Why it stays as it is though nothing is to be proposed on it (an instance is suspended, stopped, held), or null.</summary>
    public string? Rests { get; init; }

    /// <summary>
    /// Whether what is desired now was declined or taken back, so that an open pull request carries something that is desired no longer:
    /// one that carries what is desired is never declined.
    /// </summary>
    public bool Outdated { get; init; }

    /// <summary>Whether it rests because an instance is suspended.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Whether its instances are to be proposed on other branches now.</summary>
    public bool Regrouped { get; init; }

    /// <summary>Another branch that a person works on, with one of these instances; null: none.</summary>
    public string? CarriedBy { get; init; }

    /// <summary>Whether all that is on the branch reached base, in commits of its own or, with a squash or rebase, in others.</summary>
    public bool WasMerged => Content is { } content
        && (content.IsMerged || (Last is { State: ProposalState.Merged } last && last.Head == content.Head.Text));

    /// <summary>Whether a person's work is on the branch, and still counts.</summary>
    public bool IsTheirs => Content is { IsEdited: true } && !WasMerged;

    /// <summary>Whether a person asked to have it made anew.</summary>
    public bool AsksForRebuild => (Open ?? Last)?.Labels.Contains(ProposalLabels.Rebuild) == true;
}
