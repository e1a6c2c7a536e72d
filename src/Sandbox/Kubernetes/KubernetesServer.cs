using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>
/// A stand-in for a Kubernetes API server on loopback, with the kinds that matter here: list, watch, get, merge patch, paging,
/// bookmarks and versions as a real one has them, and faults on demand. kubectl works with it.
/// </summary>
internal sealed class KubernetesServer : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentQueue<string> requests = [];

    private readonly X509Certificate2 certificate;

    private KubernetesServer(WebApplication web, X509Certificate2 certificate, TimeProvider time)
    {
        this.web = web;
        this.certificate = certificate;
        Store = new ObjectStore(time);
        Listing = new Listing(Store);
        var watching = new Watching(Store, time);
        var patching = new Patching(Store);
        web.Run(context => AnswerAsync(context, watching, patching));
    }

    /// <summary>The objects.</summary>
    public ObjectStore Store { get; }

    public Listing Listing { get; }

    /// <summary>Tokens that are accepted. A request without one is anonymous: 403; with another: 401.</summary>
    public ConcurrentDictionary<string, bool> Tokens { get; } = new(StringComparer.Ordinal) { ["sandbox"] = true };

    /// <summary>Asked for each request: what shall go wrong, or null.</summary>
    public Func<ApiRequest, Fault?> Faults { get; set; } = static _ => null;

    /// <summary><c>https://127.0.0.1:port, with a certificate of its own</c>.</summary>
    public Uri Address => new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Who vouches for its certificate, as PEM.</summary>
    public string Authority => certificate.ExportCertificatePem();

    /// <summary>All requests for objects so far: <c>list deployments.apps</c>.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    /// <summary>Starts a server on a free port.</summary>
    /// <param name="time">The clock of bookmarks, time-outs and creation times.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The running server.</returns>
    public static async Task<KubernetesServer> StartAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var identity = Certificate();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(identity));
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var server = new KubernetesServer(builder.Build(), identity, time);
        await server.web.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>A kubeconfig for it, as the context <c>sandbox</c>.</summary>
    /// <param name="others">Other servers, by the names of their contexts.</param>
    /// <returns>Its text.</returns>
    public string Kubeconfig(params IReadOnlyCollection<(string Name, KubernetesServer Server)> others)
    {
        List<(string Name, KubernetesServer Server)> all = [("sandbox", this), .. others];
        return "apiVersion: v1\nkind: Config\ncurrent-context: sandbox\n"
            + "clusters:\n" + string.Concat(all.Select(one => one.Server.ClusterNamed(one.Name)))
            + "users:\n  - name: sandbox\n    user:\n      token: sandbox\n"
            + "contexts:\n" + string.Concat(all.Select(one =>
                $"  - name: {one.Name}\n    context:\n      cluster: {one.Name}\n      user: sandbox\n      namespace: argocd\n"));
    }

    private string ClusterNamed(string name) => $"""
          - name: {name}
            cluster:
              server: {Address.AbsoluteUri.TrimEnd('/')}
              certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(Authority))}

        """;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        certificate.Dispose();
    }

    /// <summary>kubectl sends no token over plain http.</summary>
    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sandbox", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(365));
    }

    private async Task AnswerAsync(HttpContext context, Watching watching, Patching patching)
    {
        try
        {
            if (Discovery.Find(context) is { } discovered) await Answers.JsonAsync(context, discovered);
            else if (ApiRequest.Read(context.Request) is { } asked) await AnswerAsync(context, asked, (watching, patching));
            else await Answers.TextAsync(context, "404 page not found\n", 404);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, ApiRequest asked, (Watching Watching, Patching Patching) with)
    {
        requests.Enqueue($"{asked.Verb} {asked.Kind?.FullName ?? asked.Plural}");
        var token = context.Request.Headers.Authorization.ToString();
        if (token.Length == 0) await Answers.ForbiddenAsync(context, asked, "system:anonymous");
        else if (!Tokens.ContainsKey(token.Replace("Bearer ", "", StringComparison.Ordinal))) await Answers.StatusAsync(context, 401, "Unauthorized", "Unauthorized");
        else if (Faults(asked) is { } fault) await FailAsync(context, asked, fault);
        else if (asked.Kind is not { } kind) await Answers.TextAsync(context, "404 page not found\n", 404);
        else if (asked.Verb == "list") await Listing.AnswerAsync(context, asked);
        else if (asked.Verb == "watch") await with.Watching.AnswerAsync(context, asked);
        else if (asked.Verb == "patch") await with.Patching.AnswerAsync(context, asked);
        else if (asked.Verb == "create") await Creating.AnswerAsync(context, asked, Store);
        else if (Store.Find(kind, asked.Namespace ?? "", asked.Name ?? "") is { } found) await Answers.JsonAsync(context, found.DeepClone());
        else await Answers.NotFoundAsync(context, asked);
    }

    private static async Task FailAsync(HttpContext context, ApiRequest asked, Fault fault)
    {
        switch (fault)
        {
            case Fault.Text text:
                await Answers.TextAsync(context, text.Body, text.Status);
                return;
            case Fault.Forbidden:
                await Answers.ForbiddenAsync(context, asked, "system:serviceaccount:odoosky:gitops-reader");
                return;
            case Fault.Redirect redirect:
                context.Response.Redirect(redirect.To);
                return;
            case Fault.Silence:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return;
            case Fault.Bytes bytes:
                await SendAsync(context, bytes.Body);
                if (!bytes.Clean) context.Abort();
                return;
            case Fault.Stall stall:
                await SendAsync(context, stall.Body);
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return;
        }
    }

    private static async Task SendAsync(HttpContext context, string body)
    {
        Answers.Head(context, 200, "application/json");
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
