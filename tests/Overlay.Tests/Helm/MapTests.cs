using System.Globalization;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Values as data: maps in Go's order, equality as their JSON has it, the names of their kinds.</summary>
public sealed class MapTests
{
    private static readonly HelmMap Three = HelmMap.From([new("b", new HelmNumber(2)), new("a", new HelmNumber(1)), new("c", new HelmNumber(3))]);

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "a", -1)]
    [InlineData("a", "", 1)]
    [InlineData("a", "b", -1)]
    [InlineData("b", "a", 1)]
    [InlineData("a", "ab", -1)]
    [InlineData("ab", "a", 1)]
    [InlineData("aé", "aé", 0)]
    [InlineData("\uE000", "\U0001F600", -1)]
    [InlineData("\U0001F600", "\uFFFD", 1)]
    [InlineData("\U0001F600", "\U0001F601", -1)]
    [InlineData("\U0001F601", "\U0001F600", 1)]
    [InlineData("z", "\U0001F600", -1)]
    [InlineData("\uE000", "z", 1)]
    [InlineData(null, "a", -1)]
    [InlineData("a", null, 1)]
    [InlineData(null, null, 0)]
    public void Keys_are_in_the_order_of_their_UTF8_bytes(string? left, string? right, int order) =>
        Assert.Equal(order, Math.Sign(Utf8Order.Instance.Compare(left, right)));

    [Fact]
    public void A_map_is_sorted_and_holds_each_key_once()
    {
        Assert.Equal("{\"a\":1,\"b\":2,\"c\":3}", Json(Three));
        Assert.Equal("{\"a\":3,\"b\":2}", Json(HelmMap.From([new("a", new HelmNumber(1)), new("b", new HelmNumber(2)), new("a", new HelmNumber(3))])));
        Assert.Same(HelmMap.Empty, HelmMap.From([]));
        Assert.Same(HelmMap.Empty, HelmMap.FromSorted([]));
        Assert.Throws<ArgumentNullException>(() => HelmMap.From(null!));
    }

    [Fact]
    public void A_key_is_found_set_and_removed()
    {
        foreach (var key in new[] { "a", "b", "c" }) Assert.Equal(key[0] - 'a' + 1, ((HelmNumber)Three.Find(key)!).Value);
        foreach (var key in new[] { "", "aa", "d", "A" }) Assert.Null(Three.Find(key));
        Assert.Equal("{\"a\":1,\"b\":null,\"c\":3}", Json(Three.With("b", HelmNull.Instance)));
        Assert.Equal("{\"a\":1,\"aa\":null,\"b\":2,\"c\":3}", Json(Three.With("aa", HelmNull.Instance)));
        Assert.Equal("{\"a\":1,\"b\":2,\"c\":3,\"d\":null}", Json(Three.With("d", HelmNull.Instance)));
        Assert.Equal("{\"\":null,\"a\":1,\"b\":2,\"c\":3}", Json(Three.With("", HelmNull.Instance)));
        Assert.Equal("{\"a\":1,\"c\":3}", Json(Three.Without("b")));
        Assert.Same(Three, Three.Without("bb"));
        Assert.Null(HelmMap.Empty.Find("a"));
    }

    [Fact]
    public void Twenty_keys_are_all_found()
    {
        var map = HelmMap.From(Enumerable.Range(0, 20).Select(i => new HelmEntry($"k{i:00}", new HelmNumber(i))));
        for (var i = 0; i < 20; i++) Assert.Equal(i, ((HelmNumber)map.Find($"k{i:00}")!).Value);
    }

    [Fact]
    public void Values_are_equal_when_their_JSON_is()
    {
        var list = new HelmList([new HelmNumber(1), HelmNull.Instance]);
        Assert.Equal(Three, HelmMap.From(Three.Entries));
        Assert.NotEqual(Three, Three.Without("a"));
        Assert.NotEqual(Three, Three.With("a", new HelmNumber(2)));
        Assert.Equal(list, new HelmList([new HelmNumber(1), HelmNull.Instance]));
        Assert.NotEqual(list, new HelmList([HelmNull.Instance, new HelmNumber(1)]));
        Assert.NotEqual(new HelmNumber(0), new HelmNumber(-0.0));
        Assert.Equal(new HelmNumber(1.5), new HelmNumber(1.5));
    }

    [Fact]
    public void Equal_values_have_equal_hash_codes_and_others_mostly_not()
    {
        var list = new HelmList([new HelmNumber(1), new HelmText("a")]);
        Assert.Equal(list.GetHashCode(), new HelmList([new HelmNumber(1), new HelmText("a")]).GetHashCode());
        Assert.NotEqual(list.GetHashCode(), new HelmList([new HelmText("a"), new HelmNumber(1)]).GetHashCode());
        Assert.Equal(Three.GetHashCode(), HelmMap.From(Three.Entries).GetHashCode());
        Assert.NotEqual(Three.GetHashCode(), Three.With("a", HelmNull.Instance).GetHashCode());
        Assert.Equal(new HelmNumber(1.5).GetHashCode(), new HelmNumber(1.5).GetHashCode());
        Assert.NotEqual(new HelmNumber(1.5).GetHashCode(), new HelmNumber(2.5).GetHashCode());
    }

    [Fact]
    public void Kinds_have_the_names_that_people_use()
    {
        HelmValue[] values =
        [
            HelmNull.Instance, new HelmBoolean(true), new HelmNumber(1), new HelmInteger(1), new HelmText(""), new HelmList([]), HelmMap.Empty,
            new HelmFlaw(FailureKind.HelmFails, "", "", 0),
        ];
        Assert.Equal(["null", "boolean", "number", "number", "text", "list", "map", "flaw"], values.Select(value => value.KindName));
    }

    [Fact]
    public void A_null_of_the_arguments_is_written_like_any_other() => Assert.Equal("[-9223372036854775808,0,9223372036854775807,null]",
        Json(new HelmList([new HelmInteger(long.MinValue), new HelmInteger(0), new HelmInteger(long.MaxValue), HelmNull.Instance])));

    [Fact]
    public void More_than_a_dozen_keys_are_read_with_their_repetitions()
    {
        for (var count = 10; count <= 15; count++)
        {
            var keys = Enumerable.Range(10, count).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
            var text = string.Concat(keys.Select(key => $"k{key}: {key}\n")) + $"k10: 1\nk{keys[^1]}: 2\nz: 3\nz: 4\n";
            var json = "{\"k10\":1," + string.Concat(keys[1..^1].Select(key => $"\"k{key}\":{key},")) + $"\"k{keys[^1]}\":2,\"z\":4}}";
            Assert.Equal(json, Shown.Json(text));
        }
    }

    private static string Json(HelmValue value) => System.Text.Encoding.UTF8.GetString(GoJson.Write(value));
}
