using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace OdooSky.GitOps.Reconciler.Tests.GitHub;

/// <summary>A request as the server saw it.</summary>
internal sealed record Seen(string Method, string Path, ImmutableSortedDictionary<string, string> Headers, string Body)
{
    public string Line => $"{Method} {Path}";
}

/// <summary>An https server on loopback that answers from a script: a real socket, a real certificate, whatever answer a test wants.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private static readonly X509Certificate2 Certificate = MakeCertificate();

    private readonly WebApplication app;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-github-");
    private readonly ConcurrentQueue<Seen> seen = new();
    private readonly Func<HttpContext, Task> answer;

    private ScriptedServer(Func<HttpContext, Task> answer)
    {
        this.answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(Certificate);
            });
        });
        app = builder.Build();
        app.Run(ServeAsync);
        File.WriteAllText(CaFile, Certificate.ExportCertificatePem());
    }

    public string CaFile => Path.Combine(folder.FullName, "ca.pem");

    public Uri Url => new(app.Urls.First());

    public IReadOnlyList<Seen> Requests => [.. seen];

    public static async Task<ScriptedServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var server = new ScriptedServer(answer);
        await server.app.StartAsync();
        return server;
    }

    public void Forget() => seen.Clear();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        var headers = request.Headers.ToImmutableSortedDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        seen.Enqueue(new Seen(request.Method, target, headers, body));
        context.Response.Headers["X-GitHub-Request-Id"] = "0001";
        await answer(context);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
