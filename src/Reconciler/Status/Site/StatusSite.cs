using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Status.Pages;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Site;

/// <summary>Puts the pages together.</summary>
internal static class StatusSite
{
    /// <summary>The pages of a service.</summary>
    /// <param name="duty">The service.</param>
    /// <param name="hosts">By which names pages may be asked for.</param>
    /// <param name="secrets">What must not be shown.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ending">Ends what is read for pages.</param>
    /// <returns>The door.</returns>
    public static PageDoor Of(Duty duty, HostList hosts, Secrets secrets, TimeProvider time, CancellationToken ending)
    {
        var timelines = new Timelines(
            async (target, code, cancellation) => duty.Works.TryGetValue(target, out var work) ? await work.HistoryAsync(code, cancellation) : null,
            duty.Board.Touch,
            time,
            ending);
        return new PageDoor(duty.Board, new SiteMap(timelines, time), hosts, secrets.Hide, time);
    }

    /// <summary>Maps the pages to all paths that nothing else serves.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="door">The pages.</param>
    public static void MapPages(this IEndpointRouteBuilder routes, PageDoor door)
    {
        var life = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        routes.MapFallback("{**path}", context => door.ServeAsync(context, life.ApplicationStopping));
    }
}
