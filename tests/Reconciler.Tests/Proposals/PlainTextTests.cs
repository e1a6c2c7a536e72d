using System.Text;
using OdooSky.GitOps.Reconciler.Proposals;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proposals;

/// <summary>Text from rows, made harmless.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text", "plain text")]
    [InlineData("  two\r\n\r\nlines\t", "two lines")]
    [InlineData("a\u2028b\u2029c\u0085d", "a b c d")]
    [InlineData("\u202eevil\u202c \u2066x\u2069\u200b\ufeff", "evil x")]
    [InlineData("nul\u0000l \u001b[31mred", "nul l [31mred")]
    [InlineData("\u200b\u202e", "")]
    [InlineData("Grüße 日本 😀", "Grüße 日本 😀")]
    [InlineData("private\ue000use", "privateuse")]
    public void A_line_holds_visible_text_only(string text, string line) => Assert.Equal(line, PlainText.Line(text));

    [Fact]
    public void A_long_line_is_cut_at_a_whole_character()
    {
        var line = PlainText.Line(new string('x', 299) + "😀😀");

        Assert.Equal(new string('x', 299) + "…", line);
        Assert.Equal(301, PlainText.Line(new string('x', 400)).Length);
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Numbers), MemberType = typeof(HostileTexts))]
    public void Whatever_comes_is_one_line_that_stays_as_it_is(int number)
    {
        var line = PlainText.Line(HostileTexts.All[number]);

        Assert.Equal(line, PlainText.Line(line));
        Assert.True(line.Length <= 301);
        Assert.DoesNotContain(line, char.IsControl);
        Assert.True(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(line)) == line, "no half characters");
    }

    [Theory]
    [InlineData("closes #1", "closes, #1")]
    [InlineData("Fixes: #12 at last", "Fixes, #12 at last")]
    [InlineData("FIXED  owner/repo.x#3", "FIXED, owner/repo.x#3")]
    [InlineData("resolve GH-7", "resolve, GH-7")]
    [InlineData("resolved :\nhttps://forge.example/o/r/issues/9", "resolved, https://forge.example/o/r/issues/9")]
    [InlineData("close #1, close #2", "close, #1, close, #2")]
    [InlineData("#12", "#12")]
    [InlineData("prefixes #12", "prefixes #12")]
    [InlineData("fixes the report", "fixes the report")]
    [InlineData("@octocat and (@org/team) look", "@ octocat and (@ org/team) look")]
    [InlineData("ann@x.example", "ann@x.example")]
    [InlineData("a.b+c-@x.example @ 5", "a.b+c-@x.example @ 5")]
    public void A_quiet_line_orders_nothing(string text, string line) => Assert.Equal(line, PlainText.Quiet(text));

    [Theory]
    [MemberData(nameof(HostileTexts.Numbers), MemberType = typeof(HostileTexts))]
    public void A_quiet_line_stays_as_it_is(int number)
    {
        var line = PlainText.Quiet(HostileTexts.All[number]);

        Assert.Equal(line, PlainText.Quiet(line));
    }

    [Theory]
    [InlineData("plain", "`plain`")]
    [InlineData("a|b", "`a\\|b`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`a", "`` `a ``")]
    [InlineData("a``b`", "``` a``b` ```")]
    [InlineData("", "")]
    public void A_code_span_has_a_fence_that_the_text_can_not_close(string text, string span) => Assert.Equal(span, Markdown.Code(text));

    [Fact]
    public void No_fence_is_longer_than_the_80_that_the_renderer_knows()
    {
        var span = Markdown.Code("a" + new string('`', 200) + "b");

        Assert.Equal($"{new string('`', 80)}a{new string('`', 79)}b{new string('`', 80)}", span);
    }

    [Theory]
    [InlineData("a\n", "```diff\na\n```\n")]
    [InlineData("```\n", "````diff\n```\n````\n")]
    [InlineData("x `````y\n", "``````diff\nx `````y\n``````\n")]
    public void A_block_has_a_fence_longer_than_any_in_the_text(string text, string block) => Assert.Equal(block, Markdown.Block("diff", text));
}
