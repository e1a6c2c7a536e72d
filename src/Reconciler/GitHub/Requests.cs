using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>The body of a comment.</summary>
/// <param name="Body">Markdown.</param>
internal sealed record CommentText(string Body);

/// <summary>Labels to add.</summary>
/// <param name="Labels">Names; GitHub makes those that the repository does not have.</param>
internal sealed record LabelNames(ImmutableArray<string> Labels);

/// <summary>People to assign.</summary>
/// <param name="Assignees">Logins; GitHub ignores those who can't be assigned.</param>
internal sealed record AssigneeNames(ImmutableArray<string> Assignees);

/// <summary>People and teams to ask for a review.</summary>
/// <param name="Reviewers">Logins.</param>
/// <param name="TeamReviewers">Slugs of teams.</param>
internal sealed record PullRequestReviewRequest(ImmutableArray<string> Reviewers, ImmutableArray<string> TeamReviewers);

/// <summary>A document of GraphQL with its variables.</summary>
/// <param name="Query">The document.</param>
/// <param name="Variables">Their values.</param>
internal sealed record GraphQLRequest(string Query, JsonObject Variables);

/// <summary>All that goes to GitHub and comes from it. Unknown fields are ignored; a missing or null one that must be there is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Repository))]
[JsonSerializable(typeof(CollaboratorPermission))]
[JsonSerializable(typeof(PullRequest))]
[JsonSerializable(typeof(ImmutableArray<PullRequest>))]
[JsonSerializable(typeof(NewPullRequest))]
[JsonSerializable(typeof(PullRequestUpdate))]
[JsonSerializable(typeof(PullRequestMerge))]
[JsonSerializable(typeof(MergePullRequest))]
[JsonSerializable(typeof(PullRequestReviewRequest))]
[JsonSerializable(typeof(ImmutableArray<Label>))]
[JsonSerializable(typeof(LabelNames))]
[JsonSerializable(typeof(AssigneeNames))]
[JsonSerializable(typeof(CommentText))]
[JsonSerializable(typeof(IssueComment))]
[JsonSerializable(typeof(ImmutableArray<IssueComment>))]
[JsonSerializable(typeof(CommitStatus))]
[JsonSerializable(typeof(CombinedCommitStatus))]
[JsonSerializable(typeof(CheckRun))]
[JsonSerializable(typeof(CheckRunsResponse))]
[JsonSerializable(typeof(NewCheckRun))]
[JsonSerializable(typeof(CheckRunUpdate))]
[JsonSerializable(typeof(ImmutableArray<BranchRule>))]
[JsonSerializable(typeof(Reference))]
[JsonSerializable(typeof(MiscellaneousRateLimit))]
[JsonSerializable(typeof(AccessToken))]
[JsonSerializable(typeof(GraphQLRequest))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class GitHubJson : JsonSerializerContext;
