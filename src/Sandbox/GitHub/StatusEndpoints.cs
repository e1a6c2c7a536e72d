using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Marks on commits: statuses, and the check runs of apps.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="life">What branches do to pull requests: a green mark may set off an auto-merge.</param>
/// <param name="shapes">GitHub's JSON.</param>
internal sealed class StatusEndpoints(Hub hub, PullLife life, Shapes shapes)
{
    private const string Root = "/repos/{owner}/{repo}";

    public ImmutableArray<Route> Routes =>
    [
        new("POST", Root + "/statuses/{sha}", "statuses:write", CreateStatusAsync),
        On("GET", Root + "/commits/{ref}/status", "statuses:read", Combined),
        On("GET", Root + "/commits/{ref}/statuses", "statuses:read", (request, sha) => ApiAnswer.Page(
            request, hub.Address, [.. request.Repository.Statuses.Where(one => one.Sha == sha).Reverse()], one => shapes.Status(request.Repository, one))),
        On("GET", Root + "/commits/{ref}/check-runs", "checks:read", CheckRuns),
        new("POST", Root + "/check-runs", "checks:write", CreateCheckRunAsync),
        new("PATCH", Root + "/check-runs/{check_run_id}", "checks:write", UpdateCheckRunAsync),
    ];

    private async Task<ApiAnswer> CreateStatusAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Text("state") is not ("error" or "failure" or "pending" or "success")) return ApiAnswer.Invalid("Status", "state", "invalid");
        if (request.Text("description") is { Length: > 140 })
            return ApiAnswer.Invalid("Status", "description", "custom", "description is too long (maximum is 140 characters)");
        if (await request.Repository.Git.ResolveAsync(request["sha"], cancellationToken) is not { } sha)
            return ApiAnswer.Refuse(422, $"No commit found for SHA: {request["sha"]}");
        var status = new StatusRecord(hub.NextId(), sha, request.Caller.Account, hub.Now)
        {
            State = request.Text("state")!, Context = request.Text("context") ?? "default",
            Description = request.Text("description"), TargetUrl = request.Text("target_url"),
        };
        request.Repository.Statuses.Add(status);
        hub.Log.Note(request.Caller.Account.Login, $"marked {sha} {status.Context} {status.State}");
        await life.SettleAsync(request.Repository, cancellationToken);
        return ApiAnswer.Created(shapes.Status(request.Repository, status));
    }

    private ApiAnswer Combined(ApiRequest request, string sha)
    {
        var newest = request.Repository.Statuses.Where(one => one.Sha == sha).GroupBy(one => one.Context, StringComparer.Ordinal).Select(group => group.Last()).ToList();
        var state = newest.Any(one => one.State is "failure" or "error") ? "failure"
            : newest.Count == 0 || newest.Any(one => one.State == "pending") ? "pending" : "success";
        var (size, page, last) = ApiAnswer.PageOf(request, newest.Count);
        var shown = newest.Skip((page - 1) * size).Take(size).Select(one => Simple(request.Repository, one));
        return ApiAnswer.Ok(new JsonObject
        {
            ["state"] = state, ["sha"] = sha, ["total_count"] = newest.Count, ["statuses"] = new JsonArray([.. shown]),
            ["repository"] = shapes.Repository(request.Repository), ["url"] = $"{shapes.Api(request.Repository)}/commits/{sha}/status",
            ["commit_url"] = $"{shapes.Api(request.Repository)}/commits/{sha}",
        }) with { Headers = ApiAnswer.Links(request, hub.Address, page, last) };
    }

    private JsonObject Simple(RepositoryRecord repository, StatusRecord status)
    {
        var json = shapes.Status(repository, status);
        json.Remove("creator");
        return json;
    }

    private ApiAnswer CheckRuns(ApiRequest request, string sha)
    {
        var name = request.Query.GetValueOrDefault("check_name");
        var runs = request.Repository.CheckRuns.Where(run => run.HeadSha == sha && (name is null || run.Sent["name"]?.ToString() == name)).ToList();
        var (size, page, last) = ApiAnswer.PageOf(request, runs.Count);
        var shown = runs.Skip((page - 1) * size).Take(size).Select(run => CheckRun(request.Repository, run));
        return ApiAnswer.Ok(new JsonObject { ["total_count"] = runs.Count, ["check_runs"] = new JsonArray([.. shown]) })
            with { Headers = ApiAnswer.Links(request, hub.Address, page, last) };
    }

    private async Task<ApiAnswer> CreateCheckRunAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (!request.Caller.IsApp) return ApiAnswer.Refuse(403, "You must authenticate via a GitHub App.");
        if (request.Text("name") is null) return ApiAnswer.Invalid("CheckRun", "name", "missing_field");
        if (await request.Repository.Git.ResolveAsync(request.Text("head_sha") ?? "", cancellationToken) is not { } sha)
            return ApiAnswer.Refuse(422, $"No commit found for SHA: {request.Text("head_sha")}");
        var run = new CheckRunRecord(hub.NextId(), sha, (JsonObject)request.Body!.DeepClone(), hub.Now);
        request.Repository.CheckRuns.Add(run);
        await life.SettleAsync(request.Repository, cancellationToken);
        return ApiAnswer.Created(CheckRun(request.Repository, run));
    }

    private async Task<ApiAnswer> UpdateCheckRunAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (!request.Caller.IsApp) return ApiAnswer.Refuse(403, "You must authenticate via a GitHub App.");
        if (request.Repository.CheckRuns.Find(one => one.Id == request.Number("check_run_id")) is not { } run) return ApiAnswer.NotFound;
        foreach (var (name, value) in request.Body as JsonObject ?? []) run.Sent[name] = value?.DeepClone();
        await life.SettleAsync(request.Repository, cancellationToken);
        return ApiAnswer.Ok(CheckRun(request.Repository, run));
    }

    private JsonObject CheckRun(RepositoryRecord repository, CheckRunRecord run)
    {
        var conclusion = run.Sent["conclusion"]?.ToString();
        var output = run.Sent["output"];
        return new JsonObject
        {
            ["id"] = run.Id, ["node_id"] = Shapes.Node("CheckRun", run.Id), ["head_sha"] = run.HeadSha, ["name"] = run.Sent["name"]?.ToString(),
            ["url"] = $"{shapes.Api(repository)}/check-runs/{run.Id}", ["html_url"] = $"{shapes.Web(repository)}/runs/{run.Id}",
            ["details_url"] = run.Sent["details_url"]?.ToString(), ["external_id"] = run.Sent["external_id"]?.ToString() ?? "",
            ["status"] = conclusion is null ? run.Sent["status"]?.ToString() ?? "queued" : "completed", ["conclusion"] = conclusion,
            ["started_at"] = Shapes.Time(run.CreatedAt), ["completed_at"] = conclusion is null ? null : Shapes.Time(hub.Now),
            ["output"] = new JsonObject
            {
                ["title"] = output?["title"]?.ToString(), ["summary"] = output?["summary"]?.ToString(), ["text"] = output?["text"]?.ToString(),
                ["annotations_count"] = 0, ["annotations_url"] = $"{shapes.Api(repository)}/check-runs/{run.Id}/annotations",
            },
            ["check_suite"] = new JsonObject { ["id"] = run.Id }, ["app"] = null, ["pull_requests"] = new JsonArray(),
        };
    }

    private static Route On(string method, string template, string need, Func<ApiRequest, string, ApiAnswer> handle) =>
        new(method, template, need, async (request, cancellationToken) =>
            await request.Repository.Git.ResolveAsync(request["ref"], cancellationToken) is { } sha
                ? handle(request, sha) : ApiAnswer.Refuse(422, $"No commit found for SHA: {request["ref"]}"));
}
