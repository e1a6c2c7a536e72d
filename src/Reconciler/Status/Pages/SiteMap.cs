using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>What is asked of the site.</summary>
/// <param name="Path">The path's parts, without the ending of a JSON twin; none: the first page.</param>
/// <param name="Query">Gives the value of a name of the query, or null.</param>
internal sealed record PageQuestion(IReadOnlyList<string> Path, Func<string, string?> Query);

/// <summary>A page, as data and as HTML.</summary>
/// <param name="View">The data.</param>
/// <param name="Title">Its title.</param>
/// <param name="Section">Which part of the site it belongs to.</param>
/// <param name="Main">Makes what it says.</param>
internal sealed record PageAnswer(StatusView View, string Title, string Section, Func<Html> Main)
{
    /// <summary>Whether the page is there.</summary>
    public bool IsThere => View is not MissingView;
}

/// <summary>Which page stands where:
/// <code>
/// /                        the fleet            ?q= &amp;verdict= &amp;ring= &amp;target= &amp;page=
/// /instances/CODE          an instance          ?target=
/// /changes                 change sets          ?page=
/// /changes/NAME|NUMBER     a change set         ?target=
/// /drift /declined /problems                    ?page=
/// </code>
/// </summary>
/// <param name="timelines">Histories of instances.</param>
/// <param name="time">The clock, for the chart's last day.</param>
internal sealed class SiteMap(Timelines timelines, TimeProvider time)
{
    /// <summary>Finds a page.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="question">What is asked.</param>
    /// <returns>The page, or that there is none.</returns>
    public PageAnswer Answer(FleetSheet fleet, PageQuestion question) => question.Path switch
    {
        [] or ["index"] => Overview(OverviewMaker.Make(fleet, Filtering.Read(question.Query), time.GetUtcNow())),
        ["instances", var code] => Instance(fleet, code, TargetOf(question)),
        ["changes"] => List(ListMakers.Changes(fleet, PageOf(question)), "Changes", ChangePages.List),
        ["changes", var key] => Change(fleet, key, TargetOf(question)),
        ["drift"] => List(ListMakers.Drift(fleet, PageOf(question)), "Drift", ListPages.Drift),
        ["declined"] => List(ListMakers.Declined(fleet, PageOf(question)), "Declined", ListPages.Declined),
        ["problems"] => List(ListMakers.Problems(fleet, PageOf(question)), "Problems", ListPages.Problems),
        _ => Missing(fleet, "There is no such page."),
    };

    private static PageAnswer Overview(OverviewView view) => new(view, "Fleet", string.Empty, () => OverviewPage.Draw(view));

    private PageAnswer Instance(FleetSheet fleet, string code, string target)
    {
        if (InstanceMaker.Find(fleet, code, target) is not { } found) return Missing(fleet, $"There is no instance {StatusWords.Cut(code)}{(target.Length == 0 ? string.Empty : $" in the target {StatusWords.Cut(target)}")}.");
        var (sheet, line) = found;
        var head = sheet.Facts.Planned?.BaseCommit ?? string.Empty;
        var view = InstanceMaker.Make(fleet, found, timelines.Of(new TimelineKey(sheet.Name, line.Code, head, $"{line.Verdict} {line.Reason}")));
        return new PageAnswer(view, line.Code, string.Empty, () => InstancePage.Draw(view));
    }

    private static PageAnswer Change(FleetSheet fleet, string key, string target)
    {
        if (ListMakers.Change(fleet, key, target) is not { } view) return Missing(fleet, $"There is no change set and no pull request {StatusWords.Cut(key)}; what was merged or closed long ago is in Git.");
        return new PageAnswer(view, view.Change.Name, "changes", () => ChangePages.One(view));
    }

    private static PageAnswer List<T>(T view, string title, Func<T, Html> main)
        where T : StatusView => new(view, title, title.ToLowerInvariant(), () => main(view));

    private static PageAnswer Missing(FleetSheet fleet, string message)
    {
        var view = new MissingView { Numbers = fleet.Numbers, Message = message };
        return new PageAnswer(view, "Not here", "none", () => ListPages.Missing(view));
    }

    private static string TargetOf(PageQuestion question) => question.Query("target") ?? string.Empty;

    private static int PageOf(PageQuestion question) => Filtering.Page(question.Query("page"));
}
