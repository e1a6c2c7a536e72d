using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OdooSky.GitOps.Reconciler.Replicas;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>
/// Where people with the token have the service reconcile: <c>POST /api/reconcile?target=T</c> starts a pass and says since when it
/// counts; <c>GET /api/reconcile?target=T&amp;since=S</c> waits for a while and says how it ended. A browser can't be made to send either:
/// it adds no such header by itself, and no page elsewhere may.
/// </summary>
/// <param name="keys">The files of keys, as the settings are now.</param>
/// <param name="duty">The service.</param>
/// <param name="allows">By which names of a host it may be asked.</param>
/// <param name="time">The clock.</param>
internal sealed class OrderDoor(Func<DoorKeys> keys, Duty duty, Func<string, bool> allows, TimeProvider time)
{
    /// <summary>How long one question waits; proxies cut what is silent for a minute.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Scheme = "Bearer ";

    /// <summary>Answers.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ending">The service ends.</param>
    /// <returns>A task.</returns>
    public async Task ServeAsync(HttpContext context, CancellationToken ending)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        var answer = await RefuseAsync(context.Request, either.Token) ?? await TryAsync(context.Request, either.Token);
        if (answer.Status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Bearer";
        await answer.WriteAsync(context);
    }

    private async Task<Answer?> RefuseAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (keys().AdminTokenFile is not { } file) return Answer.NotHere;
        if (!allows(request.Host.Host)) return Answer.Refused(StatusCodes.Status421MisdirectedRequest, "Not under that name: ask for it as localhost, or list the name under page.hosts.");
        if (request.ContentType is not null && !Bodies.IsPlainJson(request)) return Answer.Refused(StatusCodes.Status415UnsupportedMediaType, "Forms are not taken.");
        var tokens = await KeyFile.ReadAsync(file, cancellationToken);
        if (tokens.Count == 0) return Answer.Refused(StatusCodes.Status503ServiceUnavailable, "The file of page.adminTokenFile has no token of 16 characters or more.");
        var shown = request.Headers.Authorization.ToString();
        return shown.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && KeyFile.Has(tokens, shown[Scheme.Length..].Trim())
            ? null : Answer.Refused(StatusCodes.Status401Unauthorized, "The token is missing or wrong.");
    }

    private async Task<Answer> TryAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await DoAsync(request, cancellationToken);
        }
        catch (ReplicaFailure)
        {
            return Answer.Refused(StatusCodes.Status503ServiceUnavailable, "The replicas' database does not answer, so that no pass can be asked for; /readyz and the log say more.");
        }
    }

    private async Task<Answer> DoAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var target = request.Query["target"].ToString();
        if (target.Length > 0 && !duty.Works.ContainsKey(target))
            return Answer.Refused(StatusCodes.Status400BadRequest, $"There is no such target; this service keeps {string.Join(", ", duty.Works.Keys.Order(StringComparer.Ordinal))}.");
        if (HttpMethods.IsPost(request.Method)) return await StartAsync(target.Length > 0 ? [target] : [.. duty.Works.Keys.Order(StringComparer.Ordinal)], cancellationToken);
        if (!HttpMethods.IsGet(request.Method)) return Answer.Refused(StatusCodes.Status405MethodNotAllowed, "POST starts a pass, GET says how it ended.");
        return target.Length > 0 && DateTimeOffset.TryParseExact(request.Query["since"], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since)
            ? await WaitAsync(target, duty.Here(since), cancellationToken)
            : Answer.Refused(StatusCodes.Status400BadRequest, "GET needs target and since, as POST gave them.");
    }

    private async Task<Answer> StartAsync(IReadOnlyList<string> targets, CancellationToken cancellationToken)
    {
        var started = new JsonArray();
        foreach (var target in targets)
        {
            var since = duty.Now;
            await duty.TriggerAsync(target, JobKind.Reconcile, cancellationToken);
            started.Add(new JsonObject { ["target"] = target, ["since"] = since.ToString("O", CultureInfo.InvariantCulture) });
        }

        return new Answer(StatusCodes.Status202Accepted, "taken", new JsonObject { ["started"] = started }.ToJsonString());
    }

    private async Task<Answer> WaitAsync(string target, DateTimeOffset since, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var picture = duty.Board.Now;
            while (true)
            {
                var board = picture.Targets.GetValueOrDefault(target);
                if (board is not null && board.LastRuns.GetValueOrDefault(JobKind.Reconcile) is { } run && run.Begun >= since)
                    return new Answer(StatusCodes.Status200OK, "taken", Ended(target, run, board.Outcome).ToJsonString());
                picture = await duty.Board.NewerAsync(picture.Version, either.Token);
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return new Answer(StatusCodes.Status202Accepted, "taken", new JsonObject { ["target"] = target, ["result"] = "waiting" }.ToJsonString());
        }
    }

    private static JsonObject Ended(string target, JobRun run, string? outcome)
    {
        var json = new JsonObject { ["target"] = target, ["result"] = "failed", ["seconds"] = Math.Round(run.Took.TotalSeconds, 3), ["failure"] = run.Failure };
        if (run.Failure is not null || outcome is null || JsonNode.Parse(outcome) is not JsonObject said) return json;
        foreach (var (key, value) in said) json[key] = value?.DeepClone();
        return json;
    }
}
