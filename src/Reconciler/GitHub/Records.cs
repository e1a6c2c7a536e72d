using System.Collections.Immutable;
using System.Text.Json;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>A comment on an issue or a pull request.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Body">Markdown.</param>
/// <param name="HtmlUrl">Its page.</param>
/// <param name="User">Who wrote it; null when the account was deleted.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="UpdatedAt">When it was last edited.</param>
internal sealed record IssueComment(long Id, string? Body, string HtmlUrl, User? User, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A mark on a commit.</summary>
/// <param name="State"><c>error</c>, <c>failure</c>, <c>pending</c> or <c>success</c>.</param>
/// <param name="Context">Whose mark: <c>odoosky/rollout</c>.</param>
/// <param name="Description">One line, at most 140 characters.</param>
/// <param name="TargetUrl">Where to read more.</param>
internal sealed record CommitStatus(string State, string Context, string? Description = null, string? TargetUrl = null);

/// <summary>The newest mark of each context on a commit.</summary>
/// <param name="State">All of them in one word.</param>
/// <param name="Sha">The commit.</param>
/// <param name="TotalCount">How many contexts there are.</param>
/// <param name="Statuses">The first hundred.</param>
internal sealed record CombinedCommitStatus(string State, string Sha, int TotalCount, ImmutableArray<CommitStatus> Statuses);

/// <summary>A check run: made by apps only.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="HeadSha">The commit.</param>
/// <param name="Status"><c>queued</c>, <c>in_progress</c>, <c>completed</c>, …</param>
/// <param name="Conclusion"><c>success</c>, <c>failure</c>, <c>neutral</c>, …; null until it is completed.</param>
/// <param name="ExternalId">The app's own name for it.</param>
internal sealed record CheckRun(long Id, string Name, string HeadSha, string Status, string? Conclusion = null, string? ExternalId = null);

/// <summary>What a check run says.</summary>
/// <param name="Title">One line.</param>
/// <param name="Summary">Markdown, at most 65,535 characters.</param>
internal sealed record CheckRunOutput(string Title, string Summary);

/// <summary>A check run to be made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HeadSha">The commit.</param>
internal sealed record NewCheckRun(string Name, string HeadSha)
{
    public string Status { get; init; } = "in_progress";

    /// <summary>Only with the status <c>completed</c>.</summary>
    public string? Conclusion { get; init; }

    public string? ExternalId { get; init; }

    public CheckRunOutput? Output { get; init; }
}

/// <summary>What shall be different in a check run; null stays.</summary>
internal sealed record CheckRunUpdate
{
    public string? Status { get; init; }

    public string? Conclusion { get; init; }

    public CheckRunOutput? Output { get; init; }
}

/// <summary>A list of check runs.</summary>
/// <param name="TotalCount">How many there are.</param>
/// <param name="CheckRuns">The first hundred.</param>
internal sealed record CheckRunsResponse(int TotalCount, ImmutableArray<CheckRun> CheckRuns);

/// <summary>A rule that holds for a branch.</summary>
/// <param name="Type"><c>pull_request</c>, <c>merge_queue</c>, <c>required_signatures</c>, <c>creation</c>, <c>non_fast_forward</c>, …</param>
/// <param name="Parameters">What the rule wants, by type; null when it has nothing to say.</param>
/// <param name="RulesetSource">The repository or organisation that made the rule.</param>
/// <param name="RulesetId">The rule set's number.</param>
internal sealed record BranchRule(string Type, JsonElement? Parameters = null, string? RulesetSource = null, long? RulesetId = null);

/// <summary>What a ref points to.</summary>
/// <param name="Type"><c>commit</c> or <c>tag</c>.</param>
/// <param name="Sha">The object's id.</param>
internal sealed record TagObject(string Type, string Sha);

/// <summary>A ref of Git.</summary>
/// <param name="Ref">Its full name.</param>
/// <param name="Object">What it points to.</param>
internal sealed record Reference(string Ref, TagObject Object);

/// <summary>A quota.</summary>
/// <param name="Limit">Requests an hour.</param>
/// <param name="Remaining">How many are left.</param>
/// <param name="Reset">When it starts anew, in seconds since 1970.</param>
internal sealed record RateLimit(int Limit, int Remaining, long Reset);

/// <summary>The quotas that matter here.</summary>
/// <param name="Core">REST.</param>
/// <param name="Graphql">GraphQL, in points; null where GitHub leaves it out.</param>
internal sealed record ResourceRateLimit(RateLimit Core, RateLimit? Graphql = null);

/// <summary>All quotas.</summary>
/// <param name="Resources">By kind.</param>
internal sealed record MiscellaneousRateLimit(ResourceRateLimit Resources);

/// <summary>An installation's token. Never printed.</summary>
/// <param name="Token">The secret.</param>
/// <param name="ExpiresAt">An hour after it was made.</param>
/// <param name="Permissions"><c>read</c>, <c>write</c> or <c>admin</c> by name.</param>
internal sealed record AccessToken(string Token, DateTimeOffset ExpiresAt, ImmutableSortedDictionary<string, string>? Permissions = null)
{
    public override string ToString() => $"AccessToken until {ExpiresAt:O}";
}

/// <summary>One of the things that GitHub found wrong with a request.</summary>
/// <param name="Resource">Of what.</param>
/// <param name="Field">Which field.</param>
/// <param name="Code"><c>missing</c>, <c>invalid</c>, <c>already_exists</c>, <c>custom</c>, …</param>
/// <param name="Message">In words, with the code <c>custom</c>.</param>
internal sealed record ApiErrorDetail(string? Resource, string? Field, string? Code, string? Message);
