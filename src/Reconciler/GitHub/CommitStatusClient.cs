namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>Marks on commits. A new mark of the same context replaces the old one; GitHub keeps at most 1,000 a commit and context.</summary>
internal sealed class CommitStatusClient(Connection connection)
{
    public Task<CommitStatus> CreateAsync(RepositoryName name, string sha, CommitStatus status, CancellationToken cancellation) => connection.SendAsync(
        new GitHubCall(HttpMethod.Post, "/repos/{owner}/{repo}/statuses/{sha}", $"{name.Path}/statuses/{Uri.EscapeDataString(sha)}", $"mark the commit {sha} with {status.Context}")
            .With(status, GitHubJson.Default.CommitStatus),
        GitHubJson.Default.CommitStatus,
        cancellation);

    /// <summary>The newest mark of each context.</summary>
    public Task<CombinedCommitStatus> GetCombinedAsync(RepositoryName name, string sha, CancellationToken cancellation) => connection.SendAsync(
        GitHubCall.Get("/repos/{owner}/{repo}/commits/{ref}/status", $"{name.Path}/commits/{Uri.EscapeDataString(sha)}/status?per_page=100", $"show the marks of the commit {sha}"),
        GitHubJson.Default.CombinedCommitStatus,
        cancellation);
}
