using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What a person or a schedule asks of a pass.</summary>
/// <param name="Desired">The branch or commit to read the wish at, or null for the base head.</param>
/// <param name="Approvals">Plan digests that may pass the guards, besides those of the repository.</param>
internal sealed record PassRequest(string? Desired, ImmutableArray<string> Approvals)
{
    /// <summary>When set, a plan with any other digest is refused as stale.</summary>
    public string? OnlyDigest { get; init; }

    /// <summary>Told what was planned, before anything is written; null: nobody wants to know.</summary>
    public Action<PlannedPass>? Planned { get; init; }

    /// <summary>Once cancelled, the pass ends before it writes anything; what it has begun to write it brings to its end.</summary>
    public CancellationToken Ending { get; init; }
}

/// <summary>What became of a branch.</summary>
internal enum BranchOutcome
{
    /// <summary>The branch already carries this change.</summary>
    Unchanged,

    /// <summary>Pushed for the first time.</summary>
    Opened,

    /// <summary>Built anew and pushed.</summary>
    Updated,

    /// <summary>Deleted, because base already says what is desired.</summary>
    Closed,

    /// <summary>Somebody pushed to it: hands off.</summary>
    Edited,

    /// <summary>Waits, because enough proposals are open.</summary>
    Limited,

    /// <summary>Left as it is: an instance on it is suspended, stopped, held or an orphan.</summary>
    Kept,

    /// <summary>The remote refused the push, or the proposal could not be written.</summary>
    Refused,
}

/// <summary>What became of a branch, and where its proposal can be read.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Detail">Why, in words; may be empty.</param>
/// <param name="Head">The branch's head, or null when it has none.</param>
/// <param name="Receipt">Its proposal, or null.</param>
internal sealed record BranchReport(string Branch, BranchOutcome Outcome, string Detail, string? Head, ProposalReceipt? Receipt);

/// <summary>What a pass did.</summary>
/// <param name="Planned">What it found.</param>
/// <param name="Branches">What became of each branch, in order of name.</param>
/// <param name="Stale">Why a saved plan was refused, or null.</param>
internal sealed record PassReport(PlannedPass Planned, ImmutableArray<BranchReport> Branches, string? Stale = null);
