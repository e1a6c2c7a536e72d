using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>The repository itself, its labels, its refs and its rules.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="life">What branches do to pull requests.</param>
/// <param name="shapes">GitHub's JSON.</param>
internal sealed class RepositoryEndpoints(Hub hub, PullLife life, Shapes shapes)
{
    private const string Root = "/repos/{owner}/{repo}";

    public ImmutableArray<Route> Routes =>
    [
        Route.Of("GET", Root, "metadata:read", request => ApiAnswer.Ok(shapes.FullRepository(request.Repository, request.Caller))),
        Route.Of("GET", Root + "/labels", "issues:read|pull_requests:read", request =>
            ApiAnswer.Page(request, hub.Address, request.Repository.Labels, label => shapes.Label(request.Repository, label))),
        Route.Of("POST", Root + "/labels", "issues:write|pull_requests:write", CreateLabel),
        Route.Of("GET", Root + "/labels/{name}", "issues:read|pull_requests:read", request => request.Repository.Label(request["name"]) is { } label
            ? ApiAnswer.Ok(shapes.Label(request.Repository, label)) : ApiAnswer.NotFound),
        Route.Of("DELETE", Root + "/labels/{name}", "issues:write|pull_requests:write", request =>
            request.Repository.Label(request["name"]) is { } label && request.Repository.Labels.Remove(label) ? ApiAnswer.NoContent : ApiAnswer.NotFound),
        Route.Of("GET", Root + "/rules/branches/{branch*}", "metadata:read", request => ApiAnswer.Ok(Rules(request.Repository, request["branch"]))),
        Route.Of("GET", Root + "/git/ref/{ref*}", "contents:read", GetRef),
        Route.Of("GET", Root + "/git/matching-refs/{ref*}", "contents:read", request => ApiAnswer.Page(
            request, hub.Address, request.Repository.Git.Refs.Under("refs/" + request["ref"]), one => shapes.Ref(request.Repository, one.Name, one.Id))),
        new("DELETE", Root + "/git/refs/{ref*}", "contents:write", DeleteRefAsync),
    ];

    private ApiAnswer CreateLabel(ApiRequest request)
    {
        if (request.Text("name") is not { Length: > 0 } name) return ApiAnswer.Invalid("Label", "name", "missing_field");
        if (request.Repository.Label(name) is not null) return ApiAnswer.Invalid("Label", "name", "already_exists");
        var label = new LabelRecord(hub.NextId(), name, request.Text("color") ?? "ededed", request.Text("description"));
        request.Repository.Labels.Add(label);
        return ApiAnswer.Created(shapes.Label(request.Repository, label));
    }

    private ApiAnswer GetRef(ApiRequest request)
    {
        var name = "refs/" + request["ref"];
        return request.Repository.Git.Refs.Read(name) is { } id ? ApiAnswer.Ok(shapes.Ref(request.Repository, name, id)) : ApiAnswer.NotFound;
    }

    private async Task<ApiAnswer> DeleteRefAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var name = "refs/" + request["ref"];
        if (request.Repository.Git.Refs.Read(name) is null) return ApiAnswer.Refuse(422, "Reference does not exist");
        if (PushRefusals.ReasonFor(request.Repository, name) is not null) return ApiAnswer.Refuse(422, "Repository rule violations found");
        await request.Repository.Git.SetAsync(name, null, cancellationToken);
        hub.Log.Note(request.Caller.Account.Login, $"deleted {name} of {request.Repository.FullName}");
        await life.SettleAsync(request.Repository, cancellationToken);
        return ApiAnswer.NoContent;
    }

    private static JsonArray Rules(RepositoryRecord repository, string branch)
    {
        var rules = new JsonArray();
        var set = repository.Rules;
        if (branch.StartsWith("odoosky/", StringComparison.Ordinal))
            foreach (var type in set.OfOurBranches) rules.Add(Rule(repository, type, []));
        if (branch != repository.DefaultBranch) return rules;
        if (set.RequiredReviews > 0) rules.Add(Rule(repository, "pull_request", Review(set.RequiredReviews)));
        if (set.RequiredChecks.Count > 0) rules.Add(Rule(repository, "required_status_checks", Checks(set)));
        if (set.MergeQueue) rules.Add(Rule(repository, "merge_queue", Queue()));
        return rules;
    }

    private static JsonObject Rule(RepositoryRecord repository, string type, JsonObject parameters) => new()
    {
        ["type"] = type, ["ruleset_source_type"] = "Repository", ["ruleset_source"] = repository.FullName, ["ruleset_id"] = 42, ["parameters"] = parameters,
    };

    private static JsonObject Review(int count) => new()
    {
        ["dismiss_stale_reviews_on_push"] = false, ["require_code_owner_review"] = false, ["require_last_push_approval"] = false,
        ["required_approving_review_count"] = count, ["required_review_thread_resolution"] = false,
    };

    private static JsonObject Checks(BranchRules rules) => new()
    {
        ["required_status_checks"] = new JsonArray([.. rules.RequiredChecks.Select(name => new JsonObject { ["context"] = name })]),
        ["strict_required_status_checks_policy"] = rules.Strict,
    };

    private static JsonObject Queue() => new()
    {
        ["check_response_timeout_minutes"] = 60, ["grouping_strategy"] = "ALLGREEN", ["max_entries_to_build"] = 5, ["max_entries_to_merge"] = 5,
        ["merge_method"] = "MERGE", ["min_entries_to_merge"] = 1, ["min_entries_to_merge_wait_minutes"] = 5,
    };
}
