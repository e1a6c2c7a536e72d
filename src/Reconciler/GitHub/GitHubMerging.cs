namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// Lets GitHub merge a pull request by itself:
/// <code>
/// the branch has a merge queue     auto-merge without a method; when nothing is missing: into the queue
/// it has none                      auto-merge with the first method that the repository allows; when nothing is missing: merged now
/// auto-merge is off in it          said, and nothing done
/// </code>
/// </summary>
/// <param name="client">The client.</param>
/// <param name="place">Which repository.</param>
/// <param name="check">The repository as it was seen.</param>
internal sealed class GitHubMerging(GitHubClient client, PullRequestPlace place, RepositoryCheck check)
{
    /// <summary>Lets it merge.</summary>
    /// <param name="pull">The pull request.</param>
    /// <param name="head">The head that was looked at: with another one GitHub refuses; null: the one that was seen.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Why not, or nothing.</returns>
    public async Task<string> StartAsync(PullRequest pull, string? head, CancellationToken cancellation)
    {
        if (check.Seen?.AllowAutoMerge == false) return "autoMerge: the repository does not allow auto-merge; a person merges it.";
        try
        {
            var queue = await client.GraphQL.MergeQueueAsync(place.Name, place.Base, cancellation);
            return await EnableAsync(pull, queue is null ? Method(check.Seen) : null, head ?? pull.Head.Sha, cancellation);
        }
        catch (GitHubFailure failure) when (IsOfThisOne(failure))
        {
            return $"autoMerge: {failure.Message}";
        }
    }

    /// <summary>Takes it back.</summary>
    /// <param name="pull">The pull request.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Nothing; a refusal means that it was not on.</returns>
    public async Task<string> StopAsync(PullRequest pull, CancellationToken cancellation)
    {
        try
        {
            await client.GraphQL.DisableAutoMergeAsync(pull.NodeId, cancellation);
        }
        catch (GitHubFailure failure) when (failure.Kind == GitHubFailureKind.Invalid)
        {
            // It was not on.
        }

        return string.Empty;
    }

    // What GitHub says about one pull request, or about the right to merge, is no reason to leave the others.
    private static bool IsOfThisOne(GitHubFailure failure) => failure.Kind is GitHubFailureKind.Other or GitHubFailureKind.Forbidden
        or GitHubFailureKind.NotFound or GitHubFailureKind.Conflict or GitHubFailureKind.Gone or GitHubFailureKind.Invalid;

    private static bool SaysNothingIsMissing(GitHubFailure failure) => failure.Message.Contains("clean status", StringComparison.OrdinalIgnoreCase);

    private static string Method(Repository? repository) => repository switch
    {
        { AllowMergeCommit: false, AllowSquashMerge: false } => "rebase",
        { AllowMergeCommit: false } => "squash",
        _ => "merge",
    };

    private async Task<string> EnableAsync(PullRequest pull, string? method, string head, CancellationToken cancellation)
    {
        try
        {
            await client.GraphQL.EnableAutoMergeAsync(pull.NodeId, method, head, cancellation);
            return string.Empty;
        }
        catch (GitHubFailure failure) when (failure.Kind == GitHubFailureKind.Invalid && SaysNothingIsMissing(failure))
        {
            return await NowAsync(pull, method, head, cancellation);
        }
    }

    private async Task<string> NowAsync(PullRequest pull, string? method, string head, CancellationToken cancellation)
    {
        try
        {
            if (method is null) await client.GraphQL.EnqueueAsync(pull.NodeId, head, cancellation);
            else await client.PullRequest.MergeAsync(place.Name, pull.Number, new MergePullRequest(head, method), cancellation);
            return string.Empty;
        }
        catch (GitHubFailure failure) when (failure.MayHaveHappened && method is not null)
        {
            // A forge was seen to answer 500 to a merge that it had done.
            if (!(await client.PullRequest.GetAsync(place.Name, pull.Number, cancellation)).IsMerged) throw;
            return string.Empty;
        }
    }
}
