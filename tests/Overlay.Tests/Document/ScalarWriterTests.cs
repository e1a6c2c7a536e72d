using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Document;

public sealed class ScalarWriterTests
{
    [Fact]
    public void Every_character_is_read_back_as_it_was()
    {
        for (var from = 0; from < 0x110000; from += 0x1000)
        {
            var text = string.Concat(Enumerable.Range(from, 0x1000).Where(Rune.IsValid).Select(point => new Rune(point).ToString()));
            Assert.Equal(new HelmText(text), RoundTrip(new HelmText(text)));
        }
    }

    [Theory]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("/", "\"/\"")]
    [InlineData("\U0001F600", "\"\U0001F600\"")]
    [InlineData("\0\a\b\t\n\v\f\r\e", "\"\\0\\a\\b\\t\\n\\v\\f\\r\\e\"")]
    [InlineData("\u0001\u007F\u0085\u009F", "\"\\u0001\\u007F\\N\\u009F\"")]
    [InlineData("\u2028\u2029\uFEFF\u202E", "\"\\L\\P\\uFEFF\\u202E\"")]
    [InlineData("", "\"\"")]
    public void Texts_are_quoted_with_the_escapes_that_Helm_knows(string text, string written) => Assert.Equal(written, ScalarWriter.Quoted(text));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(17, "17")]
    [InlineData(1.5, "1.5")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(9007199254740993, "9007199254740992")]
    [InlineData(5e-324, "5e-324")]
    public void Numbers_are_written_as_Go_prints_them_and_zero_keeps_its_sign(double value, string written)
    {
        Assert.Equal(written, ScalarWriter.Of(new HelmNumber(value)));
        Assert.Equal(new HelmNumber(value), RoundTrip(new HelmNumber(value)));
    }

    [Fact]
    public void Every_kind_of_number_is_read_back_as_it_was()
    {
        var dice = new Dice(1);
        for (var i = 0; i < 20_000; i++)
        {
            var number = dice.NextDouble() * Math.Pow(10, dice.Next(-320, 309));
            if (i % 3 == 0) number = Math.Round(number);
            if (double.IsFinite(number)) Assert.Equal(new HelmNumber(number), RoundTrip(new HelmNumber(number)));
        }
    }

    [Theory]
    [InlineData("tag", "tag")]
    [InlineData("plain-key_1.x", "plain-key_1.x")]
    [InlineData("on", "\"on\"")]
    [InlineData("Null", "\"Null\"")]
    [InlineData("1", "\"1\"")]
    [InlineData("", "\"\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("<<", "\"<<\"")]
    public void Keys_are_plain_only_where_they_are_words(string key, string written) => Assert.Equal(written, ScalarWriter.Key(key, quoted: false));

    private static HelmValue? RoundTrip(HelmValue value)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"a: {ScalarWriter.Of(value)}\n");
        return HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(text)] }).Value?.Find("a");
    }
}
