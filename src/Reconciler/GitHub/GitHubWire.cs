using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// One request, one answer. Redirects are followed for reads alone, at most three, and never to another host, since the token
/// would go with them. Nothing is tried again here.
/// </summary>
internal sealed class GitHubWire : IDisposable
{
    private const int Redirects = 3;

    private static readonly ProductInfoHeaderValue Agent = new("odoosky", typeof(GitHubWire).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly GitHubOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public GitHubWire(GitHubOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        Clock = new ServerClock(time);
        http = new HttpClient(Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The server's clock, as its answers tell it.</summary>
    public ServerClock Clock { get; }

    /// <summary>Sends a request.</summary>
    /// <param name="call">What.</param>
    /// <param name="authorization">The header's value, or null for none.</param>
    /// <param name="etag">The mark of the answer that is here already, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Any answer, also a refusal; a <see cref="GitHubFailure"/> when there was none.</returns>
    public async Task<GitHubAnswer> SendAsync(GitHubCall call, AuthenticationHeaderValue? authorization, string? etag, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await FollowAsync(call, () => Request(call, authorization, etag), either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Count(call, "timeout");
            throw WireFaults.OfTimeout(call, options.Timeout);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            Count(call, "unreachable");
            throw WireFaults.Of(call, e);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<GitHubAnswer> FollowAsync(GitHubCall call, Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        var address = AddressOf(call);
        for (var i = 0; ; i++)
        {
            using var message = request();
            message.RequestUri = address;
            var answer = await OnceAsync(call, message, cancellation);
            if (call.Method != HttpMethod.Get || answer.Status is not (302 or 303 or 307) || i >= Redirects) return answer;
            if (answer.Location is null || !IsSameHost(address, new Uri(address, answer.Location))) return answer;
            address = new Uri(address, answer.Location);
        }
    }

    private async Task<GitHubAnswer> OnceAsync(GitHubCall call, HttpRequestMessage message, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var body = await ReadAsync(call, response.Content, cancellation);
        var answer = GitHubAnswer.Of(response, body);
        Clock.Learn(answer.Date);
        Count(call, answer.Status.ToString(CultureInfo.InvariantCulture));
        Instruments.GitHubDuration.Record(time.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("method", call.Method.Method));
        return answer;
    }

    private static void Count(GitHubCall call, string code) =>
        Instruments.GitHubRequests.Add(1, new("method", call.Method.Method), new("endpoint", call.Endpoint), new("code", code));

    private async Task<ReadOnlyMemory<byte>> ReadAsync(GitHubCall call, HttpContent content, CancellationToken cancellation)
    {
        using var body = new MemoryStream((int)Math.Clamp(content.Headers.ContentLength ?? 0, 0, options.LargestAnswer));
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (body.Length + read > options.LargestAnswer) throw WireFaults.OfSize(call, options.LargestAnswer);
            await body.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private Uri AddressOf(GitHubCall call) => call.IsGraphQL ? options.Address.GraphQL : new Uri(options.Address.Rest, call.Path);

    private static HttpRequestMessage Request(GitHubCall call, AuthenticationHeaderValue? authorization, string? etag)
    {
        var message = new HttpRequestMessage { Method = call.Method };
        message.Headers.UserAgent.Add(Agent);
        message.Headers.Accept.ParseAdd("application/vnd.github+json, application/json");
        message.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        message.Headers.Authorization = authorization;
        if (etag is not null) message.Headers.IfNoneMatch.ParseAdd(etag);
        if (call.Body.IsEmpty) return message;
        message.Content = new ReadOnlyMemoryContent(call.Body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return message;
    }

    private static bool IsSameHost(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.Host, other.Host, StringComparison.OrdinalIgnoreCase);

    // Proxies are HttpClient's own affair: HTTPS_PROXY, NO_PROXY.
    private static SocketsHttpHandler Handler(GitHubOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = !options.Address.IsPlain,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = options.ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = options.CaFile is null ? null : Trusting(options.CaFile),
        },
    };

    private static X509ChainPolicy Trusting(string caFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        return policy;
    }
}
