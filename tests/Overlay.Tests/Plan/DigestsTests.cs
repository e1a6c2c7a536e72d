using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Plan;

/// <summary>What makes two changes the same change.</summary>
public sealed class DigestsTests
{
    private const string Row = "addons: [{code: a, source: oca, image: r/a, version: \"1\"}]";

    [Theory]
    [InlineData("addons: [{version: \"1\", image: r/a, source: oca, code: a}] # why")]
    [InlineData("# a comment\naddons:\n- code: a\n  source: \"oca\"\n  image: 'r/a'\n  version: \"1\"\n")]
    [InlineData(Row + "\nunmanaged: {anything: 1}")]
    [InlineData("addons: [{code: a, source: oca, image: r/a, version: \"1\", note: a further key}]")]
    public void Comments_layout_key_order_and_what_is_not_managed_do_not_count(string same) =>
        Assert.Equal(Of(Row), Of(same));

    [Theory]
    [InlineData("addons: [{code: b, source: oca, image: r/a, version: \"1\"}]")]
    [InlineData("addons: [{code: a, source: vendor, image: r/a, version: \"1\"}]")]
    [InlineData("addons: [{code: a, source: oca, image: r/b, version: \"1\"}]")]
    [InlineData("addons: [{code: a, source: oca, image: r/a, version: \"2\"}]")]
    [InlineData("addons: [{code: a, source: oca, image: r/a, version: 1}]")]
    [InlineData("addons: []")]
    [InlineData(Row + "\nimage: {tag: x}")]
    public void Every_field_of_a_row_and_every_managed_value_counts(string other) =>
        Assert.NotEqual(Of(Row), Of(other));

    [Theory]
    [InlineData("addons: [{code: sale, source: odoo-builtin}]")]
    [InlineData("addons: [{code: sale, source: odoo-builtin, image: null, version: ~}]")]
    [InlineData("addons: [{code: sale, source: odoo-builtin, version: \"\"}]")]
    public void A_missing_field_null_and_the_empty_text_are_one(string same) =>
        Assert.Equal(Of("addons: [{code: sale, source: odoo-builtin, image: \"\", version: \"\"}]"), Of(same));

    [Fact]
    public void Code_direction_and_the_absence_of_an_overlay_count()
    {
        var (row, none) = (Planned.Values(Row), Planned.Values("addons: []"));
        string[] digests =
        [
            Digests.OfChange(Planned.Acme, [], none, row),
            Digests.OfChange(Planned.Acme, [], row, none),
            Digests.OfChange(Planned.Acme, [], null, row),
            Digests.OfChange(Planned.Acme, [], row, null),
            Digests.OfChange(InstanceCode.TryParse("globex")!, [], none, row),
        ];

        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Fact]
    public void The_order_of_managed_paths_does_not_count()
    {
        ValuePath[] paths = [ValuePath.TryParse("image.tag")!, ValuePath.TryParse("ingress.host")!];
        var values = Planned.Values(Row + "\nimage: {tag: x}\ningress: {host: y}");

        Assert.Equal(Digests.OfChange(Planned.Acme, paths, null, values), Digests.OfChange(Planned.Acme, paths.Reverse(), null, values));
    }

    /// <summary>Approvals and declined changes are kept by these digests: they must not change between releases.</summary>
    [Fact]
    public void A_digest_is_the_same_for_ever() => Assert.Equal("d0ca7ab9a670f06dfb4e1f091544a5dfd3a6de448299d4e2d4ddf06747784a88", Of(Row));

    [Fact]
    public void A_comment_that_somebody_fixes_does_not_make_another_change()
    {
        var wish = Planned.Wish(Planned.Sale, Planned.Web with { Version = "1.1" });

        Assert.Equal(
            Planned.Plan(wish).Digest,
            Planned.Plan(wish, "# fixed\n" + Planned.Overlay.Replace("source: oca", "source: 'oca'  # from the community")).Digest);
        Assert.NotEqual(Planned.Plan(wish).Digest, Planned.Plan(wish, Planned.Overlay.Replace("1.0", "0.9")).Digest);
    }

    [Fact]
    public void A_plan_s_digest_covers_what_is_proposed_and_no_more()
    {
        var update = Planned.Plan(Planned.Wish(Planned.Sale));
        var other = update with { Code = InstanceCode.TryParse("globex")!, Digest = new string('1', 64) };

        var plan = OverlayPlanner.Combine([other, update], []);
        var held = OverlayPlanner.Combine([update, other with { HeldBecause = "policy" }], []);

        Assert.Equal(["acme", "globex"], plan.Instances.Select(change => change.Code.Text));
        Assert.Equal(plan.Digest, OverlayPlanner.Combine([update, other], []).Digest);
        Assert.Equal(Digests.OfPlan([update]), held.Digest);
        Assert.NotEqual(plan.Digest, held.Digest);
    }

    [Fact]
    public void A_content_digest_covers_codes_and_blobs_in_any_order()
    {
        var digest = Digests.OfContent([("acme", "11"), ("globex", "22")]);

        Assert.Equal(digest, Digests.OfContent([("globex", "22"), ("acme", "11")]));
        Assert.NotEqual(digest, Digests.OfContent([("acme", "22"), ("globex", "11")]));
        Assert.NotEqual(digest, Digests.OfContent([("acme", "11"), ("globex", string.Empty)]));
    }

    private static string Of(string after) =>
        Digests.OfChange(Planned.Acme, [ValuePath.TryParse("image.tag")!], null, Planned.Values(after));
}
