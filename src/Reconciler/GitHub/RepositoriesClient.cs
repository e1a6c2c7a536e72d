using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>Repositories, who may do what in them, and the rules of their branches.</summary>
internal sealed class RepositoriesClient(Connection connection)
{
    /// <summary>A repository by its name. Renamed: a failure of kind <see cref="GitHubFailureKind.Renamed"/>.</summary>
    public Task<Repository> GetAsync(RepositoryName name, CancellationToken cancellation) =>
        connection.SendAsync(GitHubCall.Get("/repos/{owner}/{repo}", name.Path, $"show the repository {name}"), GitHubJson.Default.Repository, cancellation);

    /// <summary>A repository by its number, whatever its name is now.</summary>
    public Task<Repository> GetAsync(long id, CancellationToken cancellation) =>
        connection.SendAsync(GitHubCall.Get("/repositories/{id}", $"repositories/{id}", $"show the repository number {id}"), GitHubJson.Default.Repository, cancellation);

    /// <summary>A repository with how the answer came: its headers tell of the credential.</summary>
    public Task<Received<Repository>> LookAsync(RepositoryName name, CancellationToken cancellation) =>
        connection.AskAsync(GitHubCall.Get("/repos/{owner}/{repo}", name.Path, $"show the repository {name}"), GitHubJson.Default.Repository, cancellation);

    /// <summary>What somebody may do in a repository.</summary>
    /// <param name="name">Which repository.</param>
    /// <param name="login">Who.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The permission; NotFound when there is no such account.</returns>
    public Task<CollaboratorPermission> PermissionAsync(RepositoryName name, string login, CancellationToken cancellation) => connection.SendAsync(
        GitHubCall.Get(
            "/repos/{owner}/{repo}/collaborators/{username}/permission",
            $"{name.Path}/collaborators/{Uri.EscapeDataString(login)}/permission",
            $"say what {login} may do in {name}"),
        GitHubJson.Default.CollaboratorPermission,
        cancellation);

    /// <summary>The rules that hold for a branch, which need not exist: from rule sets only, not from the older branch protection.</summary>
    /// <param name="name">Which repository.</param>
    /// <param name="branch">The branch, without <c>refs/heads/</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The rules; empty when there are none.</returns>
    public Task<ImmutableArray<BranchRule>> RulesAsync(RepositoryName name, string branch, CancellationToken cancellation) => connection.AllAsync(
        GitHubCall.Get(
            "/repos/{owner}/{repo}/rules/branches/{branch}", $"{name.Path}/rules/branches/{Uri.EscapeDataString(branch)}", $"show the rules of the branch {branch}"),
        GitHubJson.Default.ImmutableArrayBranchRule,
        cancellation);
}
