using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>The first page: how many are how well, what restarts, what comes next, and every instance.</summary>
internal static class OverviewPage
{
    private const int LongestSentence = 150;
    private const int LongestDetail = 90;

    /// <summary>What the page says.</summary>
    /// <param name="view">The view.</param>
    /// <returns>HTML.</returns>
    public static Html Draw(OverviewView view) => Html.Of($"""
        <div class="head"><h1>Fleet</h1><p class="lead">{Lead(view)}</p></div>
        {Html.Each(view.Targets.Where(target => target.Trouble is not null), Trouble)}
        {Tiles(view)}
        <div class="columns">
        <section class="card" aria-labelledby="restarts"><h2 id="restarts">Restarts</h2>{RestartChart.Draw(view.Restarts)}</section>
        <section class="card" aria-labelledby="runs"><h2 id="runs">Next runs</h2>{JobsTable.Draw(view.Targets)}</section>
        </div>
        <section class="card" aria-labelledby="list">
        <h2 id="list">Instances</h2>
        {FilterForm.Draw(view)}
        {Table(view)}
        {Parts.Pager(view.Instances.Page, view.Instances.Pages, page => FilterForm.Address(view.Filter, page))}
        </section>
        """);

    private static Html Lead(OverviewView view) => view.Targets is [var only]
        ? Html.Of($"{Parts.Count(only.Instances, "instance")} of the target <b>{only.Name}</b>{Html.If(only.Commit, commit => Html.Of($", planned on {only.Branch} at {Parts.Short(commit)}"))}.")
        : Html.Of($"{Parts.Count(view.Numbers.Instances, "instance")} of {Parts.Count(view.Targets.Length, "target")}.");

    private static Html Trouble(TargetView target) => Html.Of($"""
        <p class="alert"><b>{target.Name}</b>: {target.Trouble} <a href="{Href.To("problems")}">Problems</a></p>
        """);

    private static Html Tiles(OverviewView view) => Html.Of($"""
        <section aria-labelledby="verdicts">
        <h2 id="verdicts" class="unseen">Is it live?</h2>
        <ul class="tiles">{Html.Each(view.Verdicts, verdict => Tile(verdict, view.Filter))}</ul>
        {HealthBar.Draw(view.Verdicts)}
        </section>
        """);

    private static Html Tile(VerdictCount verdict, StatusFilter filter)
    {
        var (tone, sign) = Parts.Tone(verdict.Verdict);
        var chosen = filter.Verdict.Equals(verdict.Verdict, StringComparison.OrdinalIgnoreCase);
        var href = FilterForm.Address(filter with { Verdict = chosen ? string.Empty : verdict.Verdict }, 1);
        return Html.Of($"""
            <li><a class="tile {tone}{(chosen ? " chosen" : "")}" href="{href}"><span class="number">{verdict.Count}</span><span class="name"><span class="sign" aria-hidden="true">{sign}</span>{Parts.Words(verdict.Verdict)}</span></a></li>
            """);
    }

    private static Html Table(OverviewView view) => view.Instances.Items.IsEmpty
        ? Parts.Empty(view.Numbers.Instances == 0 ? "There is no instance yet. The first pass may still be running." : "No instance matches the filter.")
        : Html.Of($"""
            <table class="instances">
            <caption class="unseen">Instances: those that are not well first</caption>
            <thead><tr><th scope="col">Instance</th><th scope="col">Verdict</th><th scope="col">Change</th><th scope="col" class="wide">Hash</th></tr></thead>
            <tbody>
            {Html.Each(view.Instances.Items, line => Row(line, view.Targets.Length > 1))}
            </tbody>
            </table>
            """);

    private static Html Row(InstanceLine line, bool severalTargets) => Html.Of($"""
        <tr><th scope="row"><a href="{Parts.Instance(line.Target, line.Code)}">{line.Code}</a>{Standing(line.Action)}{Small(Where(line, severalTargets))}</th>
        <td>{Parts.Verdict(line.Verdict)}{Small(Why(line))}</td>
        <td>{Change(line)}</td>
        <td class="wide">{Html.If(line.Hash, hash => Html.Of($"<code>{hash}</code>"))}</td></tr>

        """);

    private static Html Small(string? text) => Html.If(text, words => Html.Of($"<small>{words}</small>"));

    /// <summary>What nobody works on looks so.</summary>
    /// <param name="action">What is to happen to an overlay.</param>
    /// <returns>A badge, or nothing.</returns>
    public static Html Standing(string? action) => Html.If(action is "suspended" or "stopped" or "orphaned", () => Html.Of($" <span class=\"badge {(action == "stopped" ? "bad" : "plain")}\">{action}</span>"));

    private static string? Where(InstanceLine line, bool severalTargets) =>
        string.Join(" · ", new[] { severalTargets ? line.Target : null, line.Ring }.OfType<string>()) is { Length: > 0 } where ? where : null;

    private static string? Why(InstanceLine line) => line.Reason is null or Rollout.ReasonCodes.Proven ? null : StatusWords.Cut(line.Detail is null ? line.Reason : $"{line.Reason}: {line.Detail}", LongestDetail);

    private static Html Change(InstanceLine line)
    {
        if (line.Sentence is null) return Html.Of($"<span class=\"quiet\">nothing differs</span>");
        var set = Html.If(line.Change, change => Html.Of($"<a href=\"{Parts.Change(line.Target, change.Name)}\">{change.Name}</a> "));
        var link = line.Held is { } held
            ? Html.Of($"<small>{set}not proposed: {StatusWords.Cut(held, LongestDetail)}</small>")
            : Html.Of($"<small>{set}{line.Change?.State} {Parts.PullRequest(line.Change?.PullRequest)} {Parts.Restarts(line.Restarts)}</small>");
        return Html.Of($"{StatusWords.Cut(line.Sentence, LongestSentence)}{link}");
    }
}
