using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Numbers at the edges where Go changes its layout.</summary>
public sealed class GoFloatTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(0.5, "0.5")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.00000099, "9.9e-7")]
    [InlineData(-0.0000001, "-1e-7")]
    [InlineData(123456.75, "123456.75")]
    [InlineData(100000000000000000000.0, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(-1e21, "-1e+21")]
    [InlineData(-1.25e-7, "-1.25e-7")]
    [InlineData(123456789012345680000.0, "123456789012345680000")]
    [InlineData(999999999999999900000.0, "999999999999999900000")]
    [InlineData(100.0, "100")]
    [InlineData(1200.5, "1200.5")]
    [InlineData(-0.00012, "-0.00012")]
    [InlineData(1.7976931348623157E+308, "1.7976931348623157e+308")]
    public void Json_has_an_exponent_below_a_millionth_and_from_1e21(double value, string expected)
    {
        Span<byte> text = stackalloc byte[GoFloat.LongestText];
        Assert.Equal(expected, Encoding.ASCII.GetString(text[..GoFloat.WriteJson(value, text)]));
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(17.0, "17")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(999999.0, "999999")]
    [InlineData(1000000.0, "1e+06")]
    [InlineData(1234567.8, "1.2345678e+06")]
    [InlineData(123456.7, "123456.7")]
    [InlineData(1e39, ".inf")]
    [InlineData(-1e39, "-.inf")]
    [InlineData(double.NaN, ".nan")]
    [InlineData(double.PositiveInfinity, ".inf")]
    [InlineData(-0.0, "-0")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(-1.5e-7, "-1.5e-07")]
    [InlineData(-123456789.0, "-1.2345679e+08")]
    [InlineData(1e-60, "0")]
    [InlineData(0.25, "0.25")]
    [InlineData(1e10, "1e+10")]
    [InlineData(100.0, "100")]
    public void A_key_is_a_single_float_in_its_shortest_form(double value, string expected) => Assert.Equal(expected, GoFloat.KeyText(value));

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(17.5, "17.5")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(999999.0, "999999")]
    [InlineData(1000000.0, "1e+06")]
    [InlineData(20250101.0, "2.0250101e+07")]
    [InlineData(-0.0, "-0")]
    [InlineData(-20.25, "-20.25")]
    [InlineData(-1.5e-7, "-1.5e-07")]
    [InlineData(1e100, "1e+100")]
    [InlineData(120.0, "120")]
    public void A_template_prints_an_exponent_from_a_million_on(double value, string expected) => Assert.Equal(expected, GoFloat.TemplateText(value));
}
