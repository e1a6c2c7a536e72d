using System.Globalization;
using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>The page of all change sets, and the page of one.</summary>
internal static class ChangePages
{
    /// <summary>All change sets.</summary>
    /// <param name="view">The view.</param>
    /// <returns>HTML.</returns>
    public static Html List(ChangesView view) => Html.Of($"""
        <div class="head"><h1>Changes</h1><p class="lead">Each change set is a branch, and a pull request where there is a forge. People merge; a closed one stays closed.</p></div>
        <section class="card" aria-labelledby="sets"><h2 id="sets">Change sets</h2>
        {(view.Changes.Items.IsEmpty ? Parts.Empty("Nothing is proposed: every overlay says what is desired, or what differs is declined or waits.") : Table(view))}
        {Parts.Pager(view.Changes.Page, view.Changes.Pages, page => Href.To("changes").With(("page", page.ToString(CultureInfo.InvariantCulture))))}
        </section>
        {Html.If(!view.Waiting.IsEmpty, () => Html.Of($"<section class=\"card\" aria-labelledby=\"waiting\"><h2 id=\"waiting\">Waiting for their time</h2><ul class=\"findings\">{Html.Each(view.Waiting, ListPages.Held)}</ul></section>"))}
        """);

    /// <summary>One change set.</summary>
    /// <param name="view">The view.</param>
    /// <returns>HTML.</returns>
    public static Html One(ChangeView view)
    {
        var change = view.Change;
        return Html.Of($"""
            <div class="head"><p class="crumb"><a href="{Href.To("changes")}">Changes</a> / change set</p><h1>{change.Name} <span class="badge busy">{change.State}</span></h1><p class="lead">{view.Title ?? change.Branch}</p></div>
            <section class="card" aria-labelledby="facts"><h2 id="facts">The change set</h2>
            <dl>
            <dt>Pull request</dt><dd>{(change.PullRequest is null ? Html.Of($"none yet") : Parts.PullRequest(change.PullRequest))}</dd>
            <dt>Branch</dt><dd><code>{change.Branch}</code></dd>
            {Html.If(change.Because, because => Html.Of($"<dt>Because</dt><dd>{because}</dd>"))}
            <dt>Instances</dt><dd>{change.Instances}</dd>
            <dt>Restarts</dt><dd>{change.Restarts}</dd>
            </dl></section>
            <section class="card" aria-labelledby="members"><h2 id="members">Instances</h2>
            {(view.Instances.IsEmpty ? Parts.Empty("Its instances are not known any more.") : Members(view))}
            </section>
            """);
    }

    private static Html Table(ChangesView view) => Html.Of($"""
        <table>
        <caption class="unseen">Change sets by target and branch</caption>
        <thead><tr><th scope="col">Change set</th><th scope="col">State</th><th scope="col">Pull request</th><th scope="col">Instances</th><th scope="col">Restarts</th></tr></thead>
        <tbody>
        {Html.Each(view.Changes.Items, Row)}
        </tbody></table>
        """);

    private static Html Row(ChangeLine change) => Html.Of($"""
        <tr><th scope="row"><a href="{Parts.Change(change.Target, change.Name)}">{change.Name}</a><small>{change.Target}</small></th>
        <td>{change.State}{Small(change.Because)}</td>
        <td>{Parts.PullRequest(change.PullRequest)}</td><td>{change.Instances}</td><td>{change.Restarts}</td></tr>

        """);

    private static Html Members(ChangeView view) => Html.Of($"""
        <table>
        <caption class="unseen">What the change set changes</caption>
        <thead><tr><th scope="col">Instance</th><th scope="col">Change</th><th scope="col">Asked by</th><th scope="col" class="wide">Hash</th></tr></thead>
        <tbody>
        {Html.Each(view.Instances, each => Member(view.Change.Target, each))}
        </tbody></table>
        """);

    private static Html Member(string target, ChangedInstance each) => Html.Of($"""
        <tr><th scope="row"><a href="{Parts.Instance(target, each.Code)}">{each.Code}</a><small>{Parts.Verdict(each.Verdict)}</small></th>
        <td>{each.Sentence ?? "nothing any more"} {Parts.Restarts(each.Restarts)}</td>
        <td>{each.RequestedBy}{Small(each.Reason)}{Small(each.Ticket)}</td>
        <td class="wide">{Parts.Short(each.HashBefore)} → {Parts.Short(each.HashAfter)}</td></tr>

        """);

    private static Html Small(string? text) => Html.If(text, words => Html.Of($"<small>{words}</small>"));
}
