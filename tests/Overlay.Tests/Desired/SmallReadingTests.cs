using OdooSky.GitOps.Overlay.Desired;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Desired;

public sealed class SmallReadingTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("resources.odoo.limits.cpu", "resources|odoo|limits|cpu")]
    [InlineData("a.\"b.c\".d", "a|b.c|d")]
    [InlineData("\"q\\\"x\\\\\"", "q\"x\\")]
    [InlineData("a.\"\"", "a|")]
    [InlineData("a-b_c/d", "a-b_c/d")]
    public void A_path_reads_and_writes(string text, string keys)
    {
        var path = ValuePath.TryParse(text);

        Assert.Equal(keys, string.Join('|', path!.Keys));
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a[0]")]
    [InlineData("a b")]
    [InlineData("\"a")]
    [InlineData("\"a\"b")]
    [InlineData("\"a\\n\"")]
    [InlineData("a\"b\"")]
    [InlineData("\"a\\")]
    public void What_is_no_path_is_none(string text) => Assert.Null(ValuePath.TryParse(text));

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("1h30m", 5400)]
    [InlineData("2d", 172800)]
    [InlineData("0s", 0)]
    public void A_duration_reads_and_writes(string text, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.TryParse(text));
        Assert.Equal(text, Duration.Write(TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-5m")]
    [InlineData("5 m")]
    [InlineData("1m1h")]
    [InlineData("1s1s")]
    [InlineData("1.5h")]
    [InlineData("9999999d")]
    [InlineData("1ms")]
    public void What_is_no_duration_is_none(string text) => Assert.Null(Duration.TryParse(text));

    [Theory]
    [InlineData("5%", "5%")]
    [InlineData("0.50%", "0.5%")]
    [InlineData("100%", "100%")]
    public void A_percentage_reads_and_writes(string text, string written) => Assert.Equal(written, Percent.TryParse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("5")]
    [InlineData("101%")]
    [InlineData("-1%")]
    [InlineData("5 %")]
    [InlineData("1e1%")]
    [InlineData("5%%")]
    public void What_is_no_percentage_is_none(string text) => Assert.Null(Percent.TryParse(text));

    [Theory]
    [InlineData("verison", "version")]
    [InlineData("sorce", "source")]
    [InlineData("IMAGE", "image")]
    [InlineData("cod", "code")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_found(string written, string? nearest) =>
        Assert.Equal(nearest, NearestWord.Of(written, ["code", "source", "image", "version"]));

    [Fact]
    public void The_longest_listed_path_says_which_pods_roll()
    {
        var paths = RestartPaths.Read("charts/instance/restart-paths.yaml",
            """
            apiVersion: odoosky.io/v1
            kind: RestartPaths
            paths: {resources: [pg, odoo], resources.pg: [pg], nameOverride: [], image: [odoo], image.note: [], image.tag.x: [pg]}

            """u8.ToArray());

        Assert.Empty(paths.Problems);
        Assert.Equal(["pg"], paths.PodsOf(ValuePath.TryParse("resources.pg.limits")!)!.Value);
        Assert.Equal(["odoo", "pg"], paths.PodsOf(ValuePath.TryParse("resources.odoo")!)!.Value);
        Assert.Empty(paths.PodsOf(ValuePath.TryParse("nameOverride")!)!.Value);
        Assert.Equal(["odoo", "pg"], paths.PodsOf(ValuePath.TryParse("image.tag")!)!.Value);
        Assert.Null(paths.PodsOf(ValuePath.TryParse("other")!));
        Assert.Null(RestartPaths.Unknown.PodsOf(ValuePath.TryParse("image")!));
    }

    [Theory]
    [InlineData("paths: {a: [oddo]}\n", "3:13 error OSG0458: paths.a[0] is \"oddo\", not a pod's role: odoo, pg. | Write a pod's role: odoo, pg.")]
    [InlineData("paths: {a..b: [odoo]}\n", "3:9 error OSG0458: \"a..b\" is no path of keys. | Join keys by dots, and put a key with a dot in double quotes.")]
    [InlineData("paths: {a: none}\n", "3:12 error OSG0456: paths.a is the text \"none\", not a list. | Write a list.")]
    [InlineData("paths: {}\npath: {}\n", "4:1 error OSG0455: The key \"path\" is not known at the root of this file. | Did you mean paths?")]
    [InlineData("paths: [\n", "3:8 error OSG0451: ")]
    public void Restart_paths_are_read_strictly_and_a_broken_file_knows_no_path(string text, string line)
    {
        var paths = RestartPaths.Read("restart-paths.yaml", System.Text.Encoding.UTF8.GetBytes("apiVersion: odoosky.io/v1\nkind: RestartPaths\n" + text));

        Assert.StartsWith(line, Wishes.OnlyLine(paths.Problems));
        Assert.Empty(paths.Paths);
    }
}
