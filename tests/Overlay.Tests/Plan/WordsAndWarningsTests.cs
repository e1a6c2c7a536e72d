using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Plan;

/// <summary>The sentences that people read, and the warnings.</summary>
public sealed class WordsAndWarningsTests
{
    [Fact]
    public void Each_change_has_its_sentence()
    {
        Assert.Equal("Nothing differs.", Planned.Plan(Planned.Wish(Planned.Sale, Planned.Web)).Sentence);
        Assert.Equal("New instance with 1 addon row; it starts for the first time.", Planned.Plan(Planned.Wish(Planned.Web), null).Sentence);
        Assert.Equal("The overlay is removed: the instance is retired and stops for good.", Planned.Plan(Planned.Wish() with { State = InstanceState.Absent }).Sentence);
        Assert.Equal("Suspended: nothing is changed until the desired state says present.", Planned.Plan(Planned.Wish() with { State = InstanceState.Suspended }).Sentence);
        Assert.Equal("No desired instance has this code; it is left alone.", Planned.Plan(null).Sentence);
        Assert.Equal("Stopped by a problem; see the list of problems.", Planned.Plan(null, broken: true).Sentence);
    }

    [Fact]
    public void An_update_s_sentence_says_what_changes_and_what_it_costs()
    {
        Assert.Equal(
            "web_x 1.0 → 2.0; the odoo pod restarts (1 init container changes).",
            Planned.Plan(Planned.Wish(Planned.Sale, Planned.Web with { Version = "2.0" })).Sentence);
        Assert.Equal(
            "+stock; the odoo pod restarts for audit only (the hash changes, no init container does).",
            Planned.Plan(Planned.Wish(Planned.Sale, Planned.Web, Planned.Sale with { Code = "stock" })).Sentence);
        Assert.Equal(
            "ingress.host (none) → \"x.example\"; no pod restarts.",
            Planned.Plan(Planned.Wish(Planned.Sale, Planned.Web) with { Values = Planned.Values("ingress: {host: x.example}") }).Sentence);
        Assert.Equal(
            "image.tag (none) → \"18.0\", resources.pg.limits (none) → 1; the pods odoo and pg restart.",
            Planned.Plan(Planned.Wish(Planned.Sale, Planned.Web) with { Values = Planned.Values("image: {tag: \"18.0\"}\nresources: {pg: {limits: 1}}") }).Sentence);
        Assert.Equal(
            "own.key (none) → true; a restart can't be ruled out (the chart does not say what own.key rolls).",
            Planned.Plan(Planned.Wish(Planned.Sale, Planned.Web) with { Values = Planned.Values("own: {key: true}") }).Sentence);
    }

    [Fact]
    public void Each_step_has_its_words()
    {
        Assert.Equal("+web_x 1.0", PlanWords.Step(new RowAdded(Planned.Web)));
        Assert.Equal("+sale", PlanWords.Step(new RowAdded(Planned.Sale)));
        Assert.Equal("−web_x 1.0", PlanWords.Step(new RowRemoved(Planned.Web)));
        Assert.Equal("web_x 1.0 → (none)", PlanWords.Step(new RowChanged(Planned.Web, Planned.Web with { Version = string.Empty })));
        Assert.Equal("web_x image r.example/web_x → r/y", PlanWords.Step(new RowChanged(Planned.Web, Planned.Web with { Image = "r/y" })));
        Assert.Equal("web_x source oca → vendor", PlanWords.Step(new RowChanged(Planned.Web, Planned.Web with { Source = "vendor" })));
        Assert.Equal("−a.b [1,2]", PlanWords.Step(new ValueUnset(ValuePath.TryParse("a.b")!, Planned.Values("x: [1, 2]").Find("x")!)));
    }

    [Fact]
    public void Many_steps_are_counted()
    {
        var rows = Enumerable.Range(0, 6).Select(i => Planned.Sale with { Code = $"b{i}" });

        Assert.Equal(
            "+b0, +b1, +b2, +b3 and 2 more; the odoo pod restarts for audit only (the hash changes, no init container does).",
            Planned.Plan(Planned.Wish([Planned.Sale, Planned.Web, .. rows])).Sentence);
        Assert.Equal("1 addon, 2 addons, 0 addons", $"{PlanWords.Count(1, "addon")}, {PlanWords.Count(2, "addon")}, {PlanWords.Count(0, "addon")}");
    }

    [Fact]
    public void Several_init_containers_are_counted() => Assert.Equal(
        "+y 1, +z 1, −web_x 1.0; the odoo pod restarts (3 init containers change).",
        Planned.Plan(Planned.Wish(Planned.Sale, new AddonRow("y", "oca", "r/y", "1"), new AddonRow("z", "oca", "r/z", "1"))).Sentence);

    [Fact]
    public void A_hash_that_is_a_number_in_YAML_is_warned_of()
    {
        var version = Enumerable.Range(0, 100_000).First(i => AddonsHash.LooksLikeNumber(
            AddonsHash.Of(new HelmList([Row(i)])))).ToString(System.Globalization.CultureInfo.InvariantCulture);

        var change = Planned.Plan(Planned.Wish(Planned.Web with { Version = version }), null);

        Assert.Matches("^[0-9]+(e[0-9]+)?$", change.HashAfter);
        Assert.True(change.IsProposed);
        var warning = Assert.Single(change.Problems);
        Assert.Equal(
            ("OSG0503", Severity.Warning, $"The addons hash {change.HashAfter} is a number in YAML: a chart that does not quote the annotation fails to sync."),
            (warning.Code, warning.Severity, warning.Message));

        static HelmMap Row(int version) => Planned.Values($"{{code: web_x, source: oca, image: r.example/web_x, version: \"{version}\"}}");
    }

    [Theory]
    [InlineData("", "OSG0504")]
    [InlineData("bearsBuiltinOnly: false\n", "OSG0504")]
    [InlineData("bearsBuiltinOnly: true\n", "")]
    public void A_list_of_builtin_rows_only_is_warned_of_unless_the_chart_bears_it(string said, string warnings)
    {
        var rules = Planned.Rules with { RestartPaths = Planned.Restarts("{image: [odoo]}", said) };

        var change = Planned.Plan(Planned.Wish(Planned.Sale), rules: rules);

        Assert.Equal(warnings, string.Join(' ', change.Problems.Select(problem => problem.Code)));
        Assert.True(change.IsProposed);
    }

    [Theory]
    [InlineData("addons: []")]
    [InlineData("addons: null")]
    [InlineData("{}")]
    public void A_list_without_rows_is_not_warned_of(string values) =>
        Assert.Empty(PlanWarnings.Of("v", Planned.Acme, Planned.Values(values), RestartPaths.Unknown));
}
