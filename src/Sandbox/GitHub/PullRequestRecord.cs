namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>A pull request: what GitHub remembers of it; where its branches point is asked of Git.</summary>
/// <param name="id">GitHub's number across repositories.</param>
/// <param name="number">Its number in its repository.</param>
/// <param name="author">Who opened it.</param>
/// <param name="createdAt">When.</param>
internal sealed class PullRequestRecord(long id, int number, Account author, DateTimeOffset createdAt)
{
    public long Id => id;

    public int Number => number;

    public Account Author => author;

    public DateTimeOffset CreatedAt => createdAt;

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The repository of the head branch: this one, a fork, or null when the fork is gone.</summary>
    public RepositoryRecord? HeadRepository { get; init; }

    /// <summary>Whose branch it is.</summary>
    public required Account HeadOwner { get; init; }

    public required string HeadBranch { get; init; }

    public required string BaseBranch { get; set; }

    /// <summary>Where the head branch was when last looked at, and stays at after closing.</summary>
    public required string HeadSha { get; set; }

    public required string BaseSha { get; set; }

    public required string Title { get; set; }

    public string? Body { get; set; }

    public bool Draft { get; set; }

    public bool Open { get; set; } = true;

    public DateTimeOffset? ClosedAt { get; set; }

    public DateTimeOffset? MergedAt { get; set; }

    public Account? MergedBy { get; set; }

    public string? MergeCommit { get; set; }

    public AutoMergeRecord? AutoMerge { get; set; }

    /// <summary>Its place in the merge queue, from 1, or null.</summary>
    public int? QueuePosition { get; set; }

    /// <summary>GitHub works it out in the background: null while it does.</summary>
    public bool? Mergeable { get; set; }

    /// <summary>How many more reads answer "not known yet".</summary>
    public int ReadsUntilMergeable { get; set; }

    /// <summary>The two commits that <see cref="Mergeable"/> is about.</summary>
    public (string Base, string Head) Judged { get; set; }

    /// <summary>Files, lines and commits of the branch, worked out with <see cref="Mergeable"/>.</summary>
    public (int Commits, int Files, int Added, int Deleted) Size { get; set; }

    public List<string> Labels { get; } = [];

    public List<Account> Assignees { get; } = [];

    public List<Account> Reviewers { get; } = [];

    public List<string> TeamReviewers { get; } = [];

    /// <summary>GitHub's name of the head: <c>owner:branch</c>.</summary>
    public string HeadLabel => $"{HeadOwner.Login}:{HeadBranch}";
}
