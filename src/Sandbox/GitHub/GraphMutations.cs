namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Something that a GraphQL document changes.</summary>
/// <param name="Field">The mutation and its input.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Pull">The pull request.</param>
/// <param name="By">Who asks.</param>
internal sealed record Mutation(GraphField Field, RepositoryRecord Repository, PullRequestRecord Pull, Account By)
{
    /// <summary>The merge method asked for: <c>merge</c> without one.</summary>
    public string Method => Field.Input("mergeMethod")?.ToUpperInvariant() switch { "SQUASH" => "squash", "REBASE" => "rebase", _ => "merge" };
}

/// <summary>What GraphQL changes: auto-merge, the merge queue, merges, drafts.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="life">What branches do to pull requests.</param>
internal sealed class GraphMutations(Hub hub, PullLife life)
{
    /// <summary>Does it.</summary>
    /// <returns>Why not, or null when it is done.</returns>
    public async Task<GraphRefusal?> ActAsync(Mutation wish, CancellationToken cancellationToken) => wish.Field.Name switch
    {
        "enablePullRequestAutoMerge" => await EnableAsync(wish, cancellationToken),
        "disablePullRequestAutoMerge" => Disable(wish),
        "mergePullRequest" => await MergeAsync(wish, cancellationToken),
        "enqueuePullRequest" => await EnqueueAsync(wish, cancellationToken),
        "dequeuePullRequest" => Set(wish, pull => pull.QueuePosition = null),
        "markPullRequestReadyForReview" => Set(wish, pull => pull.Draft = false),
        "convertPullRequestToDraft" => Set(wish, pull => pull.Draft = true),
        _ => new GraphRefusal("NOT_FOUND", $"Field '{wish.Field.Name}' doesn't exist on type 'Mutation'"),
    };

    private async Task<GraphRefusal?> EnableAsync(Mutation wish, CancellationToken cancellationToken)
    {
        var (repository, pull) = (wish.Repository, wish.Pull);
        if (!repository.AllowAutoMerge) return Refuse("Pull request Auto merge is not allowed for this repository");
        if (!pull.Open) return Refuse("Pull request is closed");
        if (!repository.Rules.MergeQueue && MergeState.Wants(repository, pull) is null) return Refuse("Pull request Pull request is in clean status");
        (pull.AutoMerge, pull.UpdatedAt) = (new AutoMergeRecord(wish.By, wish.Method, hub.Now), hub.Now);
        hub.Log.Note(wish.By.Login, $"switched auto-merge of {repository.FullName}#{pull.Number} on");
        await life.SettleAsync(repository, cancellationToken);
        return null;
    }

    private GraphRefusal? Disable(Mutation wish)
    {
        if (wish.Pull.AutoMerge is null) return Refuse("Can't disable auto-merge for this pull request.");
        hub.Log.Note(wish.By.Login, $"switched auto-merge of {wish.Repository.FullName}#{wish.Pull.Number} off");
        return Set(wish, pull => pull.AutoMerge = null);
    }

    private async Task<GraphRefusal?> MergeAsync(Mutation wish, CancellationToken cancellationToken)
    {
        if (MergeEndpoints.Refusal(wish.Repository, wish.Pull, wish.Method) is { } refusal) return Refuse(refusal);
        var how = new MergeWish(wish.By, wish.Method, wish.Field.Input("commitHeadline"), wish.Field.Input("commitBody"));
        return await life.MergeAsync(wish.Repository, wish.Pull, how, cancellationToken) is null ? Refuse("Pull Request is not mergeable") : null;
    }

    private async Task<GraphRefusal?> EnqueueAsync(Mutation wish, CancellationToken cancellationToken)
    {
        if (!wish.Repository.Rules.MergeQueue) return Refuse("The branch does not have a merge queue");
        if (wish.Pull.QueuePosition is not null) return Refuse("The pull request is already in the merge queue");
        if (MergeState.Wants(wish.Repository, wish.Pull) is { } missing) return Refuse(missing);
        life.Enqueue(wish.Repository, wish.Pull);
        await life.SettleAsync(wish.Repository, cancellationToken);
        return null;
    }

    private GraphRefusal? Set(Mutation wish, Action<PullRequestRecord> change)
    {
        change(wish.Pull);
        wish.Pull.UpdatedAt = hub.Now;
        return null;
    }

    private static GraphRefusal Refuse(string message) => new("UNPROCESSABLE", message);
}
