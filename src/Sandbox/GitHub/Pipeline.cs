using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>The way of a request through the stand-in: fault, person, limit, endpoint, ETag, fault again, log.</summary>
/// <param name="parts">What answers.</param>
internal sealed class Pipeline(Parts parts)
{
    /// <summary>Answers one request.</summary>
    public async Task ServeAsync(HttpContext http)
    {
        var target = HttpTarget.Of(http);
        var match = Match(http.Request.Method, target);
        var endpoint = EndpointOf(http.Request.Method, target, match?.Route);
        var (caller, refusal) = parts.Callers.Of(http);
        Stamp(http.Response);
        var reply = new Reply(http, parts.Faults.Next(endpoint), parts.Hub.Time);
        var entry = new LogEntry(parts.Hub.Log, caller?.Account.Login ?? "-", endpoint, target.Raw, reply);

        // Before the first byte goes out, so that whoever has the answer finds it in the log.
        http.Response.OnStarting(entry.WriteAsync);
        try
        {
            if (await reply.BeforeAsync()) await AnswerAsync(reply, new Asked(target, match, caller, refusal));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            reply.Lost = true;
        }
        finally
        {
            await entry.WriteAsync();
        }
    }

    private async Task AnswerAsync(Reply reply, Asked asked)
    {
        try
        {
            if (asked.Target.IsGit) await GitAsync(reply, asked.Target, asked.Caller);
            else await reply.WriteAsync(await ApiAsync(reply.Http, asked), asked.Caller?.Token);
        }
        catch (Exception bug) when (!reply.Http.RequestAborted.IsCancellationRequested && Noted(bug))
        {
            throw;
        }
    }

    private void Stamp(HttpResponse response)
    {
        response.Headers["X-GitHub-Request-Id"] = $"0DD0:{parts.Hub.NextId():X}";
        response.Headers.Date = parts.Hub.Time.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
    }

    // A fault of the stand-in itself: the client sees a 500, and the log says why.
    private bool Noted(Exception bug)
    {
        parts.Hub.Log.Note("stand-in", bug.ToString());
        return false;
    }

    private async Task GitAsync(Reply reply, HttpTarget target, Caller? caller)
    {
        if (parts.Git.Refusal(target, caller) is not var (status, words)) await reply.GitAsync(() => parts.Git.ServeAsync(reply.Http, target, caller!, reply.Http.RequestAborted));
        else await reply.RefuseGitAsync(status, words);
    }

    private async Task<ApiAnswer> ApiAsync(HttpContext http, Asked asked)
    {
        if (asked.Refusal is not null) return asked.Refusal;
        if (asked.Caller is not { } caller) return ApiAnswer.Refuse(401, "Requires authentication");
        var resource = asked.Target.IsGraphQL ? "graphql" : "core";
        var write = http.Request.Method != "GET" && !asked.Target.IsGraphQL;
        var free = asked.Match?.Route.Free ?? false;
        var refusal = free ? null : parts.Limits.Take(caller, resource, write, asked.Match?.Route.CreatesContent ?? false);
        var answer = refusal ?? await AnswerAsync(http, asked with { Caller = caller });
        if (answer.Status == 304) parts.Limits.GiveBack(caller, resource);
        return answer with { Headers = [.. answer.Headers, .. parts.Limits.Headers(caller.Token, resource)] };
    }

    private async Task<ApiAnswer> AnswerAsync(HttpContext http, Asked asked)
    {
        var (body, broken) = await ReadAsync(http);
        if (broken) return ApiAnswer.Refuse(400, "Problems parsing JSON");
        using var turn = await parts.Hub.EnterAsync(http.RequestAborted);
        if (asked.Target.IsGraphQL) return await parts.GraphQL.AnswerAsync(asked.Caller!, body, http.RequestAborted);
        if (asked.Match is not { } match) return ApiAnswer.NotFound;
        var request = new ApiRequest { Values = match.Values, Query = asked.Target.Query, Body = body, Caller = asked.Caller!, Path = asked.Target.Path };
        if (!match.Route.Template.StartsWith("/repos/", StringComparison.Ordinal)) return await EndAsync(http, match.Route, request);
        var (repository, moved) = parts.Hub.Find(request["owner"], request["repo"]);
        if (repository is null || !asked.Caller!.May("metadata:read")) return ApiAnswer.NotFound;
        if (moved) return Moved(repository, request.Path, http.Request);
        if (repository.Archived && http.Request.Method != "GET") return ApiAnswer.Refuse(403, "Repository was archived so is read-only.");
        return await EndAsync(http, match.Route, request with { Repository = repository });
    }

    private static async Task<ApiAnswer> EndAsync(HttpContext http, Route route, ApiRequest request)
    {
        if (!request.Caller.May(route.Need))
            return ApiAnswer.Refuse(403, request.Caller.IsApp ? "Resource not accessible by integration" : "Resource not accessible by personal access token");
        var answer = await route.Handle(request, http.RequestAborted);
        return route.Method == "GET" && answer.Status == 200 ? ETags.Check(answer, request.Caller.Token, http.Request) : answer;
    }

    private ApiAnswer Moved(RepositoryRecord repository, string path, HttpRequest request)
    {
        var rest = string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(3));
        var url = $"{parts.Hub.Address}/repositories/{repository.Id}{(rest.Length == 0 ? "" : "/" + rest)}{request.QueryString}";
        var body = new JsonObject { ["message"] = "Moved Permanently", ["url"] = url, ["documentation_url"] = "https://docs.github.com/rest" };
        return new ApiAnswer(request.Method == "GET" ? 301 : 307, body) { Headers = [("Location", url)] };
    }

    // GitHub also serves everything of a repository below its number.
    private (Route Route, IReadOnlyDictionary<string, string> Values)? Match(string method, HttpTarget target)
    {
        var segments = target.Segments;
        if (segments is ["repositories", var number, ..] && long.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var id)
            && parts.Hub.Repositories.Find(one => one.Id == id) is { } repository)
            segments = ["repos", repository.Owner.Login, repository.Name, .. segments.Skip(2)];
        foreach (var route in parts.Routes.Where(route => route.Method == method))
        {
            if (route.Match(segments) is { } values) return (route, values);
        }

        return null;
    }

    private static string EndpointOf(string method, HttpTarget target, Route? route)
    {
        if (target.IsGit) return GitOverHttp.Endpoint(method, target);
        if (target.IsGraphQL) return $"{method} /graphql";
        return target.Segments is ["repositories", _] && route is not null ? $"{method} /repositories/{{id}}" : route?.Endpoint ?? $"{method} {target.Path}";
    }

    private static async Task<(JsonNode? Body, bool Broken)> ReadAsync(HttpContext http)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        if (bytes.Length == 0) return (null, false);
        try
        {
            return (JsonNode.Parse(bytes.ToArray()), false);
        }
        catch (JsonException)
        {
            return (null, true);
        }
    }

    private sealed record Asked(HttpTarget Target, (Route Route, IReadOnlyDictionary<string, string> Values)? Match, Caller? Caller, ApiAnswer? Refusal);

    // A request's line in the log, written once.
    private sealed class LogEntry(EventLog log, string who, string endpoint, string path, Reply reply)
    {
        private bool isWritten;

        public Task WriteAsync()
        {
            if (!isWritten) log.Request(who, endpoint, path, reply.Lost ? 0 : reply.Http.Response.StatusCode);
            isWritten = true;
            return Task.CompletedTask;
        }
    }
}
