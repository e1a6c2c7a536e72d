using System.Globalization;
using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>The form that filters instances: all of it stands in the address, so that a view can be kept and sent.</summary>
internal static class FilterForm
{
    /// <summary>Draws it.</summary>
    /// <param name="view">The view.</param>
    /// <returns>A form.</returns>
    public static Html Draw(OverviewView view)
    {
        var filter = view.Filter;
        return Html.Of($"""
            <form class="filter" role="search" method="get" action="{Href.To()}">
            <label for="q"><span class="unseen">Search for</span><input id="q" name="q" type="search" value="{filter.Q}" maxlength="100" placeholder="Code, reason, change …"></label>
            {Choice("verdict", "Any verdict", filter.Verdict, view.Verdicts.Select(verdict => (verdict.Verdict, Parts.Words(verdict.Verdict))))}
            {Html.If(view.Rings.Length > 0, () => Choice("ring", "Any ring", filter.Ring, view.Rings.Select(ring => (ring, ring))))}
            {Html.If(view.Targets.Length > 1, () => Choice("target", "Any target", filter.Target, view.Targets.Select(target => (target.Name, target.Name))))}
            <button type="submit">Filter</button>
            {Html.If(!Filtering.IsOpen(filter), () => Html.Of($"<a href=\"{Href.To()}\">Clear</a>"))}
            <span class="quiet">{view.Instances.Matches} of {view.Numbers.Instances}</span>
            </form>
            """);
    }

    /// <summary>The address of a page of the list.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="page">Which page.</param>
    /// <returns>The address.</returns>
    public static Href Address(StatusFilter filter, int page) => Href.To().With(
        ("q", filter.Q), ("verdict", filter.Verdict), ("ring", filter.Ring), ("target", filter.Target), ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null));

    private static Html Choice(string name, string any, string chosen, IEnumerable<(string Value, string Words)> values) => Html.Of($"""
        <label for="{name}"><span class="unseen">{any}</span><select id="{name}" name="{name}"><option value="">{any}</option>
        {Html.Each(values, each => Option(each.Value, each.Words, each.Value.Equals(chosen, StringComparison.OrdinalIgnoreCase)))}
        </select></label>
        """);

    private static Html Option(string value, string words, bool isChosen) => isChosen
        ? Html.Of($"<option value=\"{value}\" selected>{words}</option>")
        : Html.Of($"<option value=\"{value}\">{words}</option>");
}
