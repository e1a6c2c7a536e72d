using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>Serves a watch: what happened since a version, then what happens, bookmarks, and the end by time-out.</summary>
internal sealed class Watching(ObjectStore store, TimeProvider time)
{
    private static readonly TimeSpan BookmarkEvery = TimeSpan.FromMinutes(1);

    public async Task AnswerAsync(HttpContext context, ApiRequest asked)
    {
        var from = asked.Query["resourceVersion"].ToString();
        if (from.Length > 0 && asked.Number("resourceVersion") is null)
        {
            await Answers.StatusAsync(context, 500, null, $"resourceVersion: Invalid value: \"{from}\": strconv.ParseUint: parsing \"{from}\": invalid syntax");
            return;
        }

        Answers.Head(context, 200, "application/json");
        await context.Response.StartAsync(context.RequestAborted);

        // A watch is answered at once, before anything happens: over HTTP/2 a client that hears nothing can't even take its question back.
        await context.Response.Body.FlushAsync(context.RequestAborted);
        var version = asked.Number("resourceVersion") ?? 0;
        if (version > 0 && version < store.Compacted)
        {
            var gone = Answers.Status(410, "Expired", FormattableString.Invariant($"too old resource version: {version} ({store.Compacted})"));
            await LineAsync(context, "ERROR", gone);
            return;
        }

        if (version == 0) version = await BeginAsync(context, asked);
        await FollowAsync(context, asked, version);
    }

    private async Task<long> BeginAsync(HttpContext context, ApiRequest asked)
    {
        var (all, version) = store.List(asked.Kind!, asked.Namespace);
        foreach (var found in all.Where(found => Selection.Holds(asked, found))) await LineAsync(context, "ADDED", (JsonObject)found.DeepClone());
        if (WantsBookmarks(asked)) await BookmarkAsync(context, asked, version, isInitialEnd: true);
        return version;
    }

    private async Task FollowAsync(HttpContext context, ApiRequest asked, long version)
    {
        var seconds = asked.Number("timeoutSeconds") ?? 1800;
        var ends = Task.Delay(TimeSpan.FromSeconds(seconds), time, context.RequestAborted);
        var bookmark = Task.Delay(BookmarkEvery, time, context.RequestAborted);
        while (true)
        {
            var (events, changed, now) = store.After(asked.Kind!, version);
            foreach (var one in events.Where(one => Selection.Holds(asked, one.Object))) await LineAsync(context, one.Type, (JsonObject)one.Object.DeepClone());
            var isFuture = version > now;
            if (!isFuture) version = now;
            var done = await Task.WhenAny(changed, ends, bookmark);
            context.RequestAborted.ThrowIfCancellationRequested();
            if (done == bookmark) bookmark = Task.Delay(BookmarkEvery, time, context.RequestAborted);
            if (done != changed && WantsBookmarks(asked) && !isFuture) await BookmarkAsync(context, asked, version, isInitialEnd: false);
            if (done == ends) return;
        }
    }

    private static bool WantsBookmarks(ApiRequest asked) => asked.Query["allowWatchBookmarks"].ToString() is "1" or "true";

    private static Task BookmarkAsync(HttpContext context, ApiRequest asked, long version, bool isInitialEnd)
    {
        var meta = new JsonObject();
        if (isInitialEnd) meta["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        meta["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        var mark = new JsonObject { ["apiVersion"] = asked.Kind!.ApiVersion, ["kind"] = asked.Kind.Kind, ["metadata"] = meta };
        return LineAsync(context, "BOOKMARK", mark);
    }

    private static async Task LineAsync(HttpContext context, string type, JsonObject told)
    {
        await context.Response.Body.WriteAsync(Answers.Utf8(new JsonObject { ["type"] = type, ["object"] = told }), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
