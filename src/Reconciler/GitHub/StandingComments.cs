namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// Comments of which a pull request has one of each kind, edited in place. A hidden mark tells the kind; and only a comment of our own
/// account counts, since anybody who may comment can write our mark.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="name">The repository.</param>
internal sealed class StandingComments(GitHubClient client, RepositoryName name)
{
    private string? self;

    /// <summary>Says something; writes nothing when the comment says the same.</summary>
    /// <param name="number">The pull request.</param>
    /// <param name="kind">A word that names the comment.</param>
    /// <param name="text">Markdown.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task SayAsync(int number, string kind, string text, CancellationToken cancellation)
    {
        var mark = $"<!-- odoosky:comment {kind} -->";
        var body = $"{text}\n\n{mark}";
        var there = await FindAsync(number, mark, cancellation);
        if (there is null) await client.Issue.CommentAsync(name, number, body, cancellation);
        else if (there.Body!.ReplaceLineEndings("\n").TrimEnd() != body) await client.Issue.UpdateCommentAsync(name, there.Id, body, cancellation);
    }

    private async Task<IssueComment?> FindAsync(int number, string mark, CancellationToken cancellation)
    {
        var marked = (await client.Issue.CommentsAsync(name, number, cancellation)).Where(comment => comment.Body?.Contains(mark, StringComparison.Ordinal) == true).ToList();
        if (marked.Count == 0) return null;
        self ??= await client.GraphQL.ViewerAsync(cancellation);
        return marked.Find(comment => string.Equals(comment.User?.Login, self, StringComparison.OrdinalIgnoreCase));
    }
}
