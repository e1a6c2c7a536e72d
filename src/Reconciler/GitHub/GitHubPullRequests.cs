using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// Pull requests on GitHub, as the life of a proposal needs them. A write whose answer was lost is never sent again: whoever opened one
/// looks for it by its head and adopts it, everything else is looked at by the next pass. Lists don't say whether a pull request
/// conflicts; a branch of ours changes overlays alone, so it conflicts only where base changed the same one, which Git tells.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="place">Which repository and base branch.</param>
/// <param name="time">The clock.</param>
internal sealed class GitHubPullRequests(GitHubClient client, PullRequestPlace place, TimeProvider time) : IPullRequests
{
    private readonly PullRequestLedger ledger = new(client, place.Name);
    private readonly RepositoryCheck check = new(client, place, time);
    private readonly StandingComments comments = new(client, place.Name);
    private readonly RefusalMemory refusals = new(time);

    /// <inheritdoc/>
    public bool IsForge => true;

    private RepositoryName Name => place.Name;

    /// <inheritdoc/>
    public async Task<ImmutableArray<Proposal>> ObserveAsync(string target, CancellationToken cancellationToken)
    {
        await check.NowAsync(cancellationToken);
        var prefix = ChangeSet.BranchPrefix(target);
        var all = await ledger.ReadAsync(cancellationToken);
        return [.. all.Where(pull => pull.Head.Ref.StartsWith(prefix, StringComparison.Ordinal) && pull.Base.Ref == place.Base).Select(Of)];
    }

    /// <inheritdoc/>
    public async Task<Proposal> OpenAsync(ProposalText text, CancellationToken cancellationToken)
    {
        if (await FindOpenAsync(text, cancellationToken) is { } there) return Of(there);
        if (refusals.Find(text.Branch, text.ToString()) is { } words) throw new ProposalRefusal(words);
        await check.BeforeWriteAsync(cancellationToken);
        var wish = new NewPullRequest(text.Title, text.Branch, text.Base) { Body = text.Body, Draft = text.Draft };
        try
        {
            return Keep(await client.PullRequest.CreateAsync(Name, wish, cancellationToken));
        }
        catch (GitHubFailure failure) when (failure.SaysAlreadyExists || failure.MayHaveHappened)
        {
            if (await FindOpenAsync(text, cancellationToken) is { } made) return Of(made);
            if (failure.MayHaveHappened) throw;
            throw new ProposalRefusal(failure.Message, failure);
        }
        catch (GitHubFailure failure) when (IsOfThisOne(failure))
        {
            refusals.Note(text.Branch, text.ToString(), failure.Message);
            throw new ProposalRefusal(failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public Task UpdateAsync(Proposal proposal, ProposalText text, CancellationToken cancellationToken) => WriteAsync(async () => Keep(await client.PullRequest.UpdateAsync(
        Name, proposal.Number, new PullRequestUpdate { Title = text.Title == proposal.Title ? null : text.Title, Body = text.Body }, cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public Task CloseAsync(Proposal proposal, string body, CancellationToken cancellationToken) => WriteAsync(async () => Keep(await client.PullRequest.UpdateAsync(
        Name, proposal.Number, new PullRequestUpdate { State = ItemState.Closed, Body = body }, cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public Task LabelAsync(Proposal proposal, LabelChange change, CancellationToken cancellationToken) => WriteAsync(
        async () =>
        {
            if (!change.Add.IsEmpty) await client.Issue.AddLabelsAsync(Name, proposal.Number, change.Add, cancellationToken);
            foreach (var label in change.Remove) await client.Issue.RemoveLabelAsync(Name, proposal.Number, label, cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<string> AskAsync(Proposal proposal, ImmutableArray<string> reviewers, ImmutableArray<string> assignees, CancellationToken cancellationToken)
    {
        if (reviewers.IsEmpty && assignees.IsEmpty) return string.Empty;
        await check.BeforeWriteAsync(cancellationToken);
        var people = reviewers.Where(reviewer => !reviewer.Contains('/', StringComparison.Ordinal));
        var teams = reviewers.Where(reviewer => reviewer.Contains('/', StringComparison.Ordinal)).Select(reviewer => reviewer[(reviewer.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        var refused = assignees.IsEmpty ? string.Empty
            : await TryAsync("nobody was assigned", () => client.Issue.AssignAsync(Name, proposal.Number, assignees, cancellationToken));
        if (reviewers.IsEmpty) return refused;
        var request = new PullRequestReviewRequest([.. people], [.. teams]);
        return refused + await TryAsync("nobody was asked for a review", () => client.PullRequest.RequestReviewersAsync(Name, proposal.Number, request, cancellationToken));
    }

    /// <inheritdoc/>
    public Task CommentAsync(Proposal proposal, string kind, string text, CancellationToken cancellationToken) =>
        WriteAsync(() => comments.SayAsync(proposal.Number, kind, text, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<string> AutoMergeAsync(Proposal proposal, bool on, CancellationToken cancellationToken)
    {
        await check.BeforeWriteAsync(cancellationToken);
        var merging = new GitHubMerging(client, place, check);
        return on ? await merging.StartAsync(ledger.Of(proposal.Number), proposal.Head, cancellationToken) : await merging.StopAsync(ledger.Of(proposal.Number), cancellationToken);
    }

    /// <inheritdoc/>
    public Task MarkAsync(string commit, CommitMark mark, CancellationToken cancellationToken) => WriteAsync(
        async () =>
        {
            var wish = new CommitStatus(mark.State.ToString().ToLowerInvariant(), CommitMark.Context, mark.Description);
            var all = await client.Status.GetCombinedAsync(Name, commit, cancellationToken);
            var there = all.Statuses.FirstOrDefault(status => status.Context == CommitMark.Context);
            if ((there?.State, there?.Description) != (wish.State, wish.Description)) await client.Status.CreateAsync(Name, commit, wish, cancellationToken);
        },
        cancellationToken);

    // What GitHub says about one pull request is no reason to leave the others.
    private static bool IsOfThisOne(GitHubFailure failure) =>
        failure.Kind is GitHubFailureKind.Invalid or GitHubFailureKind.Conflict or GitHubFailureKind.Gone or GitHubFailureKind.NotFound;

    private static async Task<string> TryAsync(string otherwise, Func<Task> write)
    {
        try
        {
            await write();
            return string.Empty;
        }
        catch (GitHubFailure failure) when (IsOfThisOne(failure) || failure.Kind == GitHubFailureKind.Forbidden)
        {
            return $"{otherwise}: {failure.Message}";
        }
    }

    private async Task WriteAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        await check.BeforeWriteAsync(cancellationToken);
        try
        {
            await write();
        }
        catch (GitHubFailure failure) when (IsOfThisOne(failure))
        {
            throw new ProposalRefusal(failure.Message, failure);
        }
    }

    // A promotion's goes to the branch of the desired state, which need not be the base.
    private async Task<PullRequest?> FindOpenAsync(ProposalText text, CancellationToken cancellationToken)
    {
        var request = new PullRequestRequest { Head = $"{Name.Owner}:{text.Branch}", Base = text.Base };
        var found = (await client.PullRequest.ListAsync(Name, request, cancellationToken)).Items;
        var ours = found.Where(pull => pull.IsFromSameRepository && pull.IsOpen && pull.Head.Ref == text.Branch).MinBy(pull => pull.Number);
        if (ours is not null) ledger.Keep(ours);
        return ours;
    }

    private Proposal Keep(PullRequest pull)
    {
        ledger.Keep(pull);
        return Of(pull);
    }

    private static Proposal Of(PullRequest pull) => new()
    {
        Number = pull.Number,
        Branch = pull.Head.Ref,
        State = pull.IsMerged ? ProposalState.Merged : pull.IsOpen ? ProposalState.Open : ProposalState.Closed,
        Head = pull.Head.Sha,
        Title = pull.Title,
        Body = pull.Body ?? string.Empty,
        Labels = pull.Labels.Select(label => label.Name).ToImmutableSortedSet(StringComparer.OrdinalIgnoreCase),
        CreatedAt = pull.CreatedAt,
        EndedAt = pull.MergedAt ?? pull.ClosedAt,
        MergeCommit = pull.IsMerged ? pull.MergeCommitSha : null,
        IsDraft = pull.Draft,
        MergesItself = pull.AutoMerge is not null,
        Conflicts = pull.MergeableState == "dirty",
        IsForeign = !pull.IsFromSameRepository,
        Location = pull.HtmlUrl,
    };
}
