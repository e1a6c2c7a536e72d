using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>What was seen of an instance in its cluster.</summary>
internal static class ClusterCards
{
    /// <summary>Its Application.</summary>
    /// <param name="view">The view; null: none was seen.</param>
    /// <returns>A card.</returns>
    public static Html Application(ApplicationView? view) => Html.Of($"""
        <section class="card" aria-labelledby="application"><h2 id="application">Argo CD</h2>
        {(view is null ? Parts.Empty("No Application was seen, or several.") : Facts(view))}
        </section>
        """);

    /// <summary>Its Deployment.</summary>
    /// <param name="view">The view; null: none was seen.</param>
    /// <returns>A card.</returns>
    public static Html Deployment(DeploymentView? view) => Html.Of($"""
        <section class="card" aria-labelledby="deployment"><h2 id="deployment">Deployment</h2>
        {(view is null ? Parts.Empty("No Deployment was seen, or several.") : Facts(view))}
        </section>
        """);

    private static Html Facts(ApplicationView view) => Html.Of($"""
        <dl>
        <dt>Application</dt><dd>{view.Name}</dd>
        <dt>Sync</dt><dd>{view.Sync ?? "not compared yet"}</dd>
        <dt>Health</dt><dd>{view.Health ?? "–"}</dd>
        <dt>Revision</dt><dd>{Parts.Short(view.Revision)}</dd>
        <dt>Last sync</dt><dd>{view.Phase ?? "–"}{Html.If(view.Message, message => Html.Of($"<br><small>{message}</small>"))}</dd>
        {Html.If(!view.Conditions.IsEmpty, () => Html.Of($"<dt>Conditions</dt><dd>{Html.Each(view.Conditions, each => Html.Of($"<small>{each}</small>"))}</dd>"))}
        </dl>
        """);

    private static Html Facts(DeploymentView view) => Html.Of($"""
        <dl>
        <dt>Deployment</dt><dd>{view.Name}</dd>
        <dt>Hash</dt><dd>{Html.If(view.Hash, hash => Html.Of($"<code>{hash}</code>"))}</dd>
        <dt>Pods ready</dt><dd>{view.Ready} of {view.Wanted}{Html.If(view.Paused, () => Html.Of($" <span class=\"badge warn\">paused</span>"))}</dd>
        {Html.Each(view.Pods, Pod)}
        </dl>
        """);

    private static Html Pod(PodView pod) => Html.Of($"""
        <dt>Pod</dt><dd>{pod.Name} · {pod.Phase}{Html.If(pod.Hash, hash => Html.Of($" · <code>{hash}</code>"))}{Html.Each(pod.Containers, each => Html.Of($"<br><small class=\"trouble\">{each}</small>"))}</dd>
        """);
}
