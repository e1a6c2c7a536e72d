using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Plan;

/// <summary>A plan without a Helm version is stopped only where what it needs differs between versions.</summary>
public sealed class VersionsTests
{
    private const string ChartWithNulls = "addons: []\nimage: {repository: odoo, tag: \"17.0\"}\ningress:\n  tls:\n";

    [Fact]
    public void A_null_in_the_chart_that_no_change_meets_stops_nothing()
    {
        var change = Planned.Plan(Planned.Wish(Planned.Sale), rules: Over(ChartWithNulls));
        Assert.Equal((ChangeAction.Update, Restart.Yes), (change.Action, change.Forecast.Restart));
        Assert.Empty(change.Problems.Where(problem => problem.Severity == Severity.Error));
    }

    [Fact]
    public void A_null_of_the_chart_that_a_change_meets_stops_the_instance_and_names_the_key()
    {
        var wish = Planned.Wish(Planned.Sale) with { Values = Planned.Values("ingress: {tls: {a: ~}}\n") };
        var change = Planned.Plan(wish, rules: Over("addons: []\ningress:\n  tls: {a: ~, b: 1}\n"));
        Assert.Equal(ChangeAction.Stopped, change.Action);
        Assert.Equal(
            "the chart's values.yaml:3:12: error OSG0502: Helm's reading of this file is not certain (versions-disagree): Helm 3.19.4 and 3.21.0 make different values of ingress.tls.a; say which version reads it. Write it in a way that every Helm reads alike.",
            Assert.Single(change.Problems).ToString());
        Assert.Equal(ChangeAction.Update, Planned.Plan(wish, rules: Over("addons: []\ningress:\n  tls: {a: ~, b: 1}\n", "4")).Action);
    }

    [Fact]
    public void A_chart_whose_default_addons_are_not_certain_is_named_once_for_all_instances()
    {
        var rules = Over("addons: {a: ~}\n");
        var problem = ChartProblems.Of(rules)!;
        Assert.Equal((null, "the chart's values.yaml:1:13"), (problem.Instance, problem.Place.ToString()));
        Assert.Equal([problem], Planned.Plan(Planned.Wish(Planned.Sale), rules: rules).Problems);
    }

    [Fact]
    public void A_last_line_without_its_break_is_certain_once_the_version_is_named()
    {
        const string overlay = Planned.Overlay + "note: |\n  text";
        var wish = Planned.Wish(Planned.Sale);
        Assert.Equal((ChangeAction.Stopped, "OSG0201"), Outcome(Planned.Plan(wish, overlay)));
        Assert.Equal(ChangeAction.Update, Planned.Plan(wish, overlay, Over(ChartWithNulls, "3")).Action);
        var four = Planned.Plan(wish, overlay, Over(ChartWithNulls, "4"));
        Assert.Equal(ChangeAction.Update, four.Action);
        Assert.EndsWith("note: |\n  text", Planned.Text(four.After), StringComparison.Ordinal);
        Assert.Equal("720d4df73648aa3a", four.HashAfter);
    }

    [Fact]
    public void A_key_that_is_added_behind_a_last_line_without_its_break_must_not_change_that_line()
    {
        const string overlay = Planned.Overlay + "note: |\n  text";
        var wish = Planned.Wish(Planned.Sale, Planned.Web) with { Values = Planned.Values("more: 1\n") };
        Assert.Equal((ChangeAction.Stopped, "OSG0213"), Outcome(Planned.Plan(wish, overlay, Over(ChartWithNulls, "3"))));
        var four = Planned.Plan(wish, overlay, Over(ChartWithNulls, "4"));
        Assert.Equal(ChangeAction.Update, four.Action);
        Assert.EndsWith("note: |\n  text\nmore: 1", Planned.Text(four.After), StringComparison.Ordinal);
    }

    private static (ChangeAction Action, string Code) Outcome(OverlayChange change) =>
        (change.Action, change.Problems.First(problem => problem.Severity == Severity.Error).Code);

    private static PlanRules Over(string chart, string? helm = null) => Planned.Rules with
    {
        ChartValues = Encoding.UTF8.GetBytes(chart),
        Helm = HelmVersion.TryParse(helm),
    };
}
