using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Tags: what they insist on, how they are written, and dates, which only a tag insists on.</summary>
public sealed class TagTests
{
    public static readonly (string Text, string Read)[] HelmMeanings =
    [
        ("a: [!!bool yes, !!bool 'no', !!int 1, !!int '0x1F', !!int 18446744073709551615, !!float 1.5, !!float 1, !!float '2', !!float -0, !!null ~, !!null '']",
            "{\"a\":[true,false,1,31,18446744073709552000,1.5,1,2,0,null,null]}"),
        ("a: [!!str 1, !!str ~, !!str , !x 1, ! 1, !!foo 1, !!map x, !!seq x, !!merge x, !!binary aGk=, !!binary ]",
            "{\"a\":[\"1\",\"~\",\"\",\"1\",\"1\",\"1\",\"x\",\"x\",\"x\",\"hi\",\"\"]}"),
        ("a: !!bool x", "tag-mismatch 1:11"), ("a: !!bool 1", "tag-mismatch 1:11"), ("a: !!int x", "tag-mismatch 1:10"),
        ("a: !!int 1.5", "tag-mismatch 1:10"), ("a: !!int yes", "tag-mismatch 1:10"),
        ("a: !!float x", "tag-mismatch 1:12"), ("a: !!float yes", "tag-mismatch 1:12"),
        ("a: !!float 18446744073709551615", "tag-mismatch 1:12"), ("a: !!null x", "tag-mismatch 1:11"),
        ("a: !!null 0", "tag-mismatch 1:11"),
        ("a: !!timestamp x", "tag-mismatch 1:16"), ("a: !!bool", "tag-mismatch 1:10"), ("a: !!int", "tag-mismatch 1:9"),
        ("a: !!float .inf", "not-a-number 1:12"),
        ("a: !!binary x", "binary 1:13"), ("a: !!binary aGk", "binary 1:13"), ("a: !!binary 'aG k='", "binary 1:13"),
        ("a: !!binary \"aG\\tk=\"", "binary 1:13"), ("a: !!binary a-_=", "binary 1:13"),
        ("a: !!binary |\n  aG\n  k=\n", "{\"a\":\"hi\"}"), ("a: !!binary \"aG\\r\\nk=\"", "{\"a\":\"hi\"}"),
        ("a: !!binary w6nDKMOp", "{\"a\":\"é\uFFFD(é\"}"), ("a: !!binary 8J+YgP//8J+YgA==", "{\"a\":\"\U0001F600\uFFFD\uFFFD\U0001F600\"}"),
        ("!!int 1: a\n!!str 2: b\n!!float 3: c\n!!bool yes: d\n!x 4: e\n",
            "{\"1\":\"a\",\"2\":\"b\",\"3\":\"c\",\"4\":\"e\",\"true\":\"d\"}"),
        ("a: !!str {b: 1}\nc: !!map [1]\n", "{\"a\":{\"b\":1},\"c\":[1]}"),
        ("a: !!str |\n  x\n", "{\"a\":\"x\\n\"}"), ("a: !!int |-\n  5\n", "{\"a\":5}"), ("a: !!int \"1\\x30\"", "{\"a\":10}"),
    ];

    public static readonly (string Text, string Read)[] HelmForms =
    [
        ("a: !<tag:yaml.org,2002:int> '1'", "{\"a\":1}"), ("a: !<tag:yaml.org,2002:in%74> '1'", "{\"a\":1}"),
        ("a: !!i%6et '1'", "{\"a\":1}"), ("a: !<x> 1", "{\"a\":\"1\"}"), ("a: !<!> 1", "{\"a\":\"1\"}"),
        ("%TAG !e! tag:yaml.org,2002:\n---\na: !e!int '1'\n", "{\"a\":1}"), ("%TAG ! tag:yaml.org,2002:\n---\na: !int '1'\n", "{\"a\":1}"),
        ("%TAG !! tag:x,1:\n---\na: !!int '1'\n", "{\"a\":\"1\"}"),
        ("%TAG !e! tag:yaml.org,2002:i%6et\n---\na: !e! '1'\n", "yaml-tag 3:7"),
        ("%TAG !e! tag:yaml.org,2002:%69\n---\na: !e!nt '1'\n", "{\"a\":1}"),
        ("a: !e!int 1", "yaml-tag-handle 1:4"), ("a: !<> 1", "yaml-tag 1:6"), ("a: !<x 1", "yaml-tag 1:7"), ("a: !<x", "yaml-tag 1:7"),
        ("a: !!", "yaml-tag 1:6"), ("a: !! 1", "yaml-tag 1:6"), ("a: !x{} 1", "yaml-tag 1:6"), ("a: !x! 1", "yaml-tag 1:7"),
        ("a: !x%4 1", "yaml-tag 1:6"), ("a: !x%4x 1", "yaml-tag 1:6"), ("a: !x%x4 1", "yaml-tag 1:6"), ("a: !x%C3 1", "yaml-tag 1:9"),
        ("a: !x%C3%28 1", "yaml-tag 1:9"), ("a: !x%C3%A9 1", "{\"a\":\"1\"}"), ("a: !x%E2%82%AC 1", "{\"a\":\"1\"}"),
        ("a: !x%F0%9F%98%80 1", "{\"a\":\"1\"}"), ("a: !x%80 1", "yaml-tag 1:6"), ("a: !x%F8 1", "yaml-tag 1:6"),
        ("a: !x%E2%82 1", "yaml-tag 1:12"), ("a: !x%C3A9 1", "yaml-tag 1:9"), ("a: !x%E2%82%28 1", "yaml-tag 1:12"),
        ("a: !x%7F 1", "{\"a\":\"1\"}"), ("a: !x%C0%80 1", "{\"a\":\"1\"}"),
        ("a: !a-_9Z;/?:@&=+$,.!~*'()[]% 1", "yaml-tag 1:29"), ("a: !a;/?:@&=+$,.~*'()[] 1", "{\"a\":\"1\"}"), ("a: !x\n", "{\"a\":\"\"}"),
        ("a: ! x\n", "{\"a\":\"x\"}"), ("a: !\n", "{\"a\":\"\"}"), ("a: [!x , !]\n", "yaml-open-bracket 1:4"),
        ("a: !!int\t1\n", "{\"a\":1}"), ("a: !!x\u00851\n", "yaml-key-without-colon 2:1"),
    ];

    private static readonly string[] Times =
    [
        "2001-01-01", "2001-1-1", "2001-12-31", "0000-02-29", "0000-1-31", "2000-02-29", "2001-01-01T00:00:00Z", "2001-01-01t23:59:59Z",
        "2001-01-01T1:2:3Z", "2001-01-01T00:00:00+01:30", "2001-01-01T00:00:00-24:60",
        "2001-01-01T00:00:00.123456789Z", "2001-01-01T00:00:00,5Z", "2001-01-01 00:00:00", "2001-01-01  1:02:03.5", "2001-01-01 23:59:59",
        "9999-12-31", "2004-2-29", "2001-01-01T00:00:00.1+00:00", "2001-01-01     1:2:3",
    ];

    private static readonly string[] NoTimes =
    [
        "", "2001", "2001-", "2001-1", "2001-1-", "200-01-01", "20010-01-01", "2001-00-01", "2001-13-01", "2001-01-00", "2001-01-32",
        "2001-02-29", "1900-02-29", "2001-04-31", "0000-02-30", "2001-01-01T", "2001-01-01 ",
        "2001-01-01T00:00:00", "2001-01-01T24:00:00Z", "2001-01-01T00:60:00Z", "2001-01-01T00:00:60Z", "2001-01-01T00:00Z",
        "2001-01-01T00Z", "2001-01-01T00:00:00z", "2001-01-01T00:00:00+1:30", "2001-01-01T00:00:00+25:00",
        "2001-01-01T00:00:00+01:61", "2001-01-01T00:00:00+0130", "2001-01-01T00:00:00+01", "2001-01-01T00:00:00+01:300",
        "2001-01-01T00:00:00*01:30", "2001-01-01T00:00:00ZZ", "2001-01-01 00:00:00Z", "2001-01-01x00:00:00Z", "2001/01/01",
        "2001-01/01", "2001-01-01T00-00-00Z", "2001-01-01T00:00-00Z", "2001-01-01T00:00:00.Z", "2001-01-01T00:00:00.",
        "2001-01-01 00:00:00.", "2001-01-01 00:00:00 ", "x001-01-01", "200x-01-01", "2001-x-01", "2001-01-x", "2001-001-01", "2001-01-001",
        "2001-01-01T :00:00Z", "2001-01-01T00::00Z", "2001-01-01T00:00:Z", "2001-01-01 00:00", "2001-01-01T000:00:00Z",
        "2001-01-01T00:00:00.5", "2001-01-01T00:00:00 Z", "2001-01-011", "2001-01-01T00:00:00+x1:30", "2001-01-01T00:00:00+1x:30",
        "2001-01-01T00:00:00+01:x0", "2001-01-01T00:00:00+01x30",
    ];

    [Fact]
    public void A_tag_insists_on_its_meaning() => Shown.Holds(HelmMeanings, Shown.Json);

    [Fact]
    public void A_tag_has_one_of_five_forms() => Shown.Holds(HelmForms, Shown.Json);

    [Fact]
    public void Dates_and_times_are_as_Go_parses_them()
    {
        Shown.Holds(Times.Select(text => (text, "True")).ToArray(), text => Timestamp.IsOne(Encoding.UTF8.GetBytes(text)).ToString());
        Shown.Holds(NoTimes.Select(text => (text, "False")).ToArray(), text => Timestamp.IsOne(Encoding.UTF8.GetBytes(text)).ToString());
    }

    /// <summary>The same dates as texts of values files, for the comparison with real Helm.</summary>
    public static readonly (string Text, string Read)[] HelmTimes =
    [
        .. Times.Select(text => ($"a: !!timestamp '{text}'", $"{{\"a\":\"{text}\"}}")),
        .. NoTimes.Select(text => ($"a: !!timestamp '{text}'", "tag-mismatch 1:16")),
    ];

    [Fact]
    public void A_date_stays_the_text_that_it_is() => Shown.Holds(HelmTimes, Shown.Json);
}
