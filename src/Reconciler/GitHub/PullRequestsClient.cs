using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>Pull requests.</summary>
internal sealed class PullRequestsClient(Connection connection)
{
    private const string Pulls = "/repos/{owner}/{repo}/pulls";
    private const string One = Pulls + "/{pull_number}";

    /// <summary>One page of a list.</summary>
    /// <param name="name">Which repository.</param>
    /// <param name="request">Which of its pull requests.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The page.</returns>
    public Task<ResultPage<PullRequest>> ListAsync(RepositoryName name, PullRequestRequest request, CancellationToken cancellation) =>
        connection.PageAsync(GitHubCall.Get(Pulls, $"{name.Path}/pulls?{Query(request)}", "list pull requests"), GitHubJson.Default.ImmutableArrayPullRequest, cancellation);

    public Task<PullRequest> GetAsync(RepositoryName name, int number, CancellationToken cancellation) =>
        connection.SendAsync(GitHubCall.Get(One, Path(name, number), $"show pull request #{number}"), GitHubJson.Default.PullRequest, cancellation);

    /// <summary>Opens one. When there is an open one with this head already: a failure that <see cref="GitHubFailure.SaysAlreadyExists"/>.</summary>
    public Task<PullRequest> CreateAsync(RepositoryName name, NewPullRequest wish, CancellationToken cancellation)
    {
        var call = new GitHubCall(HttpMethod.Post, Pulls, $"{name.Path}/pulls", $"open a pull request for {wish.Head}") { Order = WriteOrder.Create, CreatesContent = true };
        return connection.SendAsync(call.With(wish, GitHubJson.Default.NewPullRequest), GitHubJson.Default.PullRequest, cancellation);
    }

    public Task<PullRequest> UpdateAsync(RepositoryName name, int number, PullRequestUpdate update, CancellationToken cancellation)
    {
        var closes = string.Equals(update.State, ItemState.Closed, StringComparison.Ordinal);
        var call = new GitHubCall(HttpMethod.Patch, One, Path(name, number), $"{(closes ? "close" : "change")} pull request #{number}")
        {
            Order = closes ? WriteOrder.Close : WriteOrder.Update,
        };
        return connection.SendAsync(call.With(update, GitHubJson.Default.PullRequestUpdate), GitHubJson.Default.PullRequest, cancellation);
    }

    /// <summary>Asks for reviews. One who may not review makes GitHub refuse all (422).</summary>
    public Task<PullRequest> RequestReviewersAsync(RepositoryName name, int number, PullRequestReviewRequest request, CancellationToken cancellation)
    {
        var call = new GitHubCall(HttpMethod.Post, One + "/requested_reviewers", Path(name, number) + "/requested_reviewers", $"ask for reviews of pull request #{number}")
        {
            CreatesContent = true,
        };
        return connection.SendAsync(call.With(request, GitHubJson.Default.PullRequestReviewRequest), GitHubJson.Default.PullRequest, cancellation);
    }

    /// <summary>Merges one. Not mergeable: 405 (Other); another head than the one looked at: 409 (Conflict).</summary>
    public Task<PullRequestMerge> MergeAsync(RepositoryName name, int number, MergePullRequest merge, CancellationToken cancellation) => connection.SendAsync(
        new GitHubCall(HttpMethod.Put, One + "/merge", Path(name, number) + "/merge", $"merge pull request #{number}").With(merge, GitHubJson.Default.MergePullRequest),
        GitHubJson.Default.PullRequestMerge,
        cancellation);

    private static string Path(RepositoryName name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name.Path}/pulls/{number}");

    private static string Query(PullRequestRequest request)
    {
        var direction = request.Sort == "updated" ? "desc" : "asc";
        var query = new StringBuilder();
        query.Append(CultureInfo.InvariantCulture, $"state={request.State}&sort={request.Sort}&direction={direction}&per_page={request.PerPage}&page={request.Page}");
        if (request.Head is not null) query.Append("&head=").Append(Uri.EscapeDataString(request.Head));
        if (request.Base is not null) query.Append("&base=").Append(Uri.EscapeDataString(request.Base));
        return query.ToString();
    }
}
