using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>What people stick to a pull request: labels, comments, assignees, reviewers.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="shapes">GitHub's JSON of small things.</param>
/// <param name="pulls">GitHub's JSON of pull requests.</param>
internal sealed class IssueEndpoints(Hub hub, Shapes shapes, PullShapes pulls)
{
    private const string Issue = "/repos/{owner}/{repo}/issues/{issue_number}";
    private const string Comment = "/repos/{owner}/{repo}/issues/comments/{comment_id}";
    private const string Reads = "issues:read|pull_requests:read";
    private const string Writes = "issues:write|pull_requests:write";

    public ImmutableArray<Route> Routes =>
    [
        On("GET", Issue, Reads, (request, pull) => ApiAnswer.Ok(pulls.Issue(request.Repository, pull))),
        On("GET", Issue + "/labels", Reads, (request, pull) => Page(request, [.. pulls.LabelsOf(request.Repository, pull)])),
        On("POST", Issue + "/labels", Writes, (request, pull) => Labelled(request, pull, request.Texts("labels"))),
        On("PUT", Issue + "/labels", Writes, (request, pull) =>
        {
            pull.Labels.Clear();
            return Labelled(request, pull, request.Texts("labels"));
        }),
        On("DELETE", Issue + "/labels/{name}", Writes, Unlabelled),
        On("GET", Issue + "/comments", Reads, (request, pull) => Page(
            request, [.. request.Repository.Comments.Where(one => one.Number == pull.Number).Select(one => shapes.Comment(request.Repository, one))])),
        On("POST", Issue + "/comments", Writes, Commented) with { CreatesContent = true },
        OnComment("PATCH", Writes, EditComment),
        OnComment("DELETE", Writes, (request, comment) => request.Repository.Comments.Remove(comment) ? ApiAnswer.NoContent : ApiAnswer.NotFound),
        OnComment("GET", Reads, (request, comment) => ApiAnswer.Ok(shapes.Comment(request.Repository, comment))),
    ];

    private ApiAnswer Page(ApiRequest request, IReadOnlyList<JsonNode> all) => ApiAnswer.Page(request, hub.Address, all, one => one);

    private ApiAnswer Labelled(ApiRequest request, PullRequestRecord pull, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            // GitHub makes a label that isn't there instead of refusing it.
            if (request.Repository.Label(name) is null) request.Repository.Labels.Add(new LabelRecord(hub.NextId(), name, "ededed", null));
            var label = request.Repository.Label(name)!.Name;
            if (!pull.Labels.Contains(label, StringComparer.OrdinalIgnoreCase)) pull.Labels.Add(label);
        }

        Touch(request, pull, $"labelled #{pull.Number}: {string.Join(", ", pull.Labels)}");
        return ApiAnswer.Ok(new JsonArray([.. pulls.LabelsOf(request.Repository, pull)]));
    }

    private ApiAnswer Unlabelled(ApiRequest request, PullRequestRecord pull)
    {
        if (pull.Labels.RemoveAll(name => name.Equals(request["name"], StringComparison.OrdinalIgnoreCase)) == 0)
            return ApiAnswer.Refuse(404, "Label does not exist");
        Touch(request, pull, $"took a label off #{pull.Number}: {request["name"]}");
        return ApiAnswer.Ok(new JsonArray([.. pulls.LabelsOf(request.Repository, pull)]));
    }

    private ApiAnswer Commented(ApiRequest request, PullRequestRecord pull)
    {
        if (request.Text("body") is not { Length: > 0 } body) return ApiAnswer.Invalid("IssueComment", "body", "missing_field");
        if (body.Length > 65536) return ApiAnswer.Invalid("IssueComment", "body", "custom", "body is too long (maximum is 65536 characters)");
        var comment = new CommentRecord(hub.NextId(), pull.Number, request.Caller.Account, hub.Now) { Body = body };
        request.Repository.Comments.Add(comment);
        Touch(request, pull, $"commented on #{pull.Number}");
        return ApiAnswer.Created(shapes.Comment(request.Repository, comment));
    }

    private ApiAnswer EditComment(ApiRequest request, CommentRecord comment)
    {
        if (request.Text("body") is not { Length: > 0 } body) return ApiAnswer.Invalid("IssueComment", "body", "missing_field");
        (comment.Body, comment.UpdatedAt) = (body, hub.Now);
        return ApiAnswer.Ok(shapes.Comment(request.Repository, comment));
    }

    private void Touch(ApiRequest request, PullRequestRecord pull, string what)
    {
        pull.UpdatedAt = hub.Now;
        hub.Log.Note(request.Caller.Account.Login, what);
    }

    private static Route On(string method, string template, string need, Func<ApiRequest, PullRequestRecord, ApiAnswer> handle) =>
        Route.Of(method, template, need, request => request.Repository.Pull(request.Number("issue_number")) is { } pull ? handle(request, pull) : ApiAnswer.NotFound);

    private static Route OnComment(string method, string need, Func<ApiRequest, CommentRecord, ApiAnswer> handle) =>
        Route.Of(method, Comment, need, request => request.Repository.Comments.Find(one => one.Id == request.Number("comment_id")) is { } comment
            ? handle(request, comment) : ApiAnswer.NotFound);
}
