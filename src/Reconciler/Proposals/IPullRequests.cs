using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>A proposal as a person reads it.</summary>
/// <param name="Branch">The head branch, without <c>refs/heads/</c>.</param>
/// <param name="Base">The branch that it shall be merged into.</param>
/// <param name="Title">At most 72 characters.</param>
/// <param name="Body">Markdown, at most 60,000 characters, with the hidden marker at the end.</param>
internal sealed record ProposalText(string Branch, string Base, string Title, string Body);

/// <summary>Where a proposal can be read.</summary>
/// <param name="Branch">The head branch.</param>
/// <param name="Location">A file's path or a page's address.</param>
/// <param name="Written">Whether something was written, or the proposal already said the same.</param>
internal sealed record ProposalReceipt(string Branch, string Location, bool Written);

/// <summary>
/// The port to whatever shows change sets to people: a forge's pull requests, or a folder of texts. A branch has at most
/// one open proposal, however often it is proposed.
/// </summary>
internal interface IPullRequests
{
    /// <summary>Opens the branch's proposal, or brings the open one up to date; writes nothing when it already says the same.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Where it can be read.</returns>
    Task<ProposalReceipt> ProposeAsync(ProposalText text, CancellationToken cancellationToken);

    /// <summary>Closes the branch's open proposal, if there is one.</summary>
    /// <param name="branch">The head branch.</param>
    /// <param name="because">One line that says why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task.</returns>
    Task CloseAsync(string branch, string because, CancellationToken cancellationToken);

    /// <summary>The branches that have an open proposal of ours.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Branch names in ordinal order.</returns>
    Task<ImmutableArray<string>> OpenAsync(string target, CancellationToken cancellationToken);
}
