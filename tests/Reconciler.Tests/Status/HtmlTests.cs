using OdooSky.GitOps.Reconciler.Status.Markup;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Status;

/// <summary>What is put into a page is text, whatever it is.</summary>
public sealed class HtmlTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("\" onmouseover=\"x", "<p>&quot; onmouseover=&quot;x</p>")]
    [InlineData("it's A & B", "<p>it&#39;s A &amp; B</p>")]
    [InlineData("&lt;", "<p>&amp;lt;</p>")]
    [InlineData("a\0b\u001b[31m", "<p>a\uFFFDb\uFFFD[31m</p>")]
    [InlineData("gpj.\u202Eexe", "<p>gpj.\uFFFDexe</p>")]
    [InlineData("zwei\nZeilen\tÄ🐟", "<p>zwei\nZeilen\tÄ🐟</p>")]
    [InlineData(null, "<p></p>")]
    public void A_text_is_escaped(string? text, string expected) => Assert.Equal(expected, Html.Of($"<p>{text}</p>").ToString());

    [Fact]
    public void Markup_is_not_escaped_twice() =>
        Assert.Equal("<ul><li>&lt;a&gt;</li><li>b</li></ul>", Html.Of($"<ul>{Html.Each(["<a>", "b"], each => Html.Of($"<li>{each}</li>"))}</ul>").ToString());

    [Fact]
    public void A_text_where_an_address_belongs_is_a_mistake_of_the_source()
    {
        const string text = "javascript:alert(1)";

        Assert.Throws<InvalidOperationException>(() => Html.Of($"<a href=\"{text}\">x</a>"));
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<img src=\"{text}\">"));
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<form ACTION=\"{text}\">"));
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<p style=\"{text}\">"));
    }

    [Fact]
    public void A_value_without_quotes_or_as_a_name_is_a_mistake_of_the_source()
    {
        const string text = "x";

        Assert.Throws<InvalidOperationException>(() => Html.Of($"<p class={text}>"));
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<{text}>"));
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<p></{text}>"));
    }

    [Theory]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("//evil.example/x", null)]
    [InlineData("/srv/proposals/prod/i-acme.md", null)]
    [InlineData("https://user:word@github.example/x", null)]
    [InlineData("https://github.example/a\"b/pull/1", "https://github.example/a%22b/pull/1")]
    [InlineData("http://127.0.0.1:8080/x/pull/1", "http://127.0.0.1:8080/x/pull/1")]
    public void Only_http_leads_elsewhere(string address, string? expected) => Assert.Equal(expected, Href.Elsewhere(address)?.Text);

    [Fact]
    public void A_path_of_any_text_stays_one_part() =>
        Assert.Equal("/changes/a%2F..%2Fb%3Fc?target=x%26y%3D1", Href.To("changes", "a/../b?c").With(("target", "x&y=1"), ("q", null), ("ring", "")).Text);
}
