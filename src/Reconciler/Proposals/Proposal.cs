using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>Where a proposal stands.</summary>
internal enum ProposalState
{
    /// <summary>It waits for people.</summary>
    Open,

    /// <summary>Closed without a merge: by a person, or by us when its marker says <see cref="ProposalMarker.Withdrawn"/>.</summary>
    Closed,

    /// <summary>Merged, in whatever way.</summary>
    Merged,
}

/// <summary>A proposal as the forge shows it: one of ours, or one that only has the name of our branch.</summary>
internal sealed record Proposal
{
    /// <summary>The forge's number; 0 where there is no forge.</summary>
    public required int Number { get; init; }

    /// <summary>The head branch, without <c>refs/heads/</c>.</summary>
    public required string Branch { get; init; }

    /// <summary>Where it stands.</summary>
    public required ProposalState State { get; init; }

    /// <summary>The head's commit, or null where it is not known.</summary>
    public string? Head { get; init; }

    /// <summary>Its title.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>Its whole text: ours, and what people wrote around it.</summary>
    public string Body { get; init; } = string.Empty;

    /// <summary>Its labels; forges compare them without regard to case.</summary>
    public ImmutableSortedSet<string> Labels { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>When it was opened; null where there is no forge.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was closed or merged; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The commit on base, of a merged one, or null.</summary>
    public string? MergeCommit { get; init; }

    /// <summary>Whether it is a draft.</summary>
    public bool IsDraft { get; init; }

    /// <summary>Whether the forge will merge it by itself once all is green.</summary>
    public bool MergesItself { get; init; }

    /// <summary>Whether the forge says that it can't be merged as it is; false where it does not say.</summary>
    public bool Conflicts { get; init; }

    /// <summary>Whether its branch is in another repository: such a one is never ours, whatever its branch is called.</summary>
    public bool IsForeign { get; init; }

    /// <summary>A page's address, or a file's path.</summary>
    public string Location { get; init; } = string.Empty;

    /// <summary>What our marker in the text says, or null when there is none that can be read.</summary>
    public ProposalMarker? Marker => ProposalMarker.TryRead(Body);
}
