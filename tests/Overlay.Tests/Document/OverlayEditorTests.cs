using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Document;

public sealed class OverlayEditorTests
{
    private const string NewWish =
        """
        cloneFrom: acme-old
        addons:
          - [sale, odoo-builtin, '', '']
          - [web_responsive, oca, registry.example/web, 17.0.1]
        values: {image: {tag: '17.0'}, hosts: [a]}
        """;

    private static readonly AddonRow Sale = new("sale", AddonRow.BuiltinSource, "", "");
    private static readonly AddonRow Web = new("web_responsive", "oca", "registry.example/web", "17.0.1");

    [Fact]
    public void A_new_overlay_holds_code_rows_and_values_in_this_order()
    {
        var result = OverlayEditor.Create("instances/acme/values.yaml", WishFile.Parse(NewWish));

        Assert.Equal(
            """
            instance:
              code: "acme"
              cloneFromCode: "acme-old"
            addons:
              - code: "sale"
                source: "odoo-builtin"
              - code: "web_responsive"
                source: "oca"
                image: "registry.example/web"
                version: "17.0.1"
            hosts:
              - "a"
            image:
              tag: "17.0"

            """,
            Text(result));
    }

    [Fact]
    public void A_new_overlay_tells_every_row_and_every_leaf() =>
        Assert.Equal(
            [
                new RowAdded(Sale),
                new RowAdded(Web),
                new ValueSet(Path("hosts"), null, new HelmList([new HelmText("a")])),
                new ValueSet(Path("image.tag"), null, new HelmText("17.0")),
                new ValueSet(Path("instance.cloneFromCode"), null, new HelmText("acme-old")),
                new ValueSet(Path("instance.code"), null, new HelmText("acme")),
            ],
            OverlayEditor.Create("instances/acme/values.yaml", WishFile.Parse(NewWish)).Steps);

    [Fact]
    public void A_new_overlay_without_rows_has_an_empty_list() =>
        Assert.Equal("instance:\n  code: \"acme\"\naddons: []\n", Text(OverlayEditor.Create("v", WishFile.Parse("addons: []"))));

    [Fact]
    public void A_new_overlay_needs_no_edit()
    {
        var wish = WishFile.Parse("cloneFrom: old\naddons: [[a, oca, r/a, '1']]\nvalues: {x: {y: [1, {z: ~}]}}");
        var created = OverlayEditor.Create("v", wish);

        var edited = OverlayEditor.Edit(OverlayDocument.Read("v", created.Text!.Value, WishFile.Acme).Document!, wish);

        Assert.Empty(edited.Steps);
        Assert.Empty(edited.Problems);
    }

    [Fact]
    public void A_new_overlay_is_refused_when_the_wish_names_managed_keys()
    {
        var result = OverlayEditor.Create("v", WishFile.Parse("addons: []\nvalues: {instance: {code: other}}"));

        Assert.Null(result.Text);
        Assert.Equal(["OSG0214"], result.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Steps_tell_rows_in_the_order_of_the_new_list_and_then_values()
    {
        const string before = "instance: {code: acme}\naddons:\n  - {code: a, version: '1'}\n  - {code: b, version: 1}\n  - {code: c}\nimage: {tag: x, pull: y}\n";
        var wish = WishFile.Parse("addons: [[a, '', '', '1'], ['n', oca, r, '2'], [b, '', '', '1']]\nvalues: {image: {tag: z}, new: {leaf: 1}}\nunset: [image.pull]");

        var steps = OverlayEditor.Edit(Read(before), wish).Steps;

        Assert.Equal(
            [
                new RowAdded(new("n", "oca", "r", "2")),
                new RowChanged(new("b", "", "", "1"), new("b", "", "", "1")),
                new RowRemoved(new("c", "", "", "")),
                new ValueSet(Path("image.tag"), new HelmText("x"), new HelmText("z")),
                new ValueUnset(Path("image.pull"), new HelmBoolean(true)),
                new ValueSet(Path("new.leaf"), null, new HelmNumber(1)),
            ],
            steps);
    }

    [Fact]
    public void Rows_are_read_where_they_stand_with_all_their_fields()
    {
        var rows = Read("instance: {code: acme}\naddons:\n  - code: a\n    version: 17.0\n    extra: [1]\n  -   code: b\n      source: ~\n").Rows;

        Assert.Equal(new AddonRow("a", "", "", "17.0"), rows[0].Row);
        Assert.False(rows[0].Typed);
        Assert.Equal(new HelmList([new HelmNumber(1)]), rows[0].Fields.Find("extra"));
        Assert.Equal("values.yaml:3:5", rows[0].Place.ToString());
        Assert.Equal(new AddonRow("b", "", "", ""), rows[1].Row);
        Assert.True(rows[1].Typed);
        Assert.Equal("values.yaml:6:7", rows[1].Place.ToString());
    }

    [Fact]
    public void A_wish_for_another_instance_is_refused()
    {
        var wish = WishFile.Parse("addons: []") with { Code = InstanceCode.TryParse("other")! };

        Assert.Equal(["OSG0207"], OverlayEditor.Edit(Read("instance: {code: acme}\n"), wish).Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Integers_and_numbers_of_the_same_size_are_the_same()
    {
        var wish = WishFile.Parse("addons: []") with { Values = HelmMap.Empty.With("a", new HelmInteger(5)) };

        Assert.Empty(OverlayEditor.Edit(Read("instance: {code: acme}\na: 5.0\n"), wish).Steps);
    }

    [Fact]
    public void Half_a_surrogate_pair_can_not_be_written()
    {
        var wish = WishFile.Parse("addons: []") with { Values = HelmMap.Empty.With("a", new HelmText("x\uD83D")) };

        var result = OverlayEditor.Edit(Read("instance: {code: acme}\n"), wish);

        Assert.Null(result.Text);
        Assert.Equal(["OSG0213"], result.Problems.Select(problem => problem.Code));
    }

    private static ValuePath Path(string path) => new([.. path.Split('.')]);

    private static OverlayDocument Read(string text) => OverlayDocument.Read("values.yaml", Encoding.UTF8.GetBytes(text), WishFile.Acme).Document!;

    private static string Text(EditResult result)
    {
        Assert.Empty(result.Problems);
        return Encoding.UTF8.GetString(result.Text!.Value.Span);
    }
}
