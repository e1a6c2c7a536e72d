using System.Globalization;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>Check runs. Only an app may write them; another credential gets 403.</summary>
internal sealed class CheckRunsClient(Connection connection)
{
    private const string Runs = "/repos/{owner}/{repo}/check-runs";

    public Task<CheckRun> CreateAsync(RepositoryName name, NewCheckRun run, CancellationToken cancellation) => connection.SendAsync(
        new GitHubCall(HttpMethod.Post, Runs, $"{name.Path}/check-runs", $"make the check run {run.Name}").With(run, GitHubJson.Default.NewCheckRun),
        GitHubJson.Default.CheckRun,
        cancellation);

    public Task<CheckRun> UpdateAsync(RepositoryName name, long id, CheckRunUpdate update, CancellationToken cancellation)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{name.Path}/check-runs/{id}");
        var call = new GitHubCall(HttpMethod.Patch, Runs + "/{check_run_id}", path, "change a check run");
        return connection.SendAsync(call.With(update, GitHubJson.Default.CheckRunUpdate), GitHubJson.Default.CheckRun, cancellation);
    }

    /// <summary>The first hundred check runs of a commit.</summary>
    public Task<CheckRunsResponse> ListAsync(RepositoryName name, string sha, CancellationToken cancellation) => connection.SendAsync(
        GitHubCall.Get("/repos/{owner}/{repo}/commits/{ref}/check-runs", $"{name.Path}/commits/{Uri.EscapeDataString(sha)}/check-runs?per_page=100", $"list the check runs of {sha}"),
        GitHubJson.Default.CheckRunsResponse,
        cancellation);
}
