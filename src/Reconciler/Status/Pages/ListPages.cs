using System.Globalization;
using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>Drift, what people declined, and problems.</summary>
internal static class ListPages
{
    /// <summary>Drift.</summary>
    /// <param name="view">The view.</param>
    /// <returns>HTML.</returns>
    public static Html Drift(DriftView view) => Html.Of($"""
        <div class="head"><h1>Drift</h1><p class="lead">What differs between the desired state, Git, Argo CD and what runs. {Html.Each(view.LookedAt, pair => Html.Of($"<b>{pair.Key}</b> was looked at {Parts.Time(pair.Value)}. "))}</p></div>
        <section class="card" aria-labelledby="findings"><h2 id="findings">Findings</h2>
        {(view.Findings.Items.IsEmpty ? Parts.Empty("Nothing differs.") : Html.Of($"<ul class=\"findings\">{Html.Each(view.Findings.Items, Finding)}</ul>"))}
        {Pager(view.Findings.Page, view.Findings.Pages, "drift")}
        </section>
        """);

    /// <summary>What people said no to.</summary>
    /// <param name="view">The view.</param>
    /// <returns>HTML.</returns>
    public static Html Declined(DeclinedView view) => Html.Of($"""
        <div class="head"><h1>Declined</h1><p class="lead">Changes that are desired, and that somebody closed or took back. They stay closed until the desired state changes or the no is taken back.</p></div>
        <section class="card" aria-labelledby="declined"><h2 id="declined">Changes</h2>
        {(view.Changes.Items.IsEmpty ? Parts.Empty("Nobody declined anything.") : Html.Of($"<ul class=\"findings\">{Html.Each(view.Changes.Items, Held)}</ul>"))}
        {Pager(view.Changes.Page, view.Changes.Pages, "declined")}
        </section>
        """);

    /// <summary>What is wrong.</summary>
    /// <param name="view">The view.</param>
    /// <returns>HTML.</returns>
    public static Html Problems(ProblemsView view) => Html.Of($"""
        <div class="head"><h1>Problems</h1><p class="lead">Failed jobs, plans that a guard holds, and what is wrong in files. A problem inside one instance stops that one alone.</p></div>
        <section class="card" aria-labelledby="problems"><h2 id="problems">Problems and warnings</h2>
        {(view.Problems.Items.IsEmpty ? Parts.Empty("There is no problem.") : Html.Of($"<ul class=\"findings\">{Html.Each(view.Problems.Items, Problem)}</ul>"))}
        {Pager(view.Problems.Page, view.Problems.Pages, "problems")}
        </section>
        """);

    /// <summary>That there is no such page.</summary>
    /// <param name="view">The view.</param>
    /// <returns>HTML.</returns>
    public static Html Missing(MissingView view) => Html.Of($"""
        <div class="head"><h1>Not here</h1><p class="lead">{view.Message}</p></div>
        <p><a href="{Href.To()}">The whole fleet</a></p>
        """);

    /// <summary>A drift finding.</summary>
    /// <param name="line">The finding.</param>
    /// <returns>An item of a list.</returns>
    public static Html Finding(DriftLine line)
    {
        var subject = line.IsInstance ? Html.Of($"<a href=\"{Parts.Instance(line.Target, line.Subject)}\">{line.Subject}</a>") : Html.Of($"{line.Subject}");
        return Html.Of($"""
            <li><p><b>{subject}</b> <span class="badge plain">{line.Class}</span> <span class="badge busy">{line.Kind}</span> <small>{line.Target}</small></p>
            <p>{line.Text}</p><p class="quiet">To do: {line.Remedy}</p></li>
            """);
    }

    /// <summary>A change that is not proposed.</summary>
    /// <param name="line">The change.</param>
    /// <returns>An item of a list.</returns>
    public static Html Held(HeldLine line) => Html.Of($"""
        <li><p><b><a href="{Parts.Instance(line.Target, line.Code)}">{line.Code}</a></b>
        <span class="badge warn">{line.Kind}</span> {Parts.PullRequest(line.PullRequest)} <small>{line.Target}</small></p>
        <p>{line.Sentence}</p><p class="quiet">{line.Reason}. To do: {line.Remedy}</p></li>
        """);

    /// <summary>A problem above other things.</summary>
    /// <param name="line">The problem.</param>
    /// <returns>A paragraph.</returns>
    public static Html Alert(ProblemLine line) => Html.Of($"""
        <p class="alert {line.Severity}"><b>{line.Code}</b> {line.Message} {line.Remedy} <small>{line.Place}</small></p>
        """);

    private static Html Problem(ProblemLine line) => Html.Of($"""
        <li><p><span class="badge {(line.Severity == "error" ? "bad" : "warn")}">{line.Severity}</span>
        {Html.If(line.Code, code => Html.Of($"<code>{code}</code>"))}
        {Html.If(line.Instance, code => Html.Of($"<b><a href=\"{Parts.Instance(line.Target, code)}\">{code}</a></b>"))}
        <small>{line.Target} · {line.Place}</small></p>
        <p>{line.Message}</p>{Html.If(line.Remedy, remedy => Html.Of($"<p class=\"quiet\">To do: {remedy}</p>"))}</li>
        """);

    private static Html Pager(int page, int pages, string path) =>
        Parts.Pager(page, pages, at => Href.To(path).With(("page", at.ToString(CultureInfo.InvariantCulture))));
}
