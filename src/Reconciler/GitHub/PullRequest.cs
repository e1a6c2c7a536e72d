using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>The words that GitHub has for a pull request's state.</summary>
internal static class ItemState
{
    public const string Open = "open";

    public const string Closed = "closed";

    /// <summary>In questions only.</summary>
    public const string All = "all";
}

/// <summary>One end of a pull request.</summary>
/// <param name="Ref">The branch, without <c>refs/heads/</c>.</param>
/// <param name="Sha">Its commit.</param>
/// <param name="Label"><c>owner:branch</c>.</param>
/// <param name="Repo">Where the branch is; null when that repository was deleted.</param>
internal sealed record GitReference(string Ref, string Sha, string? Label = null, ReferenceRepository? Repo = null);

/// <summary>The little that is needed of the repository at one end of a pull request.</summary>
/// <param name="Id">Its number: differs from the base's for a fork.</param>
/// <param name="FullName"><c>owner/name</c>.</param>
internal sealed record ReferenceRepository(long Id, string FullName);

/// <summary>A label.</summary>
/// <param name="Name">Its name; GitHub compares it without regard to case.</param>
internal sealed record Label(string Name);

/// <summary>That a pull request will be merged by itself once all is green.</summary>
/// <param name="MergeMethod"><c>merge</c>, <c>squash</c> or <c>rebase</c>.</param>
/// <param name="EnabledBy">Who asked for it.</param>
internal sealed record AutoMergeRequest(string MergeMethod, User? EnabledBy = null);

/// <summary>A pull request.</summary>
internal sealed record PullRequest
{
    public required long Id { get; init; }

    /// <summary>Its name in GraphQL.</summary>
    public required string NodeId { get; init; }

    public required int Number { get; init; }

    /// <summary>One of <see cref="ItemState"/>; a merged one is closed.</summary>
    public required string State { get; init; }

    public required string Title { get; init; }

    /// <summary>Null when it is empty.</summary>
    public string? Body { get; init; }

    public required string HtmlUrl { get; init; }

    public required GitReference Head { get; init; }

    public required GitReference Base { get; init; }

    /// <summary>Null when the account was deleted.</summary>
    public User? User { get; init; }

    public bool Draft { get; init; }

    public bool Locked { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the second. Moved by pushes, labels, comments, edits and every change of state.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Null: it is not merged.</summary>
    public DateTimeOffset? MergedAt { get; init; }

    /// <summary>While open a test merge, afterwards the merge, squash or last rebased commit.</summary>
    public string? MergeCommitSha { get; init; }

    public ImmutableArray<Label> Labels { get; init; } = [];

    public ImmutableArray<User> Assignees { get; init; } = [];

    public ImmutableArray<User> RequestedReviewers { get; init; } = [];

    public ImmutableArray<Team> RequestedTeams { get; init; } = [];

    public AutoMergeRequest? AutoMerge { get; init; }

    /// <summary>Only when one is asked for, not in lists; null while GitHub still finds out.</summary>
    public bool? Mergeable { get; init; }

    /// <summary>Only when one is asked for: <c>clean</c>, <c>dirty</c> (a conflict), <c>blocked</c>, <c>behind</c>, <c>unstable</c>, …</summary>
    public string? MergeableState { get; init; }

    /// <summary>Only when one is asked for.</summary>
    public User? MergedBy { get; init; }

    [JsonIgnore]
    public bool IsOpen => string.Equals(State, ItemState.Open, StringComparison.Ordinal);

    [JsonIgnore]
    public bool IsMerged => MergedAt is not null;

    /// <summary>Whether its branch is in the repository that it wants to change; a fork's branch may have any name.</summary>
    [JsonIgnore]
    public bool IsFromSameRepository => Head.Repo is { } head && head.Id == Base.Repo?.Id;

    public bool HasLabel(string name) => Labels.Any(label => string.Equals(label.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A pull request to be opened.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Head">The branch, in the same repository.</param>
/// <param name="Base">The branch that it wants to change.</param>
internal sealed record NewPullRequest(string Title, string Head, string Base)
{
    public string? Body { get; init; }

    public bool Draft { get; init; }

    public bool MaintainerCanModify { get; init; }
}

/// <summary>What shall be different in a pull request; null stays.</summary>
internal sealed record PullRequestUpdate
{
    public string? Title { get; init; }

    public string? Body { get; init; }

    /// <summary><see cref="ItemState.Open"/> or <see cref="ItemState.Closed"/>.</summary>
    public string? State { get; init; }

    public string? Base { get; init; }
}

/// <summary>What became of a merge.</summary>
/// <param name="Sha">The commit on the base branch.</param>
/// <param name="Merged">Whether it is merged.</param>
/// <param name="Message">GitHub's words.</param>
internal sealed record PullRequestMerge(string? Sha, bool Merged, string? Message);

/// <summary>A merge to be done.</summary>
/// <param name="Sha">The head that was looked at; another one is refused with 409.</param>
/// <param name="MergeMethod"><c>merge</c>, <c>squash</c> or <c>rebase</c>.</param>
internal sealed record MergePullRequest(string Sha, string MergeMethod);

/// <summary>Which pull requests to list.</summary>
internal sealed record PullRequestRequest
{
    /// <summary>One of <see cref="ItemState"/>.</summary>
    public string State { get; init; } = ItemState.Open;

    /// <summary><c>owner:branch</c>, exactly; null: any.</summary>
    public string? Head { get; init; }

    /// <summary>The branch that they want to change; null: any.</summary>
    public string? Base { get; init; }

    /// <summary><c>created</c> (the oldest first) or <c>updated</c> (the last touched first).</summary>
    public string Sort { get; init; } = "created";

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>1 to 100.</summary>
    public int PerPage { get; init; } = 100;
}

/// <summary>A part of a list.</summary>
/// <param name="Items">What it holds, in GitHub's order.</param>
/// <param name="HasNext">Whether there is another page.</param>
/// <param name="Unchanged">Whether GitHub answered 304: the same as when it was asked last.</param>
internal sealed record ResultPage<T>(ImmutableArray<T> Items, bool HasNext, bool Unchanged);
