using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Texts as Go writes them in JSON, and what the escapes of double quotes mean.</summary>
public sealed class JsonTextTests
{
    public static readonly (string Text, string Read)[] HelmEscapes =
    [
        ("a: \"\\0\\a\\b\\t\\\t\\n\\v\\f\\r\\e\\ \\\"\\'\\\\\\N\\_\\L\\P\"",
            "{\"a\":\"\\u0000\\u0007\\b\\t\\t\\n\\u000b\\f\\r\\u001b \\\"'\\\\\u0085\u00A0\\u2028\\u2029\"}"),
        ("a: \"\\x41\\u00e9\\u20AC\\U0001F600\\U0010FFFF\\uFFFD\\x00\\x1f\\x7f\"",
            "{\"a\":\"Aé€\U0001F600\U0010FFFF\uFFFD\\u0000\\u001f\u007f\"}"),
        ("a: \"\\/\"", "yaml-escape 1:6"), ("a: \"\\q\"", "yaml-escape 1:6"), ("a: \"\\x4\"", "yaml-escape 1:7"),
        ("a: \"\\x4g\"", "yaml-escape 1:7"), ("a: \"\\xg4\"", "yaml-escape 1:7"), ("a: \"\\u00e\"", "yaml-escape 1:7"),
        ("a: \"\\ud83d\"", "yaml-escape 1:7"),
        ("a: \"\\udfff\"", "yaml-escape 1:7"), ("a: \"\\U00110000\"", "yaml-escape 1:7"), ("a: \"\\UFFFFFFFF\"", "yaml-escape 1:7"),
        ("a: \"\\U80000041\"", "yaml-escape 1:7"), ("a: \"\\U0001F60\"", "yaml-escape 1:7"), ("a: \"\\", "yaml-escape 1:6"),
        ("a: \"\\x", "yaml-escape 1:7"),
        ("a: \"\\1\"", "yaml-escape 1:6"), ("a: \"\\B\"", "yaml-escape 1:6"), ("a: \"\\l\"", "yaml-escape 1:6"),
        ("a: \"\\é\"", "yaml-escape 1:6"), ("a: \"x\\\n  y\\\n\n  z\"", "{\"a\":\"xy\\nz\"}"),
        ("a: \"<>&'/\\x1f\\x20\\x7e\"", "{\"a\":\"\\u003c\\u003e\\u0026'/\\u001f ~\"}"),
        ("a: '…‧‐â\u2128\u2228\u20A8\u20A9'", "{\"a\":\"…‧‐â\u2128\u2228\u20A8\u20A9\"}"),
        ("'<\\': \"é\\L\\P\"\n", "{\"\\u003c\\\\\":\"é\\u2028\\u2029\"}"),
    ];

    [Fact]
    public void Escapes_of_double_quotes_are_those_of_YAML_1_1() => Shown.Holds(HelmEscapes, Shown.Json);

    [Fact]
    public void Control_characters_are_escaped_by_letter_or_by_number()
    {
        var all = string.Concat(Enumerable.Range(0, 0x24).Select(i => (char)i));
        const string Expected = "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016"
            + "\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f !\\\"#\"";
        Assert.Equal(Expected, Encoding.UTF8.GetString(GoJson.Write(new HelmText(all))));
    }

    [Fact]
    public void Long_texts_are_written_whole()
    {
        var text = string.Concat(Enumerable.Repeat("é<\U0001F600\u2028x", 1000));
        var json = string.Concat(Enumerable.Repeat("é\\u003c\U0001F600\\u2028x", 1000));
        Assert.Equal($"[\"{json}\",\"{json}\"]", Encoding.UTF8.GetString(GoJson.Write(new HelmList([new HelmText(text), new HelmText(text)]))));
    }
}
