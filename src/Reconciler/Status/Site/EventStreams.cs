using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Status.Site;

/// <summary>
/// Tells readers that the board changed, as server-sent events: <c>event: board</c> with the board's version. Nothing is kept for a reader:
/// each asks the board for what is newest once it took the last, so one that is slow misses versions and holds nobody up.
/// </summary>
/// <param name="board">The board.</param>
/// <param name="time">The clock.</param>
internal sealed class EventStreams(Board board, TimeProvider time)
{
    /// <summary>The most readers at once.</summary>
    public const int Most = 512;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private int readers;

    /// <summary>How many readers there are.</summary>
    public int Readers => Volatile.Read(ref readers);

    /// <summary>Serves a reader until it goes, or the service ends.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ending">The service ends.</param>
    /// <returns>A task.</returns>
    public async Task ServeAsync(HttpContext context, CancellationToken ending)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        try
        {
            if (Interlocked.Increment(ref readers) > Most) await RefuseAsync(context.Response, end.Token);
            else await TellAsync(context, end.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The reader went away, or the service ends.
        }
        finally
        {
            Interlocked.Decrement(ref readers);
        }
    }

    private async Task TellAsync(HttpContext context, CancellationToken end)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await WriteAsync(context.Response, "retry: 3000\n\n", end);
        for (var seen = -1L; ;)
        {
            if (await NewerAsync(seen, end) is not { } version)
            {
                await WriteAsync(context.Response, ": still here\n\n", end);
                continue;
            }

            seen = version;
            await WriteAsync(context.Response, string.Create(CultureInfo.InvariantCulture, $"event: board\ndata: {version}\n\n"), end);
            await Task.Delay(Pause, time, end);
        }
    }

    private async Task<long?> NewerAsync(long seen, CancellationToken end)
    {
        using var beat = new CancellationTokenSource(Heartbeat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(beat.Token, end);
        try
        {
            return (await board.NewerAsync(seen, either.Token)).Version;
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task RefuseAsync(HttpResponse response, CancellationToken end)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "60";
        response.ContentType = "text/plain; charset=utf-8";
        await WriteAsync(response, "Too many readers follow the page; it can still be loaded.\n", end);
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken end)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), end);
        await response.Body.FlushAsync(end);
    }
}
