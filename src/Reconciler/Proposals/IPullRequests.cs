using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>A proposal as a person reads it.</summary>
/// <param name="Branch">The head branch, without <c>refs/heads/</c>.</param>
/// <param name="Base">The branch that it shall be merged into.</param>
/// <param name="Title">At most 72 characters.</param>
/// <param name="Body">Markdown, at most 60,000 characters, with the hidden marker at the end.</param>
internal sealed record ProposalText(string Branch, string Base, string Title, string Body)
{
    /// <summary>Whether a new one starts as a draft.</summary>
    public bool Draft { get; init; }
}

/// <summary>Where a proposal can be read.</summary>
/// <param name="Branch">The head branch.</param>
/// <param name="Location">A file's path or a page's address.</param>
/// <param name="Written">Whether something was written, or the proposal already said the same.</param>
internal sealed record ProposalReceipt(string Branch, string Location, bool Written);

/// <summary>The forge refused what was asked for one proposal, and will again; the others go on.</summary>
internal sealed class ProposalRefusal : Exception
{
    public ProposalRefusal()
    {
    }

    public ProposalRefusal(string message)
        : base(message)
    {
    }

    public ProposalRefusal(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>What a mark on a commit says.</summary>
internal enum MarkState
{
    /// <summary>It is under way.</summary>
    Pending,

    /// <summary>All is well.</summary>
    Success,

    /// <summary>Something failed.</summary>
    Failure,
}

/// <summary>The mark <c>odoosky/rollout</c> on a commit of base: how far its rollout is.</summary>
/// <param name="State">In one word.</param>
/// <param name="Description">One line, at most 140 characters.</param>
internal sealed record CommitMark(MarkState State, string Description)
{
    /// <summary>Whose mark it is, as forges show it.</summary>
    public const string Context = "odoosky/rollout";
}

/// <summary>
/// The port to whatever shows change sets to people: a forge's pull requests, or a folder of texts. A branch has at most
/// one open proposal, however often it is proposed. Every act can be done twice: it looks, and writes only what is missing.
/// </summary>
internal interface IPullRequests
{
    /// <summary>Whether people decide here: proposals can be closed, merged and labelled. A folder of texts only shows them.</summary>
    bool IsForge { get; }

    /// <summary>All proposals on a target's branches: open, closed and merged, ours or a fork's. Read anew each time.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>In order of number.</returns>
    Task<ImmutableArray<Proposal>> ObserveAsync(string target, CancellationToken cancellationToken);

    /// <summary>Opens the branch's proposal. When there is an open one, or the answer was lost, it is found by its head and adopted.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The open proposal.</returns>
    Task<Proposal> OpenAsync(ProposalText text, CancellationToken cancellationToken);

    /// <summary>Makes an open or closed proposal say something else.</summary>
    /// <param name="proposal">Which.</param>
    /// <param name="text">Its title and its whole text.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    Task UpdateAsync(Proposal proposal, ProposalText text, CancellationToken cancellationToken);

    /// <summary>Closes a proposal and gives it its last text, in one write: nobody can see one without the other.</summary>
    /// <param name="proposal">Which.</param>
    /// <param name="body">Its whole text.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    Task CloseAsync(Proposal proposal, string body, CancellationToken cancellationToken);

    /// <summary>Puts labels on and takes labels off.</summary>
    /// <param name="proposal">Which.</param>
    /// <param name="change">The labels.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    Task LabelAsync(Proposal proposal, LabelChange change, CancellationToken cancellationToken);

    /// <summary>Asks people for a review, and assigns people. That somebody can't be asked does not stop the rest.</summary>
    /// <param name="proposal">Which.</param>
    /// <param name="reviewers">Logins, or <c>org/team</c>.</param>
    /// <param name="assignees">Logins.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the forge refused, in its words; empty when nothing.</returns>
    Task<string> AskAsync(Proposal proposal, ImmutableArray<string> reviewers, ImmutableArray<string> assignees, CancellationToken cancellationToken);

    /// <summary>Says something in the one comment of its kind, which is edited in place; writes nothing when it says the same.</summary>
    /// <param name="proposal">Where.</param>
    /// <param name="kind">A word that names the comment.</param>
    /// <param name="text">Markdown.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    Task CommentAsync(Proposal proposal, string kind, string text, CancellationToken cancellationToken);

    /// <summary>Lets the forge merge it by itself once all is green, or takes that back.</summary>
    /// <param name="proposal">Which.</param>
    /// <param name="on">Whether it shall.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why the forge does not; empty when it does.</returns>
    Task<string> AutoMergeAsync(Proposal proposal, bool on, CancellationToken cancellationToken);

    /// <summary>Marks a commit; writes nothing when its mark says the same.</summary>
    /// <param name="commit">A full id.</param>
    /// <param name="mark">What it shall say.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    Task MarkAsync(string commit, CommitMark mark, CancellationToken cancellationToken);
}
