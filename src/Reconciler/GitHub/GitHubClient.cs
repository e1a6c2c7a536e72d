namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// GitHub's API, as far as it is used here. Areas, methods and records are named as in Octokit, which could take this room over
/// (it is not restorable from the package source that this build is locked to). Every method throws a <see cref="GitHubFailure"/>
/// when GitHub does not do what it was asked to.
/// </summary>
internal sealed class GitHubClient : IDisposable
{
    public GitHubClient(Connection connection)
    {
        Connection = connection;
        Repository = new RepositoriesClient(connection);
        PullRequest = new PullRequestsClient(connection);
        Issue = new IssuesClient(connection);
        Status = new CommitStatusClient(connection);
        Check = new CheckRunsClient(connection);
        Git = new ReferencesClient(connection);
        GraphQL = new GraphQLClient(connection);
    }

    public Connection Connection { get; }

    public RepositoriesClient Repository { get; }

    public PullRequestsClient PullRequest { get; }

    public IssuesClient Issue { get; }

    public CommitStatusClient Status { get; }

    /// <summary>For apps only: see <see cref="Credential.IsApp"/>.</summary>
    public CheckRunsClient Check { get; }

    public ReferencesClient Git { get; }

    public GraphQLClient GraphQL { get; }

    /// <summary>Opens a client; talks to nobody yet.</summary>
    /// <param name="options">How GitHub is reached.</param>
    /// <param name="credential">As whom.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The client.</returns>
    public static GitHubClient Open(GitHubOptions options, Credential credential, TimeProvider time) =>
        new(new Connection(options, credential, new GitHubWire(options, time), time));

    /// <summary>All quotas; asking costs none.</summary>
    public Task<MiscellaneousRateLimit> RateLimitAsync(CancellationToken cancellation) =>
        Connection.SendAsync(GitHubCall.Get("/rate_limit", "rate_limit", "say what is left of the quota"), GitHubJson.Default.MiscellaneousRateLimit, cancellation);

    public void Dispose() => Connection.Dispose();
}
