using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>One answer on its way out, with the fault that it may meet.</summary>
/// <param name="http">The request.</param>
/// <param name="fault">What goes wrong, or null.</param>
/// <param name="time">The clock that waits.</param>
internal sealed class Reply(HttpContext http, Fault? fault, TimeProvider time)
{
    /// <summary>Under this name a connection keeps its pipe.</summary>
    public const string PipeName = "cutting pipe";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public HttpContext Http => http;

    /// <summary>The answer did not go out.</summary>
    public bool Lost { get; set; }

    /// <summary>The bytes of a JSON answer.</summary>
    public static byte[] Bytes(JsonNode? body) => body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString(Plain));

    /// <summary>Lets a fault show that comes before the request is handled.</summary>
    /// <returns>Whether to handle it.</returns>
    public async Task<bool> BeforeAsync()
    {
        if (fault is null) return true;
        if (fault.Wait > TimeSpan.Zero) await Task.Delay(fault.Wait, time, http.RequestAborted);
        if (fault.Happens) return true;
        await ShowAsync();
        return false;
    }

    /// <summary>Sends an answer of the API.</summary>
    public async Task WriteAsync(ApiAnswer answer, string? token)
    {
        if (fault is { Hangs: true } or { Status: not null })
        {
            await ShowAsync();
            return;
        }

        Cut();
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) http.Response.Headers[name] = value;
        http.Response.Headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        if (token is not null) http.Response.Headers.Vary = "Accept, Authorization, Cookie";
        if (answer.Body is null) return;
        var bytes = Bytes(answer.Body);
        await SendAsync(bytes.AsMemory(0, Math.Min(fault?.BodyBytes ?? bytes.Length, bytes.Length)), "application/json; charset=utf-8");
    }

    /// <summary>Lets git answer, and then a fault show.</summary>
    public async Task GitAsync(Func<Task> serve)
    {
        if (fault is { Hangs: true } or { Status: not null })
        {
            var truth = http.Response.Body;
            http.Response.Body = Stream.Null;
            await serve();
            (http.Response.Body, http.Response.ContentLength) = (truth, null);
            await ShowAsync();
            return;
        }

        Cut();
        await serve();
    }

    /// <summary>Refuses a git client in words that git shows.</summary>
    public async Task RefuseGitAsync(int status, string words)
    {
        http.Response.StatusCode = status;
        if (status == 301) http.Response.Headers.Location = words + http.Request.QueryString;
        if (status == 401) http.Response.Headers.WWWAuthenticate = "Basic realm=\"GitHub\"";
        await SendAsync(Encoding.UTF8.GetBytes(words), "text/plain; charset=UTF-8");
    }

    private async Task ShowAsync()
    {
        fault!.Hung?.TrySetResult();
        if (fault.Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, time, http.RequestAborted);
        Cut();
        http.Response.StatusCode = fault.Status ?? 200;
        foreach (var (name, value) in fault.Headers) http.Response.Headers[name] = value;
        await SendAsync(Encoding.UTF8.GetBytes(fault.Body), fault.ContentType);
    }

    private void Cut()
    {
        if (fault?.CutAt is not { } bytes) return;
        Lost = true;
        var items = http.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        ((CuttingPipe)items[PipeName]!).CutAfter(bytes);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, string type)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
