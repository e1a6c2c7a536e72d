using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>The page of one instance.</summary>
internal static class InstancePage
{
    /// <summary>What the page says.</summary>
    /// <param name="view">The view.</param>
    /// <returns>HTML.</returns>
    public static Html Draw(InstanceView view) => Html.Of($"""
        <div class="head"><p class="crumb"><a href="{Href.To()}">Fleet</a> / instance</p><h1>{view.Instance.Code} {Parts.Verdict(view.Instance.Verdict)}{OverviewPage.Standing(view.Instance.Action)}</h1><p class="lead">{Lead(view)}</p></div>
        {Html.Each(view.Problems, ListPages.Alert)}
        <div class="columns">
        {ProofCard(view.Proof)}
        {PlannedCard(view)}
        </div>
        {RowsCard(view.Overlay)}
        <div class="columns">
        {ClusterCards.Application(view.Application)}
        {ClusterCards.Deployment(view.Deployment)}
        </div>
        {Html.If(!view.Drift.IsEmpty, () => Html.Of($"<section class=\"card\" aria-labelledby=\"drift\"><h2 id=\"drift\">Drift</h2><ul class=\"findings\">{Html.Each(view.Drift, ListPages.Finding)}</ul></section>"))}
        {TimelineCard.Draw(view.Timeline)}
        """);

    private static Html Lead(InstanceView view)
    {
        var instance = view.Instance;
        return Html.Of($"""
            Target <b>{instance.Target}</b>
            {Html.If(instance.Ring, ring => Html.Of($" · ring <b>{ring}</b>"))}
            {Html.If(instance.Hash, hash => Html.Of($" · hash <code>{hash}</code>"))}
            {Html.Each(view.Labels, label => Html.Of($" <span class=\"label-chip\">{label.Key}: {label.Value}</span>"))}
            {Html.Each(view.AlsoIn, target => Html.Of($" · <a href=\"{Parts.Instance(target, instance.Code)}\">also in {target}</a>"))}
            """);
    }

    private static Html ProofCard(ProofView? proof) => proof is null
        ? Html.Of($"<section class=\"card\" aria-labelledby=\"proof\"><h2 id=\"proof\">Is it live?</h2>{Parts.Empty("Nobody looked: no cluster is named in the settings, or the first look is still to come.")}</section>")
        : Html.Of($"""
            <section class="card" aria-labelledby="proof"><h2 id="proof">Is it live?</h2>
            <dl>
            <dt>Verdict</dt><dd>{Parts.Verdict(proof.Verdict)} {proof.Reason}{Html.If(proof.Detail, detail => Html.Of($"<br><small>{detail}</small>"))}</dd>
            <dt>Next</dt><dd>{proof.Next}</dd>
            {Html.If(proof.Progress, progress => Html.Of($"<dt>Ready</dt><dd>{progress}</dd>"))}
            {Html.If(proof.Since, since => Html.Of($"<dt>Since</dt><dd>{Parts.Time(since)} UTC{Lead(proof.LeadTimeSeconds)}</dd>"))}
            <dt>Merged</dt><dd>{Parts.Short(proof.Commit)} {Parts.Time(proof.MergedAt)} UTC</dd>
            {Html.If(proof.RestsOn, by => Html.Of($"<dt>Rests on</dt><dd>the {by}</dd>"))}
            </dl>
            {Html.If(!proof.Findings.IsEmpty, () => Html.Of($"<ul class=\"findings\">{Html.Each(proof.Findings, finding => Html.Of($"<li><b>{finding.Code}</b> {finding.Text}</li>"))}</ul>"))}
            {Html.If(!proof.Evidence.IsEmpty, () => Evidence(proof))}
            </section>
            """);

    private static Html Lead(long? seconds) => seconds is { } lead ? Html.Of($", {Overlay.Desired.Duration.Write(TimeSpan.FromSeconds(lead))} after the merge") : Html.None;

    private static Html Evidence(ProofView proof) => Html.Of($"""
        <details id="evidence"><summary>Evidence</summary><dl class="evidence">{Html.Each(proof.Evidence, each => Html.Of($"<dt><code>{each.Field}</code></dt><dd><code>{each.Value}</code></dd>"))}</dl></details>
        """);

    private static Html PlannedCard(InstanceView view)
    {
        var line = view.Instance;
        if (view.Planned is not { } planned)
            return Html.Of($"<section class=\"card\" aria-labelledby=\"change\"><h2 id=\"change\">What is to change</h2>{Parts.Empty(line.Sentence ?? "Nothing: the overlay says what is desired.")}</section>");
        return Html.Of($"""
            <section class="card" aria-labelledby="change"><h2 id="change">What is to change</h2>
            <p>{line.Sentence}</p>
            <dl>
            <dt>Restart</dt><dd>{Parts.Restarts(line.Restarts ?? "no")} {string.Join(", ", planned.Pods)}</dd>
            {Html.If(line.Change, change => Html.Of($"<dt>Change set</dt><dd><a href=\"{Parts.Change(line.Target, change.Name)}\">{change.Name}</a> {change.State} {Parts.PullRequest(change.PullRequest)}</dd>"))}
            {Html.If(line.Held, held => Html.Of($"<dt>Not proposed</dt><dd>{held}</dd>"))}
            {Html.If(planned.RequestedBy, by => Html.Of($"<dt>Asked by</dt><dd>{by}</dd>"))}
            {Html.If(planned.Reason, reason => Html.Of($"<dt>Because</dt><dd>{reason}</dd>"))}
            {Html.If(planned.Ticket, ticket => Html.Of($"<dt>Ticket</dt><dd>{ticket}</dd>"))}
            {Html.If(!planned.InitContainers.IsEmpty, () => Html.Of($"<dt>Init containers</dt><dd>{Html.Each(planned.InitContainers, each => Html.Of($"{each}<br>"))}</dd>"))}
            </dl>
            {Html.If(planned.Diff.Length > 0, () => Html.Of($"<details id=\"diff\"><summary>The overlay's change</summary>{DiffText.Draw(planned.Diff)}</details>"))}
            </section>
            """);
    }

    private static Html RowsCard(OverlayView? overlay) => overlay is null ? Html.None : Html.Of($"""
        <section class="card" aria-labelledby="rows"><h2 id="rows">Addon rows</h2>
        <p class="sum"><code>{overlay.Path}</code> · hash on base {Parts.Short(overlay.HashOnBase)}{Html.If(overlay.HashDesired, hash => Html.Of($" → {Parts.Short(hash)}"))} · {Parts.Count(overlay.Rows.Length, "row")}</p>
        {(overlay.Rows.IsEmpty ? Parts.Empty("The overlay lists no addon.") : Rows(overlay))}
        </section>
        """);

    private static Html Rows(OverlayView overlay) => Html.Of($"""
        <table class="rows">
        <caption class="unseen">Addon rows as desired, those that ship with Odoo included</caption>
        <thead><tr><th scope="col">Addon</th><th scope="col">Source</th><th scope="col">Version</th><th scope="col" class="wide">Image</th></tr></thead>
        <tbody>
        {Html.Each(overlay.Rows, Row)}
        </tbody>
        </table>
        """);

    private static Html Row(RowView row) => Html.Of($"""
        <tr class="{row.Change}"><th scope="row">{row.Code}{Change(row)}</th>
        <td>{(row.IsBuiltin ? Html.Of($"<span class=\"quiet\">{row.Source}</span>") : Html.Of($"{row.Source}"))}</td>
        <td>{Html.If(row.Before, before => Html.Of($"<del>{before}</del> → "))}{row.Version}</td>
        <td class="wide"><small>{row.Image}</small></td></tr>

        """);

    private static Html Change(RowView row) =>
        Html.If(row.Change != "same", () => Html.Of($" <span class=\"badge {(row.Change == "removed" ? "bad" : "busy")}\">{row.Change}</span>"));
}
