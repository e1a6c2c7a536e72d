using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>
/// The one place that talks HTTP with an API server. Redirects are never followed (a token must not travel), proxies are not
/// asked, answers that are not 2xx become a <see cref="ClusterFailure"/> with the server's words.
/// </summary>
internal sealed class ApiServer : IDisposable
{
    private readonly ClusterAccess access;
    private readonly ClusterLimits limits;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public ApiServer(ClusterAccess access, ClusterLimits limits, TimeProvider time)
    {
        this.access = access;
        this.limits = limits;
        this.time = time;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = limits.Connect,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            SslOptions = Tls(access),
        };
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The cluster's name.</summary>
    public string Name => access.Name;

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        access.Dispose();
    }

    /// <summary>GET, with the body left to read.</summary>
    /// <param name="path">Path and query, escaped, with a leading slash.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The body, to be disposed of; it ends with a <see cref="ClusterFailure"/> when the server falls silent.</returns>
    public async Task<SpokenStream> GetAsync(string path, CancellationToken cancellationToken)
    {
        var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, AddressOf(path)), cancellationToken);
        return new SpokenStream(response, await response.Content.ReadAsStreamAsync(cancellationToken), limits.Silence, time);
    }

    /// <summary>A merge patch (RFC 7396): custom resources know no strategic one.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="body">JSON in UTF-8.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task PatchAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => Request(HttpMethod.Patch, "application/merge-patch+json", path, body), cancellationToken);
    }

    /// <summary>Creates an object.</summary>
    /// <param name="path">Path and query of its kind.</param>
    /// <param name="body">JSON in UTF-8.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task CreateAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => Request(HttpMethod.Post, "application/json", path, body), cancellationToken);
    }

    private static SslClientAuthenticationOptions Tls(ClusterAccess access)
    {
        var options = new SslClientAuthenticationOptions { CertificateRevocationCheckMode = X509RevocationMode.NoCheck };
        if (access.TlsServerName is not null) options.TargetHost = access.TlsServerName;
        if (access.ClientCertificate is not null)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(access.ClientCertificate, null, offline: true);
        if (access.Authorities is not null) options.CertificateChainPolicy = PolicyOf(access.Authorities);
        if (access.SkipTlsVerify) options.RemoteCertificateValidationCallback = (_, _, _, errors) => access.SkipTlsVerify || errors == SslPolicyErrors.None;
        return options;
    }

    private static X509ChainPolicy PolicyOf(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private HttpRequestMessage Request(HttpMethod method, string type, string path, ReadOnlyMemory<byte> body)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new HttpRequestMessage(method, AddressOf(path)) { Content = content };
    }

    private Uri AddressOf(string path) => new(access.Server.AbsoluteUri.TrimEnd('/') + path);

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        var response = await TrySendAsync(make(), cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized && access.Token?.Reread() == true)
        {
            response.Dispose();
            response = await TrySendAsync(make(), cancellationToken);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response) throw await FailureBody.ReadAsync(access.Name, response, limits, time, cancellationToken);
    }

    private async Task<HttpResponseMessage> TrySendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var sent = request;
        request.Headers.TryAddWithoutValidation("User-Agent", "OdooSky.GitOps");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (access.Token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.Token.Read());
        using var silence = new CancellationTokenSource(limits.Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            Count(sent, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
            return response;
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Count(sent, "timeout");
            throw new ClusterFailure(ClusterFailureKind.Silent, $"cluster {Name}: {access.Server.Authority} did not answer within {limits.Silence.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Count(sent, "unreachable");
            throw new ClusterFailure(ClusterFailureKind.Unreachable, $"cluster {Name}: {access.Server.Authority} can't be reached: {WordsOf(failure)}");
        }
    }

    // By verb as RBAC calls it: reading is a list or a watch here, never a get.
    private void Count(HttpRequestMessage request, string code)
    {
        var isWatch = request.RequestUri!.Query.Contains("&watch=1", StringComparison.Ordinal);
        var verb = request.Method == HttpMethod.Patch ? "patch" : request.Method == HttpMethod.Post ? "create" : isWatch ? "watch" : "list";
        Instruments.KubernetesRequests.Add(1, new("cluster", Name), new("verb", verb), new("code", code));
    }

    private static string WordsOf(Exception failure) =>
        failure.InnerException is AuthenticationException { Message: var tls } ? tls : failure.Message;
}
