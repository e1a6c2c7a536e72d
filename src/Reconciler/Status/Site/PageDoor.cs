using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Pages;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Site;

/// <summary>
/// Answers all that browsers and programs ask of the pages: read-only, by allowed names alone, and with nothing in a page that runs or is
/// loaded from elsewhere.
/// </summary>
/// <param name="board">The board.</param>
/// <param name="site">Which page stands where.</param>
/// <param name="hosts">By which names pages may be asked for.</param>
/// <param name="hide">Takes secrets out of a text.</param>
/// <param name="time">The clock.</param>
internal sealed class PageDoor(Board board, SiteMap site, HostList hosts, Func<string, string> hide, TimeProvider time)
{
    private const string Twin = ".json";
    private static readonly string[] Asked = ["q", "verdict", "ring", "target", "page"];

    private readonly FleetSheets sheets = new(board);
    private readonly Shelf shelf = new();
    private readonly string start = time.GetUtcNow().UtcTicks.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Tells readers that the board changed.</summary>
    public EventStreams Events { get; } = new(board, time);

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ending">The service ends.</param>
    /// <returns>A task.</returns>
    public Task ServeAsync(HttpContext context, CancellationToken ending)
    {
        var (request, response) = (context.Request, context.Response);
        PageHeaders.Set(response.Headers);
        if (!hosts.Allows(request.Host.Host))
            return SayAsync(response, StatusCodes.Status421MisdirectedRequest, "This page is not served under that name. Ask for it as localhost, or list the name under page.hosts in odoosky.yaml.");
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            return SayAsync(response, StatusCodes.Status405MethodNotAllowed, "The pages are read-only.");
        }

        var path = (request.Path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path switch
        {
            ["events"] => Events.ServeAsync(context, ending),
            ["assets", var name] when Assets.All.TryGetValue(name, out var asset) => SendAsync(response, asset),
            _ => PageAsync(context, path),
        };
    }

    private Task PageAsync(HttpContext context, string[] path)
    {
        var (request, response) = (context.Request, context.Response);
        var named = path is [.., var last] && last.EndsWith(Twin, StringComparison.Ordinal);
        if (named) path[^1] = path[^1][..^Twin.Length];
        var json = named || Prefers(request);
        var fleet = sheets.Now;
        var edition = string.Create(CultureInfo.InvariantCulture, $"{start}-{fleet.Picture.Version:x}-{time.GetUtcNow().UtcDateTime:yyMMdd}");
        var tag = $"\"{edition}{(json ? "-j" : "-h")}\"";
        response.Headers.Vary = "Accept";
        response.Headers.ETag = tag;
        if (request.Headers.IfNoneMatch.Contains(tag, StringComparer.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var page = shelf.Of(edition, $"{(json ? "j" : "h")} {string.Join('/', path)}{request.QueryString}", () => Make(fleet, path, request.Query, json));
        if (!page.IsThere) response.Headers.Remove(HeaderNames.ETag);
        response.StatusCode = page.IsThere ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        response.ContentType = json ? "application/json; charset=utf-8" : "text/html; charset=utf-8";
        return SendAsync(response, page.Bytes);
    }

    private MadePage Make(FleetSheet fleet, string[] path, IQueryCollection query, bool json)
    {
        var answer = site.Answer(fleet, new PageQuestion(path, name => query[name].FirstOrDefault()));
        var text = json ? ViewJson.Write(answer.View) : Layout.Page(new Frame(answer.Title, answer.Section, fleet.Numbers, TwinOf(path, query), fleet.Picture.Version), answer.Main()).ToString();
        return new MadePage(answer.IsThere, Encoding.UTF8.GetBytes(hide(text)));
    }

    private static Href TwinOf(string[] path, IQueryCollection query)
    {
        string[] twin = path.Length == 0 ? ["index" + Twin] : [.. path[..^1], path[^1] + Twin];
        return Href.To(twin).With([.. Asked.Select(name => (name, query[name].FirstOrDefault()))]);
    }

    private static bool Prefers(HttpRequest request) =>
        request.Headers.Accept.ToString() is var accept && accept.Contains("application/json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task SayAsync(HttpResponse response, int status, string sentence)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        return SendAsync(response, Encoding.UTF8.GetBytes(sentence + "\n"));
    }

    private static Task SendAsync(HttpResponse response, Asset asset)
    {
        response.ContentType = asset.Type;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return SendAsync(response, asset.Content);
    }

    private static Task SendAsync(HttpResponse response, ReadOnlyMemory<byte> bytes)
    {
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(response.HttpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted).AsTask();
    }
}
