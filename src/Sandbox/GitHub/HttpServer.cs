using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Kestrel on 127.0.0.1; it can stop listening and come back on the same port.</summary>
/// <param name="pipeline">Answers requests.</param>
internal sealed class HttpServer(Pipeline pipeline) : IAsyncDisposable
{
    private WebApplication? running;
    private int port;

    /// <summary>Where it listens, or listened.</summary>
    public string Address => $"http://127.0.0.1:{port}";

    /// <summary>Listens: on a free port the first time, on the same one after that.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        var app = builder.Build();
        app.Run(pipeline.ServeAsync);
        await app.StartAsync(cancellationToken);
        running = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        port = new Uri(addresses.Addresses.First()).Port;
    }

    /// <summary>Connections are refused from now on, and open ones end.</summary>
    public async Task StopAsync()
    {
        if (running is null) return;
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await running.StopAsync(atOnce.Token);
        await running.DisposeAsync();
        running = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.AllowAlternateSchemes = true;
        options.Limits.MaxRequestBodySize = null;
        options.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection =>
            {
                var pipe = new CuttingPipe(connection);
                connection.Transport = pipe;
                connection.Items[Reply.PipeName] = pipe;
                return next(connection);
            });
        });
    }
}
