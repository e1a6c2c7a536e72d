using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace OdooSky.GitOps.Reconciler.Status;

/// <summary>The service's own web server. It writes no log of its own and takes no signals: both are the service's business.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly WebApplication application;

    private WebHost(WebApplication application) => this.application = application;

    /// <summary>Where it listens, with the ports that it was given.</summary>
    public IEnumerable<string> Addresses => application.Urls;

    /// <summary>Starts it.</summary>
    /// <param name="urls">Where it listens, joined by semicolons.</param>
    /// <param name="maps">Map what it serves.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The server, to be disposed.</returns>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<WebHost> StartAsync(string urls, IReadOnlyList<Action<IEndpointRouteBuilder>> maps, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var built = builder.Build();
        foreach (var map in maps) map(built);
        await built.StartAsync(cancellationToken);
        return new WebHost(built);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await application.StopAsync(limit.Token);
        await application.DisposeAsync();
    }
}
