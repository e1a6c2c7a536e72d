using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.Tests.GitHubStandIn;

/// <summary>A client that asks every endpoint once or more, by way of a judge.</summary>
internal sealed class Tour(Fleet fleet, Uri judge) : IDisposable
{
    private readonly HttpClient http = new();

    public List<string> Faults { get; } = [];

    public int Steps { get; private set; }

    public async Task ReadAsync()
    {
        var main = fleet.People.Git.Head("main");
        string[] paths =
        [
            "", "/pulls?state=all&per_page=5&sort=updated&direction=asc", "/pulls?head=acme%3Ax", "/pulls/1", "/pulls/1/requested_reviewers", "/issues/1",
            "/issues/1/labels", "/issues/1/comments", "/labels", "/collaborators/jane/permission", $"/commits/{main}/status", $"/commits/{main}/statuses",
            $"/commits/{main}/check-runs", "/rules/branches/main", "/git/ref/heads%2Fmain", "/git/matching-refs/heads%2F",
        ];
        foreach (var path in paths) await StepAsync("GET", path, null, 200);
        await StepAsync("GET", "/assignees/jane", null, 204);
        await StepAsync("GET", "/pulls/1/merge", null, 404);
        await StepAsync("GET", "//user", null, 200);
        await StepAsync("GET", "//rate_limit", null, 200);
    }

    public async Task WriteAsync()
    {
        await StepAsync("PATCH", "/pulls/1", new { title = "Another", body = "Text" }, 200);
        await StepAsync("PATCH", "/pulls/1", new { state = "closed" }, 200);
        await StepAsync("PATCH", "/pulls/1", new { state = "open" }, 200);
        await StepAsync("POST", "/labels", new { name = "odoosky", color = "00ff00", description = "Ours" }, 201);
        await StepAsync("GET", "/labels/odoosky", null, 200);
        await StepAsync("POST", "/issues/1/labels", new { labels = new[] { "odoosky", "restart" } }, 200);
        await StepAsync("PUT", "/issues/1/labels", new { labels = new[] { "odoosky", "two" } }, 200);
        await StepAsync("DELETE", "/issues/1/labels/two", null, 200);
        await StepAsync("DELETE", "/labels/two", null, 204);
        var comment = (await StepAsync("POST", "/issues/1/comments", new { body = "Hello" }, 201))?["id"];
        await StepAsync("PATCH", $"/issues/comments/{comment}", new { body = "Bye" }, 200);
        await StepAsync("DELETE", $"/issues/comments/{comment}", null, 204);
        await StepAsync("POST", "/pulls/1/requested_reviewers", new { reviewers = new[] { "jane" }, team_reviewers = new[] { "platform" } }, 201);
        await StepAsync("DELETE", "/pulls/1/requested_reviewers", new { reviewers = new[] { "jane" } }, 200);
        await StepAsync("POST", "/issues/1/assignees", new { assignees = new[] { "jane" } }, 201);
        await StepAsync("DELETE", "/issues/1/assignees", new { assignees = new[] { "jane" } }, 200);
        await MergeAsync();
    }

    public async Task RefusedAsync()
    {
        await StepAsync("POST", "/pulls", new { title = "x", head = "none", @base = "main" }, 422);
        await StepAsync("GET", "/pulls/99", null, 404);
        await StepAsync("PUT", "/pulls/1/merge", new { merge_method = "merge" }, 405);
        await StepAsync("POST", "/labels", new { name = "odoosky" }, 422);
        await StepAsync("GET", "/git/ref/heads%2Fnone", null, 404);
        fleet.Hub.AddToken("reader", "reader", new Dictionary<string, string> { ["metadata"] = "read" });
        await StepAsync("POST", "/pulls", new { title = "x", head = "x", @base = "main" }, 403, "reader");
        await StepAsync("PUT", "/pulls/1/update-branch", new { }, 403, "reader");
    }

    /// <summary>One request by way of the judge; what is wrong is kept.</summary>
    public async Task<JsonNode?> StepAsync(string method, string path, object? body, int expected, string token = Fleet.Token)
    {
        Steps++;
        var whole = path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : Fleet.Repo + path;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(judge, whole)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Accept.ParseAdd("application/vnd.github+json");
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await http.SendAsync(request, Fleet.Cancel);
        var text = await answer.Content.ReadAsStringAsync(Fleet.Cancel);
        if ((int)answer.StatusCode != expected || answer.Headers.Contains("sl-violations")) Faults.Add($"{method} {path}: {(int)answer.StatusCode} {Brief(text)}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public void Dispose() => http.Dispose();

    private async Task MergeAsync()
    {
        var head = fleet.People.Git.Head("x");
        await StepAsync("POST", $"/statuses/{head}", new { state = "success", context = "ci", description = "Green" }, 201);
        var app = fleet.Hub.App.Issue().Token;
        var run = (await StepAsync("POST", "/check-runs", new { name = "odoosky", head_sha = head, status = "in_progress", external_id = "1" }, 201, app))?["id"];
        await StepAsync("PATCH", $"/check-runs/{run}", new { status = "completed", conclusion = "success", output = new { title = "t", summary = "s" } }, 200, app);
        await StepAsync("GET", $"/commits/{head}/check-runs", null, 200);
        await fleet.People.PushAsync("jane", "main", "Elsewhere", [("README.md", "Hello\n")], Fleet.Cancel);
        await StepAsync("PUT", "/pulls/1/update-branch", new { }, 202);
        await StepAsync("POST", $"/statuses/{fleet.People.Git.Head("x")}", new { state = "success", context = "ci" }, 201);
        await StepAsync("PUT", "/pulls/1/merge", new { merge_method = "squash" }, 200);
        await StepAsync("GET", "/pulls/1/merge", null, 204);
        await StepAsync("GET", "/pulls/1", null, 200);
        await StepAsync("DELETE", "/git/refs/heads%2Fx", null, 204);
        await fleet.People.PushAsync("odoosky-bot", "y", "Again", [("instances/b/values.yaml", "b: 2\n")], Fleet.Cancel);
        await StepAsync("POST", "/pulls", new { title = "y", head = "y", @base = "main", draft = true }, 201);
    }

    private static string Brief(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject fault && fault["validation"] is { } list ? "violations: " + list.ToJsonString() : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
