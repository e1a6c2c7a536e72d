namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>GitHub's graph around a pull request.</summary>
/// <param name="hub">The stand-in's memory.</param>
internal sealed class GraphObjects(Hub hub)
{
    public GraphNode Repository(RepositoryRecord repository) => new("Repository")
    {
        ["id"] = _ => Shapes.Node("Repository", repository.Id),
        ["databaseId"] = _ => repository.Id,
        ["name"] = _ => repository.Name,
        ["nameWithOwner"] = _ => repository.FullName,
        ["isArchived"] = _ => repository.Archived,
        ["autoMergeAllowed"] = _ => repository.AllowAutoMerge,
        ["mergeQueue"] = field => repository.Rules.MergeQueue && (field.Text("branch") ?? repository.DefaultBranch) == repository.DefaultBranch ? Queue(repository) : null,
        ["pullRequest"] = field => int.TryParse(field.Text("number"), System.Globalization.CultureInfo.InvariantCulture, out var number)
            && repository.Pull(number) is { } pull ? Pull(repository, pull) : null,
    };

    public GraphNode Pull(RepositoryRecord repository, PullRequestRecord pull) => new("PullRequest")
    {
        ["id"] = _ => Shapes.Node("PullRequest", pull.Id),
        ["databaseId"] = _ => pull.Id,
        ["number"] = _ => pull.Number,
        ["title"] = _ => pull.Title,
        ["body"] = _ => pull.Body ?? "",
        ["url"] = _ => $"{hub.Address}/{repository.FullName}/pull/{pull.Number}",
        ["state"] = _ => pull.MergedAt is not null ? "MERGED" : pull.Open ? "OPEN" : "CLOSED",
        ["isDraft"] = _ => pull.Draft,
        ["merged"] = _ => pull.MergedAt is not null,
        ["mergedAt"] = _ => Shapes.Time(pull.MergedAt),
        ["mergeCommit"] = _ => pull.MergeCommit is { } commit ? new GraphNode("Commit") { ["oid"] = _ => commit } : null,
        ["headRefName"] = _ => pull.HeadBranch,
        ["headRefOid"] = _ => pull.HeadSha,
        ["baseRefName"] = _ => pull.BaseBranch,
        ["baseRefOid"] = _ => pull.BaseSha,
        ["isInMergeQueue"] = _ => pull.QueuePosition is not null,
        ["mergeQueueEntry"] = _ => pull.QueuePosition is null ? null : Entry(repository, pull),
        ["autoMergeRequest"] = _ => pull.AutoMerge is { } auto ? AutoMerge(auto) : null,
        ["repository"] = _ => Repository(repository),
    };

    public GraphNode Entry(RepositoryRecord repository, PullRequestRecord pull) => new("MergeQueueEntry")
    {
        ["id"] = _ => Shapes.Node("MergeQueueEntry", pull.Id),
        ["position"] = _ => pull.QueuePosition ?? 0,
        ["state"] = _ => "QUEUED",
        ["pullRequest"] = _ => Pull(repository, pull),
    };

    public static GraphNode Actor(Account account) => new(account.Type) { ["login"] = _ => account.Login };

    private GraphNode Queue(RepositoryRecord repository)
    {
        var waiting = repository.Pulls.Where(pull => pull is { Open: true, QueuePosition: not null }).OrderBy(pull => pull.QueuePosition).ToList();
        return new GraphNode("MergeQueue")
        {
            ["id"] = _ => Shapes.Node("MergeQueue", repository.Id),
            ["url"] = _ => $"{hub.Address}/{repository.FullName}/queue/{repository.DefaultBranch}",
            ["entries"] = _ => new GraphNode("MergeQueueEntryConnection")
            {
                ["totalCount"] = _ => waiting.Count,
                ["nodes"] = _ => waiting.Select(pull => Entry(repository, pull)),
            },
        };
    }

    private static GraphNode AutoMerge(AutoMergeRecord auto) => new("AutoMergeRequest")
    {
        ["mergeMethod"] = _ => auto.Method.ToUpperInvariant(),
        ["enabledAt"] = _ => Shapes.Time(auto.At),
        ["enabledBy"] = _ => Actor(auto.By),
    };
}
