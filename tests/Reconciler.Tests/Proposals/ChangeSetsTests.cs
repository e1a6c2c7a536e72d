using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proposals;

/// <summary>How changes are put on branches.</summary>
public sealed class ChangeSetsTests
{
    private static readonly Grouping PerInstance = new(GroupingKind.Instance, null);
    private static readonly Grouping ByRing = new(GroupingKind.Label, "ring");
    private static readonly Grouping InOne = new(GroupingKind.All, null);

    [Fact]
    public void Each_instance_has_its_branch() => Assert.Equal(
        "odoosky/prod/i-acme: acme; odoosky/prod/i-globex: globex",
        Grouped(PerInstance, 1, Changes.Update("globex"), Changes.Update("acme")));

    [Fact]
    public void A_label_s_value_has_its_branch_and_who_lacks_it_stands_alone() => Assert.Equal(
        "odoosky/prod/i-none: none; odoosky/prod/r-canary: a b; odoosky/prod/r-main: c",
        Grouped(ByRing, 100, Ring("c", "main"), Ring("b", "canary"), Changes.Update("none", "1", ("tier", "x")), Ring("a", "canary")));

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("-x")]
    [InlineData("x.")]
    [InlineData("x.lock")]
    [InlineData("x.LOCK")]
    [InlineData("a b")]
    [InlineData("a~1")]
    [InlineData("a^")]
    [InlineData("@{0}")]
    [InlineData("é")]
    [InlineData("a\nb")]
    [InlineData("refs:heads")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void A_label_s_value_that_no_branch_can_bear_stands_alone(string value) => Assert.Equal(
        "odoosky/prod/i-acme: acme", Grouped(ByRing, 100, Ring("acme", value)));

    [Fact]
    public void A_large_group_is_split_in_order_of_code_and_a_small_one_keeps_its_name()
    {
        var ring = Enumerable.Range(0, 5).Select(i => Ring($"i{i}", "main")).ToArray();

        Assert.Equal("odoosky/prod/r-main+1: i0 i1; odoosky/prod/r-main+2: i2 i3; odoosky/prod/r-main+3: i4", Grouped(ByRing, 2, ring));
        Assert.Equal("odoosky/prod/r-main: i0 i1 i2 i3 i4", Grouped(ByRing, 5, ring));
    }

    [Fact]
    public void All_in_one_is_numbered_from_the_first_on()
    {
        var all = Enumerable.Range(0, 3).Select(i => Changes.Update($"i{i}")).ToArray();

        Assert.Equal("odoosky/prod/all-1: i0 i1 i2", Grouped(InOne, 100, all));
        Assert.Equal("odoosky/prod/all-1: i0 i1; odoosky/prod/all-2: i2", Grouped(InOne, 2, all));
    }

    /// <summary>A label's value must not make a second group with the branch of another one's part.</summary>
    [Fact]
    public void Two_groups_never_share_a_branch()
    {
        var sets = ChangeSets.Of("prod", [Ring("a", "x"), Ring("b", "x"), Ring("c", "x-1"), Changes.Update("r-x", "1")], ByRing, 1);

        Assert.Equal(sets.Length, sets.Select(set => set.Branch).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_content_digest_names_codes_and_bytes()
    {
        var set = Assert.Single(ChangeSets.Of("prod", [Changes.Update("acme")], PerInstance, 1));
        var same = Assert.Single(ChangeSets.Of("test", [Changes.Update("acme") with { Sentence = "other words" }], PerInstance, 1));
        var other = Assert.Single(ChangeSets.Of("prod", [Changes.Update("acme", "1.2")], PerInstance, 1));
        var gone = Assert.Single(ChangeSets.Of("prod", [Changes.Retire("acme")], PerInstance, 1));

        Assert.Equal(set.ContentDigest, same.ContentDigest);
        Assert.Equal(3, new[] { set, other, gone }.Select(one => one.ContentDigest).Distinct().Count());
        Assert.Matches("^[0-9a-f]{64}$", set.ContentDigest);
    }

    private static OverlayChange Ring(string code, string ring) => Changes.Update(code, "1.1", ("ring", ring));

    private static string Grouped(Grouping grouping, int size, params OverlayChange[] changes) => string.Join(
        "; ", ChangeSets.Of("prod", changes, grouping, size).Select(set => $"{set.Branch}: {string.Join(' ', set.Changes.Select(change => change.Code))}"));
}
