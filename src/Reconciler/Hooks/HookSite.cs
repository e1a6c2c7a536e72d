using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>What others may ask of the service: GitHub's webhooks, and orders of people with the token. Neither is there without its setting.</summary>
internal sealed class HookSite : IAsyncDisposable
{
    private readonly HintQueue queue;
    private readonly HookDoor hooks;
    private readonly OrderDoor orders;

    /// <summary>Puts it together.</summary>
    /// <param name="duty">The service.</param>
    /// <param name="keys">The files of keys, as the settings are now.</param>
    /// <param name="allows">By which names of a host orders may come.</param>
    /// <param name="tell">Hears of commands: target and words.</param>
    /// <param name="time">The clock.</param>
    public HookSite(Duty duty, Func<DoorKeys> keys, Func<string, bool> allows, Action<string, string> tell, TimeProvider time)
    {
        queue = new HintQueue(duty, tell, time);
        hooks = new HookDoor(keys, queue, time);
        orders = new OrderDoor(keys, duty, allows, time);
        HookDoor.Begin();
    }

    /// <summary>Maps the addresses.</summary>
    /// <param name="site">Where to.</param>
    public void Map(IEndpointRouteBuilder site)
    {
        var life = site.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        site.Map("/webhooks/github", hooks.ServeAsync);
        site.Map("/api/reconcile", context => orders.ServeAsync(context, life.ApplicationStopping));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => queue.DisposeAsync();
}
