using OdooSky.GitOps.Overlay.Desired;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Desired;

public sealed class AddonRuleTests
{
    private const string Fill = "Write it into the row or the catalogue, or write source: odoo-builtin if it ships with Odoo.";

    private const string Catalogue = Wishes.CatalogHead +
        """
        addons:
          web_responsive:
            source: oca
            image: registry.example/web
            series: {"17.0": "17.0.1", "18.0": {version: "18.0.1", image: registry.example/web18}}
            requestedBy: joe@example.com
            reason: Fix for the menu
          sale:
            source: odoo-builtin
          half: {source: oca, series: {"17.0": "1"}}

        """;

    [Theory]
    [InlineData("- {code: a b}", "6:12 error OSG0130: \"a b\" is no addon code. | Use letters, digits, _ and -, with a letter or digit first.")]
    [InlineData("- {code: sale}\n  - {code: sale}", "7:12 error OSG0131: The addon sale stands twice; it stood before in line 6. | Keep one of the two.")]
    [InlineData("- {code: sale}\n  - {code: Sale}", "7:12 error OSG0131: The addon Sale stands twice, but for letter case (sale); it stood before in line 6. | Keep one of the two.")]
    [InlineData("- {code: a_x, source: v, image: i, version: t}\n  - {code: a-x, source: v, image: i, version: t}", "7:12 error OSG0132: a-x and a_x would both make the init container addon-a-x. | Rename one of the two addons.")]
    [InlineData("- {code: a_, source: v, image: i, version: t}", "6:12 error OSG0133: \"a_\" would make the init container \"addon-a-\" of 8 characters, which Kubernetes refuses. | Use a code of at most 57 characters that ends in a letter or digit.")]
    [InlineData("- {code: a, source: Oca, image: i, version: t}", "6:23 error OSG0134: addons[0].source is \"Oca\", which is no source. | Use a-z, 0-9 and -, with a letter first.")]
    [InlineData("- {code: a, source: odoo-builtin, version: t}", "6:12 error OSG0136: a ships with Odoo (odoo-builtin), but the row names an image or a version. | Take image and version out, or correct the source.")]
    [InlineData("- {code: a}", "6:12 error OSG0137: a has no source and no image and no version: the row does not say, and desired/addons.yaml does not list it. | " + Fill)]
    [InlineData("- {code: half}", "6:12 error OSG0137: half has no image: neither the row nor desired/addons.yaml says. | " + Fill)]
    [InlineData("- {code: a, source: v, image: i, version: a b}", "6:12 warning OSG0138: No registry takes \"i:a b\" for a. | Look at image and version.")]
    [InlineData("- {code: a, source: v, image: i, version: 17.0}", "6:45 error OSG0106: addons[0].version is the number 17.0, not text. | Write \"17.0\".")]
    [InlineData("- {code: a, source: v, image: \"{{ x }}\", version: t}", "6:33 error OSG0112: addons[0].image holds {{, which a chart's template could execute. | Write a text without {{.")]
    [InlineData("- {code: a, source: v, image: \"i\\nj\", version: t}", "6:33 error OSG0113: addons[0].image holds the character U+000A, which can't be seen. | Remove the character.")]
    public void A_rule_names_the_row_that_breaks_it(string rows, string line)
    {
        var state = Wishes.State(Wishes.Head + "odoo: \"17.0\"\naddons:\n  " + rows + "\n", Wishes.Catalog(Catalogue));

        Assert.Equal(line, Wishes.OnlyLine(state.Problems));
        Assert.Equal("acme", state.Problems[0].Instance);
        Assert.Equal(line.Contains("error"), state.Broken.Contains("acme"));
    }

    [Fact]
    public void A_code_too_long_for_its_init_container_is_refused()
    {
        var code = new string('a', 58);

        var state = Wishes.State(Wishes.Head + $"addons: [{{code: {code}, source: v, image: i, version: t}}]\n");

        Assert.Equal("OSG0133", Assert.Single(state.Problems).Code);
        Assert.Empty(Wishes.State(Wishes.Head + $"addons: [{{code: {code[1..]}, source: v, image: i, version: t}}]\n").Problems);
    }

    [Theory]
    [InlineData("- {code: web_responsive}", "17.0", "oca", "registry.example/web", "17.0.1")]
    [InlineData("- {code: web_responsive}", "18.0", "oca", "registry.example/web18", "18.0.1")]
    [InlineData("- {code: web_responsive, version: \"9\"}", "17.0", "oca", "registry.example/web", "9")]
    [InlineData("- {code: web_responsive, image: mine, source: own}", "18.0", "own", "mine", "18.0.1")]
    [InlineData("- {code: web_responsive, version: \"\", image: ~}", "17.0", "oca", "registry.example/web", "17.0.1")]
    [InlineData("- {code: web_responsive, source: odoo-builtin}", "17.0", "odoo-builtin", "", "")]
    [InlineData("- {code: sale}", "17.0", "odoo-builtin", "", "")]
    public void What_a_row_lacks_comes_from_the_catalogues_series(string row, string series, string source, string image, string version)
    {
        var state = Wishes.State(Wishes.Head + $"odoo: \"{series}\"\naddons:\n  {row}\n", Wishes.Catalog(Catalogue));

        Assert.Empty(state.Problems);
        var addon = Assert.Single(Assert.Single(state.Instances).Addons);
        Assert.Equal((source, image, version), (addon.Source, addon.Image, addon.Version));
    }

    [Theory]
    [InlineData("", "without the key odoo no series of desired/addons.yaml can be chosen")]
    [InlineData("odoo: \"16.0\"\n", "desired/addons.yaml has no series 16.0 of it (it has 17.0, 18.0)")]
    public void A_missing_version_says_where_it_was_looked_for(string odoo, string why)
    {
        var state = Wishes.State(Wishes.Head + odoo + "addons: [{code: web_responsive}]\n", Wishes.Catalog(Catalogue));

        Assert.Equal($"web_responsive has no version: the row does not say, and {why}.", Assert.Single(state.Problems).Message);
    }

    [Fact]
    public void Without_a_catalogue_the_row_must_say_all() =>
        Assert.Equal(
            "web has no version: the row does not say, and there is no catalogue.",
            Assert.Single(Wishes.State(Wishes.Head + "addons: [{code: web, source: oca, image: i}]\n").Problems).Message);

    [Fact]
    public void Only_the_sources_of_the_settings_are_accepted()
    {
        var rules = new DesiredRules { Sources = ["oca", "odoo-builtin"] };

        var state = Wishes.State(Wishes.Head + "addons:\n  - {code: a, source: oka, image: i, version: t}\n  - {code: b, source: odoo-builtin}\n", rules: rules);

        Assert.Equal("5:12 error OSG0135: The source oka of a is not allowed here. | Did you mean oca?", Wishes.OnlyLine(state.Problems));
    }

    [Fact]
    public void Who_asked_for_a_catalogue_row_is_kept_only_where_the_catalogue_spoke()
    {
        var catalog = Wishes.Catalog(Catalogue);
        var all = "addons: [{code: web_responsive, source: a, image: b, version: c}]\n";

        var spoke = Wishes.State(Wishes.Head + "odoo: \"17.0\"\naddons: [{code: web_responsive}]\n", catalog).Instances[0];
        var silent = Wishes.State(Wishes.Head + all, catalog).Instances[0];

        Assert.Equal(new Request("joe@example.com", "Fix for the menu", ""), spoke.CatalogRequests["web_responsive"]);
        Assert.Empty(silent.CatalogRequests);
        Assert.Equal("blob-acme+blob-catalog", spoke.Revision);
    }

    [Fact]
    public void An_absent_instance_is_not_kept_alive_by_rows_that_the_catalogue_lost() =>
        Assert.Empty(Wishes.State(Wishes.Head + "state: absent\naddons: [{code: gone}]\n", Wishes.Catalog(Catalogue)).Problems);

    [Theory]
    [InlineData("addons: {a: {sourc: oca}}\n", "3:14 error OSG0105: The key \"sourc\" is not known in addons.a. | Did you mean source?")]
    [InlineData("addons: {a: {series: {17.0: \"1\"}}}\n", "3:23 error OSG0109: The key \"17.0\" is no text to YAML. | Write \"17.0\":")]
    [InlineData("addons: {a: {series: {\"17.0\": 1.0}}}\n", "3:31 error OSG0106: addons.a.series.17.0 is the number 1.0, not text. | Write \"1.0\".")]
    [InlineData("addons: {a: {series: {\"17.0\": \"\"}}}\n", "3:31 error OSG0108: addons.a.series.17.0 is \"\", not a version. | Write a version.")]
    [InlineData("addons: {a: {series: {\"17\": \"1\"}}}\n", "3:23 error OSG0108: \"17\" is no Odoo series. | Write a series such as \"17.0\".")]
    [InlineData("addons: {a: {}, A: {}}\n", "3:17 error OSG0131: The addon A stands twice, but for letter case (a); it stood before in line 3. | Keep one of the two.")]
    [InlineData("addons: {\"a/b\": {}}\n", "3:10 error OSG0130: \"a/b\" is no addon code. | Use letters, digits, _ and -, with a letter or digit first.")]
    [InlineData("addons: {a: {source: odoo-builtin, image: i}}\n", "3:10 error OSG0136: a ships with Odoo, but the catalogue names an image or a version for it. | Take image and series out, or correct the source.")]
    [InlineData("", "1:1 error OSG0107: The key addons is missing at the root of this file. | Write addons: with its value.")]
    public void An_error_in_the_catalogue_stops_the_whole_plan(string text, string line)
    {
        var state = Wishes.State(Wishes.Head + "addons: [{code: web}]\n", Wishes.Catalog(Wishes.CatalogHead + text));

        Assert.Equal(line, Wishes.OnlyLine(state.Problems));
        Assert.Null(state.Problems[0].Instance);
        Assert.False(state.Usable);
    }
}
