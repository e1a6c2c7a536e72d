namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>A repository of the stand-in: its settings, what people wrote about it, and Git behind it.</summary>
/// <param name="id">The number that stays when the name changes.</param>
/// <param name="owner">Whose it is.</param>
/// <param name="name">Its name now.</param>
/// <param name="git">Its Git.</param>
internal sealed class RepositoryRecord(long id, Account owner, string name, BareRepository git)
{
    public long Id => id;

    public Account Owner => owner;

    public string Name { get; set; } = name;

    public string FullName => $"{owner.Login}/{Name}";

    public BareRepository Git => git;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset PushedAt { get; set; }

    /// <summary>The repository that this one is a fork of, or null.</summary>
    public RepositoryRecord? Parent { get; init; }

    public bool Archived { get; set; }

    public string DefaultBranch { get; set; } = "main";

    /// <summary>Merge methods that the settings allow: <c>merge</c>, <c>squash</c>, <c>rebase</c>.</summary>
    public HashSet<string> MergeMethods { get; } = new(["merge", "squash", "rebase"], StringComparer.Ordinal);

    public bool AllowAutoMerge { get; set; } = true;

    /// <summary>GitHub closes the pull request of a deleted branch; set it to see the rare state in between.</summary>
    public bool DeletedBranchClosesPull { get; set; } = true;

    /// <summary>The branch is deleted after a merge by the button.</summary>
    public bool DeleteBranchOnMerge { get; set; }

    /// <summary>How often a pull request answers <c>mergeable: null</c> after one of its sides moved.</summary>
    public int ReadsUntilMergeable { get; set; } = 1;

    public BranchRules Rules { get; } = new();

    public List<LabelRecord> Labels { get; } = [];

    public List<PullRequestRecord> Pulls { get; } = [];

    public List<CommentRecord> Comments { get; } = [];

    public List<StatusRecord> Statuses { get; } = [];

    public List<CheckRunRecord> CheckRuns { get; } = [];

    /// <summary>Who may do what here: login to <c>read</c>, <c>write</c>, <c>admin</c>.</summary>
    public Dictionary<string, string> Collaborators { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Slugs of the owner's teams that have access.</summary>
    public HashSet<string> Teams { get; } = new(StringComparer.Ordinal);

    public PullRequestRecord? Pull(int number) => Pulls.Find(pull => pull.Number == number);

    public LabelRecord? Label(string label) => Labels.Find(one => one.Name.Equals(label, StringComparison.OrdinalIgnoreCase));
}
