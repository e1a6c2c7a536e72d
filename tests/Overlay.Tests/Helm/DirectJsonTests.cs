using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>The quick way to a hash: what it writes, and where it leaves the decision to the whole reading.</summary>
public sealed class DirectJsonTests
{
    private static readonly (string Text, string Json)[] Written =
    [
        ("addons: []\n", "[]"), ("addons: {}\n", "{}"), ("addons:\n", "null"), ("addons: ~\n", "null"), ("addons: yes\n", "true"),
        ("addons: off\n", "false"),
        ("addons: 17.0\n", "17"), ("addons: 1e400\n", "\"1e400\""), ("addons: x\n", "\"x\""), ("addons: '17.0'\n", "\"17.0\""),
        ("addons: \"no\"\n", "\"no\""),
        ("'addons': 1\n", "1"), ("\"addons\": 1\n", "1"), ("addons: -0.0\n", "-0"),
        ("addons: 18446744073709551615\n", "18446744073709552000"),
        ("addons: |\n  x\n  y\n", "\"x\\ny\\n\""), ("addons: >-\n  x\n  y\n", "\"x y\""), ("addons: 'it''s'\n", "\"it's\""),
        ("addons: \"\\x41\\t\"\n", "\"A\\t\""),
        ("addons: a\n  b\n", "\"a b\""), ("addons: 1\n  2\n", "\"1 2\""), ("addons: [a\n  b, 1]\n", "[\"a b\",1]"),
        ("addons: [1, x, [2, []], {b: 1, a: 2}]\n", "[1,\"x\",[2,[]],{\"a\":2,\"b\":1}]"),
        ("addons:\n- name: b\n  version: 17.0\n- {}\n-\n- - 1\n", "[{\"name\":\"b\",\"version\":17},{},null,[1]]"),
        ("addons: {c: 1, a: 2, b: 3, aa: 4, '': 5}\n", "{\"\":5,\"a\":2,\"aa\":4,\"b\":3,\"c\":1}"),
        ("other: [1, {a: 1.5}, 'x', yes]\naddons: 1\nmore: {y1: {b: [c]}}\n", "1"),
        ("other: \"\\x41\"\nthird: |\n  x\naddons: 2\n", "2"), ("other: 1\n", "null"), ("{}\n", "null"), ("a: 'x''y'\n", "null"),
        ("a: 1e400\n", "null"),
        ("'<<': {a: 1}\naddons: 3\n", "3"), ("a: {'<<': 1}\naddons: 4\n", "4"), ("addons: {'1': 1, 'y': 2}\n", "{\"1\":1,\"y\":2}"),
    ];

    private static readonly string[] LeftAlone =
    [
        "", "# c\n", "x\n", "- 1\n", "[addons]\n", "addons: {\n", "addons: &a 1\n", "addons: !!str 1\n", "b: &a 1\naddons: 1\n",
        "addons: .inf\n", "addons: [.nan]\n",
        "addons: {a: -.inf}\n", "other: .inf\naddons: 1\n", "other: [1, .nan]\naddons: 1\n", "other: {a: .nan}\naddons: 1\n",
        "addons: 1\nother: .inf\n",
        "addons: 1\naddons: 2\n", "addons: 1\n'addons': 2\n", "1: a\naddons: 1\n", "y: a\naddons: 1\n", "~: a\naddons: 1\n",
        "<<: {}\naddons: 1\n", "? [a]\n: 1\naddons: 1\n",
        "addons: {1: a}\n", "addons: {y: a}\n", "addons: {<<: {}}\n", "addons: {a: 1, a: 2}\n", "addons: {b: 1, a: 2, 'b': 3}\n",
        "addons: {? [a] : 1}\n", "addons: {? {} : 1}\n",
        "other: {1: a}\naddons: 1\n", "other: [{y: a}]\naddons: 1\n", "other: {a: {<<: {}}}\naddons: 1\n", "\"\\x61\": 1\naddons: 1\n",
        "'a''b': 1\naddons: 1\n",
        "addons: {'a''b': 1}\n", "other: {\"\\x61\": 1}\naddons: 1\n", "? |\n  a\n: 1\naddons: 1\n", "? >-\n  a\n: 1\naddons: 1\n",
        "other: {a: 1, b: [{2: 3}]}\naddons: 1\n",
        "? a\n  b\n: 1\naddons: 1\n", "[1]: 2\naddons: 1\n", "other: {[1]: 2}\naddons: 1\n", "addons: 1\nother: [x, {y: 1}]\n",
    ];

    [Fact]
    public void The_ordinary_value_is_written_as_the_whole_reading_writes_it() =>
        Shown.Holds(Written.Select(row => (row.Text, AddonsHash.OfJson(Encoding.UTF8.GetBytes(row.Json)))).ToArray(), Hash);

    [Fact]
    public void What_needs_more_thought_is_left_to_the_whole_reading() => Shown.Holds(LeftAlone.Select(text => (text, "none")).ToArray(), Hash);

    [Fact]
    public void Sixty_four_keys_of_a_map_are_sorted_here_and_no_more()
    {
        var keys = Enumerable.Range(0, 65).Select(i => $"k{i * 37 % 65:00}").ToArray();
        string Text(int count) => "addons: {" + string.Join(", ", keys.Take(count).Select(key => key + ": 1")) + "}\n";
        var json = "{" + string.Join(",", keys.Take(64).Order(StringComparer.Ordinal).Select(key => $"\"{key}\":1")) + "}";
        Assert.Equal(AddonsHash.OfJson(Encoding.UTF8.GetBytes(json)), Hash(Text(64)));
        Assert.Equal("none", Hash(Text(65)));
        Assert.NotNull(HelmValues.HashAddons(new HelmInput { Files = [Encoding.UTF8.GetBytes(Text(65))] }).Value);
    }

    [Fact]
    public void A_long_value_is_written_whole()
    {
        var items = Enumerable.Range(1000, 2000).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var text = "addons: [" + string.Join(", ", items) + ", \"" + new string('é', 600) + "\\n\"]\n";
        var json = "[" + string.Join(",", items) + ",\"" + new string('é', 600) + "\\n\"]";
        Assert.Equal(AddonsHash.OfJson(Encoding.UTF8.GetBytes(json)), Hash(text));
    }

    private static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    private static string Hash(byte[] text) => DirectJson.TryHash(text, "addons"u8) ?? "none";
}
