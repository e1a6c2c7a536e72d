using System.Globalization;
using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>The jobs of all targets: how they ended, and when they run next.</summary>
internal static class JobsTable
{
    /// <summary>Draws it.</summary>
    /// <param name="targets">The targets.</param>
    /// <returns>A table.</returns>
    public static Html Draw(IReadOnlyList<TargetView> targets) => targets.Count == 0
        ? Parts.Empty("No target is served.")
        : Html.Of($"""
            <table class="jobs">
            <caption class="unseen">Jobs by target, times in UTC</caption>
            <thead><tr>{Html.If(targets.Count > 1, () => Html.Of($"<th scope=\"col\">Target</th>"))}<th scope="col">Job</th><th scope="col">Last</th><th scope="col">Next, UTC</th></tr></thead>
            <tbody>
            {Html.Each(targets.SelectMany(target => target.Jobs.Select(job => (target.Name, Job: job))), pair => Row(targets.Count > 1 ? pair.Name : null, pair.Job))}
            </tbody>
            </table>
            {Html.Each(targets.Where(target => target.Replica is not null), Replica)}
            """);

    private static Html Replica(TargetView target) => Html.Of($"""
        <p class="quiet"><small><b>{target.Name}</b>: {Words(target)}</small></p>

        """);

    private static string Words(TargetView target) =>
        !target.IsElsewhere ? $"this replica, {target.Replica}, works on it."
        : target.ReadHere is null ? $"the replica {target.Replica} works on it; this one has not read it yet."
        : $"the replica {target.Replica} works on it. What stands here is this one's own reading, of {target.ReadHere} UTC.";

    private static Html Row(string? target, JobView job) => Html.Of($"""
        <tr>{Html.If(target, name => Html.Of($"<td>{name}</td>"))}<th scope="row">{job.Job}</th><td>{Last(job)}</td><td>{Next(job)}</td></tr>

        """);

    private static Html Last(JobView job)
    {
        if (job.LastRun is null) return Html.Of($"<span class=\"quiet\">not yet</span>");
        var took = (job.TookSeconds ?? 0).ToString("0.0", CultureInfo.InvariantCulture);
        return job.Failure is null
            ? Html.Of($"<span class=\"ok\">done</span> <small>{Parts.Hour(job.LastRun)}, {took} s</small>")
            : Html.Of($"<span class=\"badge bad\">failed</span> <small>{Parts.Hour(job.LastRun)} <a href=\"{Href.To("problems")}\">{(job.Failure.Length > 7 && job.Failure[7] == ':' ? job.Failure[..7] : "why")}</a></small>");
    }

    private static Html Next(JobView job) => job.RunningSince is not null ? Html.Of($"<span class=\"badge busy\">running</span>") : Parts.Hour(job.NextRun);
}
