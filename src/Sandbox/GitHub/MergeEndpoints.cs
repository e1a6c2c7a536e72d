using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Merging a pull request, and bringing base into its branch.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="life">What branches do to pull requests.</param>
internal sealed class MergeEndpoints(Hub hub, PullLife life)
{
    private const string One = "/repos/{owner}/{repo}/pulls/{pull_number}";

    public ImmutableArray<Route> Routes =>
    [
        Route.Of("GET", One + "/merge", "contents:read", request =>
            request.Repository.Pull(request.Number("pull_number"))?.MergedAt is null ? ApiAnswer.NotFound : ApiAnswer.NoContent),
        new("PUT", One + "/merge", "contents:write", MergeAsync),
        new("PUT", One + "/update-branch", "pull_requests:write", UpdateBranchAsync),
    ];

    /// <summary>Why a merge is refused just now, in GitHub's words; null when it may be tried.</summary>
    public static string? Refusal(RepositoryRecord repository, PullRequestRecord pull, string method)
    {
        if (!pull.Open) return "Pull Request is not mergeable";
        if (!repository.MergeMethods.Contains(method)) return $"{Title(method)} not allowed on this repository.";
        if (repository.Rules.MergeQueue) return "Changes must be made through the merge queue";
        return MergeState.Wants(repository, pull);
    }

    private async Task<ApiAnswer> MergeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Repository.Pull(request.Number("pull_number")) is not { } pull) return ApiAnswer.NotFound;
        await life.FollowAsync(request.Repository, pull, cancellationToken);
        var method = request.Text("merge_method") ?? "merge";
        if (method is not ("merge" or "squash" or "rebase")) return ApiAnswer.Invalid("PullRequest", "merge_method", "invalid");
        if (request.Text("sha") is { } expected && expected != pull.HeadSha)
            return ApiAnswer.Refuse(409, "Head branch was modified. Review and try the merge again.");
        if (Refusal(request.Repository, pull, method) is { } refusal) return ApiAnswer.Refuse(405, refusal);
        var wish = new MergeWish(request.Caller.Account, method, request.Text("commit_title"), request.Text("commit_message"));
        return await life.MergeAsync(request.Repository, pull, wish, cancellationToken) is { } commit
            ? ApiAnswer.Ok(new JsonObject { ["sha"] = commit, ["merged"] = true, ["message"] = "Pull Request successfully merged" })
            : ApiAnswer.Refuse(405, "Pull Request is not mergeable");
    }

    private async Task<ApiAnswer> UpdateBranchAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Repository.Pull(request.Number("pull_number")) is not { Open: true } pull) return ApiAnswer.NotFound;
        await life.FollowAsync(request.Repository, pull, cancellationToken);
        if (request.Text("expected_head_sha") is { } expected && expected != pull.HeadSha)
            return ApiAnswer.Refuse(422, $"expected head sha didn’t match current head ref.");
        if (!await MergeMaking.UpdateBranchAsync(request.Repository, pull, request.Caller.Account, cancellationToken))
            return ApiAnswer.Refuse(422, "There are no new commits on the base branch.");
        hub.Log.Note(request.Caller.Account.Login, $"updated the branch of {request.Repository.FullName}#{pull.Number}");
        await life.SettleAsync(request.Repository, cancellationToken);
        var url = $"{hub.Address}/repos/{request.Repository.FullName}/pulls/{pull.Number}";
        return new ApiAnswer(202, new JsonObject { ["message"] = "Updating pull request branch.", ["url"] = url });
    }

    private static string Title(string method) => method switch
    {
        "squash" => "Squash merges are",
        "rebase" => "Rebase merges are",
        _ => "Merge commits are",
    };
}
