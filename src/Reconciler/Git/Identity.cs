using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Who a commit is from. Text that would break a commit's header, or that git would trim, is not an identity.</summary>
internal sealed record Identity
{
    private const string TrimmedByGit = " .,:;<>\"\\'";

    private Identity(string name, string email) => (Name, Email) = (name, email);

    public string Name { get; }

    public string Email { get; }

    public static Identity? TryParse(string? name, string? email) =>
        IsPart(name) && IsPart(email) && !email!.Contains(' ', StringComparison.Ordinal) ? new Identity(name!, email) : null;

    public override string ToString() => $"{Name} <{Email}>";

    /// <summary>What tells <c>git commit-tree</c> who commits and when.</summary>
    public ImmutableArray<GitSetting> Variables(GitDate date) =>
    [
        new("GIT_AUTHOR_NAME", Name), new("GIT_AUTHOR_EMAIL", Email), new("GIT_AUTHOR_DATE", $"@{date}"),
        new("GIT_COMMITTER_NAME", Name), new("GIT_COMMITTER_EMAIL", Email), new("GIT_COMMITTER_DATE", $"@{date}"),
    ];

    private static bool IsPart(string? text) =>
        !string.IsNullOrEmpty(text)
        && !text.Any(c => char.IsControl(c) || c is '<' or '>')
        && !TrimmedByGit.Contains(text[0], StringComparison.Ordinal)
        && !TrimmedByGit.Contains(text[^1], StringComparison.Ordinal);
}
