using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Plan;

/// <summary>Differences of values, init containers, and who asked.</summary>
public sealed class ForecastPartsTests
{
    [Theory]
    [InlineData("a: 1", "a: 1", "")]
    [InlineData("a: 1", "a: 2", "a")]
    [InlineData("a: 1", "a: \"1\"", "a")]
    [InlineData("a: {b: 1, c: 2}", "a: {c: 3, b: 1}", "a.c")]
    [InlineData("a: {b: {c: 1}}", "{}", "a.b.c")]
    [InlineData("{}", "a: {b: {c: 1}, d: 2}", "a.b.c a.d")]
    [InlineData("a: {}", "{}", "a")]
    [InlineData("a: {b: 1}", "a: text", "a")]
    [InlineData("a: [1, 2]", "a: [2, 1]", "a")]
    [InlineData("a: {\"x.y/z\": 1}", "a: {\"x.y/z\": 2}", "a.\"x.y/z\"")]
    [InlineData("b: 1\na: 1", "b: 2\na: 2", "a b")]
    public void Values_differ_at_their_leaves(string before, string after, string paths) =>
        Assert.Equal(paths, string.Join(' ', ValuesDiff.Paths(Planned.Values(before), Planned.Values(after))));

    [Fact]
    public void Leaves_are_listed_with_their_values()
    {
        var leaves = ValuesDiff.Leaves(Planned.Values("a: {b: 1, c: {}}\nd: [1]\ne: null"));

        Assert.Equal("a.b=1 a.c={} d=[1] e=null", string.Join(' ', leaves.Select(leaf => $"{leaf.Path}={System.Text.Encoding.UTF8.GetString(GoJson.Write(leaf.Value))}")));
    }

    [Fact]
    public void A_row_with_code_image_and_version_makes_an_init_container_unless_it_is_builtin()
    {
        var addons = Planned.Values("""
            addons:
            - {code: Sale_X, source: oca, image: r/sale, version: "1"}
            - {code: stock, source: odoo-builtin, image: r/stock, version: "1"}
            - {code: no_image, source: oca, version: "1"}
            - {code: no_version, source: oca, image: r/x, version: ""}
            - {source: oca, image: r/x, version: "1"}
            - {code: no_source, image: r/none, version: "2"}
            - {code: number, source: oca, image: r/number, version: 17.50}
            - not a row
            """).Find("addons");

        Assert.Equal(
            [("addon-sale-x", "r/sale:1"), ("addon-no-source", "r/none:2"), ("addon-number", "r/number:17.5")],
            InitContainers.Of(addons));
        Assert.Empty(InitContainers.Of(null));
        Assert.Empty(InitContainers.Of(new HelmText("no list")));
    }

    [Fact]
    public void Init_containers_are_compared_by_name()
    {
        ImmutableArray<(string, string)> before = [("addon-a", "a:1"), ("addon-b", "b:1"), ("addon-c", "c:1")];
        ImmutableArray<(string, string)> after = [("addon-d", "d:1"), ("addon-c", "c:1"), ("addon-b", "b:2")];

        Assert.Equal(
            [new InitContainerChange("addon-a", "a:1", null), new InitContainerChange("addon-b", "b:1", "b:2"), new InitContainerChange("addon-d", null, "d:1")],
            InitContainers.Compare(before, after));
        Assert.Empty(InitContainers.Compare(before, [before[2], before[0], before[1]]));
    }

    [Theory]
    [InlineData("image: {tag: x}", Restart.Yes, "odoo")]
    [InlineData("resources: {odoo: {a: 1}, pg: {a: 1}}", Restart.Yes, "odoo pg")]
    [InlineData("ingress: {host: x}", Restart.No, "")]
    [InlineData("other: 1", Restart.Unknown, "")]
    [InlineData("other: 1\nimage: {tag: x}", Restart.Yes, "odoo")]
    [InlineData("other: 1\naddons: [{code: sale}]", Restart.Unknown, "odoo")]
    [InlineData("ingress: {host: x}\naddons: [{code: sale}]", Restart.AuditOnly, "odoo")]
    [InlineData("addons: [{code: x, image: r, version: \"1\"}]\nresources: {pg: {a: 1}}", Restart.Yes, "odoo pg")]
    public void A_forecast_names_the_pods(string after, Restart restart, string pods)
    {
        var forecast = Forecaster.Compare(HelmMap.Empty, Planned.Values(after), Planned.Rules.RestartPaths);

        Assert.Equal((restart, pods), (forecast.Restart, string.Join(' ', forecast.Pods)));
    }

    [Fact]
    public void A_chart_that_says_nothing_leaves_every_path_unknown() => Assert.Equal(
        Restart.Unknown,
        Forecaster.Compare(HelmMap.Empty, Planned.Values("image: {tag: x}"), RestartPaths.Unknown).Restart);

    [Fact]
    public void The_catalogue_asked_when_only_its_rows_change_and_else_the_instance_did()
    {
        var catalogue = new Request("cat@x.example", "a fix", "C-1");
        var wish = Planned.Wish(Planned.Web) with
        {
            CatalogRequests = ImmutableSortedDictionary.Create<string, Request>(StringComparer.Ordinal)
                .Add("web_x", catalogue).Add("silent", Request.None),
        };
        var changed = new RowChanged(Planned.Web, Planned.Web with { Version = "2" });

        Assert.Equal(catalogue, Requests.Of(wish, [changed]));
        Assert.Equal(wish.Request, Requests.Of(wish, [changed, new RowAdded(Planned.Sale)]));
        Assert.Equal(wish.Request, Requests.Of(wish, [changed, new RowChanged(Planned.Sale, Planned.Sale with { Source = "oca" })]));
        Assert.Equal(wish.Request, Requests.Of(wish, [new RowChanged(Planned.Web with { Code = "silent" }, Planned.Web with { Code = "silent", Version = "2" })]));
        Assert.Equal(wish.Request, Requests.Of(wish, []));
    }
}
