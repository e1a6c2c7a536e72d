using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Serves a bare repository with <c>git http-backend</c>, which this runs as a web server would.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="life">What branches do to pull requests.</param>
internal sealed class GitOverHttp(Hub hub, PullLife life)
{
    /// <summary>The name of the endpoint in logs and fault scripts: <c>POST git-receive-pack</c>, <c>GET info/refs git-receive-pack</c>.</summary>
    public static string Endpoint(string method, HttpTarget target) =>
        target.Query.TryGetValue("service", out var service) ? $"{method} info/refs {service}" : $"{method} {target.Segments[^1]}";

    /// <summary>Why a caller gets nothing, as status and words; null when it may go on.</summary>
    public (int Status, string Words)? Refusal(HttpTarget target, Caller? caller)
    {
        var name = target.Segments[1][..^".git".Length];
        if (caller is null) return (401, "Repository not found.");
        var (repository, moved) = hub.Find(target.Segments[0], name);
        if (repository is null || !caller.May("contents:read")) return (404, "Repository not found.");
        if (moved) return (301, $"{hub.Address}/{repository.FullName}.git/{string.Join('/', target.Segments.Skip(2))}");
        if (!IsPush(target)) return null;
        if (repository.Archived) return (403, "This repository was archived so it is read-only.");
        return caller.May("contents:write") ? null : (403, $"Permission to {repository.FullName}.git denied to {caller.Account.Login}.");
    }

    /// <summary>Lets git answer.</summary>
    public async Task ServeAsync(HttpContext http, HttpTarget target, Caller caller, CancellationToken cancellationToken)
    {
        var repository = hub.Find(target.Segments[0], target.Segments[1][..^".git".Length]).Repository!;
        var push = http.Request.Method == "POST" && IsPush(target);
        if (push) await PushRefusals.WriteAsync(repository, cancellationToken);
        var call = Call(http, target, repository, caller);
        var answer = await hub.Git.TalkAsync(call, process => TalkAsync(http, process, cancellationToken), cancellationToken);
        if (push) await PushedAsync(repository, caller, cancellationToken);
        await WriteAsync(http, answer, push ? repository : null, cancellationToken);
    }

    // Before the answer goes out, so that whoever pushed sees the truth with the next request.
    private async Task PushedAsync(RepositoryRecord repository, Caller caller, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        repository.PushedAt = hub.Now;
        hub.Log.Note(caller.Account.Login, $"pushed to {repository.FullName}");
        foreach (var one in hub.Repositories.Where(one => one == repository || one == repository.Parent).ToList()) await life.SettleAsync(one, cancellationToken);
    }

    private static async Task<byte[]> TalkAsync(HttpContext http, GitProcess process, CancellationToken cancellationToken)
    {
        var sending = SendAsync(http, process, cancellationToken);
        using var answer = new MemoryStream();
        await process.Output.CopyToAsync(answer, cancellationToken);
        await sending;
        return answer.ToArray();
    }

    private static async Task WriteAsync(HttpContext http, byte[] answer, RepositoryRecord? pushed, CancellationToken cancellationToken)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(answer, 0, end).Split("\r\n")) Copy(line.Split(": ", 2), http.Response);
        var body = answer[(end + 4)..];
        if (pushed is not null) body = PushAnswer.WithReasons(body, reference => PushRefusals.ReasonFor(pushed, reference));
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, cancellationToken);
    }

    private static async Task SendAsync(HttpContext http, GitProcess process, CancellationToken cancellationToken)
    {
        try
        {
            await http.Request.Body.CopyToAsync(process.Input, cancellationToken);
        }
        catch (IOException)
        {
            // git has read enough; its answer says why.
        }

        process.Input.Close();
    }

    private static void Copy(string[] header, HttpResponse response)
    {
        if (header is ["Status", var status]) response.StatusCode = int.Parse(status.Split(' ')[0], CultureInfo.InvariantCulture);
        else if (header is [var name, var value]) response.Headers[name] = value;
    }

    private static GitCall Call(HttpContext http, HttpTarget target, RepositoryRecord repository, Caller caller)
    {
        var length = http.Request.ContentLength?.ToString(CultureInfo.InvariantCulture);
        ImmutableArray<(string Key, string? Value)> variables =
        [
            ("GIT_PROJECT_ROOT", repository.Git.Folder), ("GIT_HTTP_EXPORT_ALL", "1"), ("PATH_INFO", "/" + string.Join('/', target.Segments.Skip(2))),
            ("REQUEST_METHOD", http.Request.Method), ("QUERY_STRING", http.Request.QueryString.Value?.TrimStart('?')), ("REMOTE_USER", caller.Account.Login),
            ("REMOTE_ADDR", "127.0.0.1"), ("CONTENT_TYPE", http.Request.ContentType), ("CONTENT_LENGTH", length),
            ("GIT_PROTOCOL", http.Request.Headers["Git-Protocol"].ToString()), ("HTTP_CONTENT_ENCODING", http.Request.Headers.ContentEncoding.ToString()),
        ];
        return new GitCall
        {
            Purpose = "serve a repository over HTTP",
            Arguments = ["http-backend"],
            Variables = [.. variables.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => new GitSetting(one.Key, one.Value!))],
            Secrets = [new("core.hooksPath", PushRefusals.Folder(repository)), new("http.receivepack", "true"), new("uploadpack.allowAnySHA1InWant", "true")],
        };
    }

    private static bool IsPush(HttpTarget target) =>
        target.Query.GetValueOrDefault("service") == "git-receive-pack" || target.Segments[^1] == "git-receive-pack";
}
