using System.Collections.Immutable;
using System.Globalization;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>Labels, comments and assignees: on pull requests they are those of the issue with the same number.</summary>
internal sealed class IssuesClient(Connection connection)
{
    private const string Issue = "/repos/{owner}/{repo}/issues/{issue_number}";

    public Task<ImmutableArray<Label>> LabelsAsync(RepositoryName name, int number, CancellationToken cancellation) => connection.AllAsync(
        GitHubCall.Get(Issue + "/labels", Path(name, number) + "/labels", $"list the labels of #{number}"), GitHubJson.Default.ImmutableArrayLabel, cancellation);

    /// <summary>Adds labels; those that are there stay. GitHub makes those that the repository does not have.</summary>
    public Task<ImmutableArray<Label>> AddLabelsAsync(RepositoryName name, int number, ImmutableArray<string> labels, CancellationToken cancellation) =>
        connection.SendAsync(
            new GitHubCall(HttpMethod.Post, Issue + "/labels", Path(name, number) + "/labels", $"label #{number}").With(new LabelNames(labels), GitHubJson.Default.LabelNames),
            GitHubJson.Default.ImmutableArrayLabel,
            cancellation);

    /// <summary>Takes a label away.</summary>
    /// <param name="name">Which repository.</param>
    /// <param name="number">The number of the issue or pull request.</param>
    /// <param name="label">The label.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>False: it was not there, or the issue was not.</returns>
    public async Task<bool> RemoveLabelAsync(RepositoryName name, int number, string label, CancellationToken cancellation)
    {
        var path = $"{Path(name, number)}/labels/{Uri.EscapeDataString(label)}";
        try
        {
            await connection.SendAsync(GitHubCall.Delete(Issue + "/labels/{name}", path, $"take the label {label} from #{number}"), cancellation);
            return true;
        }
        catch (GitHubFailure failure) when (failure.Kind == GitHubFailureKind.NotFound)
        {
            return false;
        }
    }

    /// <summary>All comments, the oldest first; not those on lines of code.</summary>
    public Task<ImmutableArray<IssueComment>> CommentsAsync(RepositoryName name, int number, CancellationToken cancellation) => connection.AllAsync(
        GitHubCall.Get(Issue + "/comments", Path(name, number) + "/comments", $"list the comments of #{number}"),
        GitHubJson.Default.ImmutableArrayIssueComment,
        cancellation);

    public Task<IssueComment> CommentAsync(RepositoryName name, int number, string body, CancellationToken cancellation)
    {
        var call = new GitHubCall(HttpMethod.Post, Issue + "/comments", Path(name, number) + "/comments", $"comment on #{number}") { CreatesContent = true };
        return connection.SendAsync(call.With(new CommentText(body), GitHubJson.Default.CommentText), GitHubJson.Default.IssueComment, cancellation);
    }

    /// <summary>Edits a comment, by the comment's own number. Nobody is notified.</summary>
    public Task<IssueComment> UpdateCommentAsync(RepositoryName name, long comment, string body, CancellationToken cancellation)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{name.Path}/issues/comments/{comment}");
        var call = new GitHubCall(HttpMethod.Patch, "/repos/{owner}/{repo}/issues/comments/{comment_id}", path, "edit a comment");
        return connection.SendAsync(call.With(new CommentText(body), GitHubJson.Default.CommentText), GitHubJson.Default.IssueComment, cancellation);
    }

    /// <summary>Assigns people; GitHub ignores those who can't be assigned.</summary>
    public Task AssignAsync(RepositoryName name, int number, ImmutableArray<string> logins, CancellationToken cancellation)
    {
        var call = new GitHubCall(HttpMethod.Post, Issue + "/assignees", Path(name, number) + "/assignees", $"assign #{number}") { CreatesContent = true };
        return connection.SendAsync(call.With(new AssigneeNames(logins), GitHubJson.Default.AssigneeNames), cancellation);
    }

    private static string Path(RepositoryName name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name.Path}/issues/{number}");
}
