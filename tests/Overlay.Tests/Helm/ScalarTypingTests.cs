using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Plain texts and what Helm makes of them: words, integers, decimals, and what only looks like one.</summary>
public sealed class ScalarTypingTests
{
    public static readonly (string Text, string Read)[] HelmWords =
    [
        ("a: [y, Y, yes, Yes, YES, on, On, ON, true, True, TRUE]", "{\"a\":[true,true,true,true,true,true,true,true,true,true,true]}"),
        ("a: [n, N, no, No, NO, off, Off, OFF, false, False, FALSE]",
            "{\"a\":[false,false,false,false,false,false,false,false,false,false,false]}"),
        ("a: [~, null, Null, NULL, ]", "{\"a\":[null,null,null,null]}"),
        ("a: [yE, yeS, oN, nO, tRue, TRUe, nuLL, NUll, falsE, FALSe, oFF, OfF]",
            "{\"a\":[\"yE\",\"yeS\",\"oN\",\"nO\",\"tRue\",\"TRUe\",\"nuLL\",\"NUll\",\"falsE\",\"FALSe\",\"oFF\",\"OfF\"]}"),
        ("a: [o, O, t, T, f, F, ~~, ye, of, tru, yess, nulls, falses, offs, ons, fals, truE]",
            "{\"a\":[\"o\",\"O\",\"t\",\"T\",\"f\",\"F\",\"~~\",\"ye\",\"of\",\"tru\",\"yess\",\"nulls\",\"falses\",\"offs\",\"ons\",\"fals\",\"truE\"]}"),
        ("a: [nn, nu, Tes, Yo, nes, Oes, fo, nalse, tull, frue, oes]",
            "{\"a\":[\"nn\",\"nu\",\"Tes\",\"Yo\",\"nes\",\"Oes\",\"fo\",\"nalse\",\"tull\",\"frue\",\"oes\"]}"),
        ("a: [.iNf, .Nan, .nAN, .in, -.iNf, ..inf, +.nan, -.nan, .INFO]",
            "{\"a\":[\".iNf\",\".Nan\",\".nAN\",\".in\",\"-.iNf\",\"..inf\",\"+.nan\",\"-.nan\",\".INFO\"]}"),
        ("a: .nan", "not-a-number 1:4"), ("a: .NaN", "not-a-number 1:4"), ("a: [1, .NAN]", "not-a-number 1:8"),
        ("a: .inf", "not-a-number 1:4"), ("a: .Inf", "not-a-number 1:4"), ("a: .INF", "not-a-number 1:4"),
        ("a: +.inf", "not-a-number 1:4"), ("a: -.Inf", "not-a-number 1:4"), ("a: -.INF", "not-a-number 1:4"),
        (".nan: 1\n.inf: 2\n-.INF: 3\n+.Inf: 4\n", "{\"-.inf\":3,\".inf\":4,\".nan\":1}"),
    ];

    public static readonly (string Text, string Read)[] HelmIntegers =
    [
        ("a: [0x1F, 0X1f, 0xabcdef, 0xABCDEF, 0o17, 0O17, 0b101, 0B101, 017, 00, 0, -0x10, +0x10, -010, +010]",
            "{\"a\":[31,31,11259375,11259375,15,15,5,5,15,0,0,-16,16,-8,8]}"),
        ("a: [0x, 0xG, 0x1G, 0b, 0b2, 0b12, 0o8, 0o, 0q1, 0x-1, +, -a, +0x, 0o-1]",
            "{\"a\":[\"0x\",\"0xG\",\"0x1G\",\"0b\",\"0b2\",\"0b12\",\"0o8\",\"0o\",\"0q1\",\"0x-1\",\"+\",\"-a\",\"+0x\",\"0o-1\"]}"),
        ("a: [0b-101, 0b+101, 0b-, 0b+, 0b--1, 0b-12, 0B-1, +0b-1, 0b-0, 0b1-1, 0x+1, 00-1]",
            "{\"a\":[-5,5,\"0b-\",\"0b+\",\"0b--1\",\"0b-12\",\"0B-1\",\"+0b-1\",0,\"0b1-1\",\"0x+1\",\"00-1\"]}"),
        ("a: [0b-111111111111111111111111111111111111111111111111111111111111111]", "{\"a\":[-9223372036854776000]}"),
        ("a: 0b-1000000000000000000000000000000000000000000000000000000000000000", "{\"a\":-9223372036854776000}"),
        ("a: 0b+1000000000000000000000000000000000000000000000000000000000000000",
            "{\"a\":\"0b+1000000000000000000000000000000000000000000000000000000000000000\"}"),
        ("9223372036854775807: a\n-9223372036854775808: b\n+9223372036854775807: c\n",
            "{\"-9223372036854775808\":\"b\",\"9223372036854775807\":\"c\"}"),
        ("-9223372036854775809: a\n", "{\"-9.223372e+18\":\"a\"}"),
        ("+9223372036854775808: a\n", "{\"9.223372e+18\":\"a\"}"),
        ("18446744073709551616: a\n", "{\"1.8446744e+19\":\"a\"}"),
        ("9223372036854775808: a\n", "key-kind 1:1"),
        ("18446744073709551615: a\n", "key-kind 1:1"),
        ("a: [9223372036854775807, 18446744073709551615, 18446744073709551616, 0xFFFFFFFFFFFFFFFF, 0x8000000000000000]",
            "{\"a\":[9223372036854776000,18446744073709552000,18446744073709552000,18446744073709552000,9223372036854776000]}"),
        ("a: [0x10000000000000000, 0b10000000000000000000000000000000000000000000000000000000000000000, 0o2000000000000000000000]",
            "{\"a\":[\"0x10000000000000000\",\"0b10000000000000000000000000000000000000000000000000000000000000000\",\"0o2000000000000000000000\"]}"),
        ("a: [08, 09.5, 0099, 07777777777777777777777, 1_000, 1__0, 1_, +_1, -1_0, 0_8, 0_7, 0x_F, 0b1_1, _1, 1_e_3, -_]",
            "{\"a\":[8,9.5,99,7.777777777777777e+21,1000,10,1,1,-10,8,7,15,3,\"_1\",1000,\"-_\"]}"),
    ];

    public static readonly (string Text, string Read)[] HelmDecimals =
    [
        ("a: [1., 1.5, +1.5, -1.5, 1.e3, 1e3, 1E3, 1e+3, 1e-3, 1.5e3, -1.5E-3, +1e3]",
            "{\"a\":[1,1.5,1.5,-1.5,1000,1000,1000,1000,0.001,1500,-0.0015,1000]}"),
        ("a: [1e, 1e+, 1e-, 1e+-3, 1e3e3, 1e3.5, 1.5.5, e3, 1f3, 1.5x, 1 5, +e3, 1e3 x, 1.ex]",
            "{\"a\":[\"1e\",\"1e+\",\"1e-\",\"1e+-3\",\"1e3e3\",\"1e3.5\",\"1.5.5\",\"e3\",\"1f3\",\"1.5x\",\"1 5\",\"+e3\",\"1e3 x\",\"1.ex\"]}"),
        ("a: [.5, .5e3, .5E3, .5e+3, .5e-3, +.5, -.5, .5_5, .1_2_3, -.5_, +.5__5]",
            "{\"a\":[0.5,500,500,500,0.0005,0.5,-0.5,0.55,0.123,-0.5,0.55]}"),
        ("a: [., .., .e3, .5e, .5e+, ._5, .5_, .5__5, .5_e3, .5e_3, .5e3_, .5.5, .x, -., +., .5e1_0, .5ee]",
            "{\"a\":[\".\",\"..\",\".e3\",\".5e\",\".5e+\",\"._5\",\".5_\",\".5__5\",\".5_e3\",\".5e_3\",\".5e3_\",\".5.5\",\".x\",\"-.\",\"+.\",5000000000,\".5ee\"]}"),
        ("a: [1e308, 1.8e308, -1e308, -1.8e308, 1e400, .1e400, 1e-400, -1e-400]",
            "{\"a\":[1e+308,\"1.8e308\",-1e+308,\"-1.8e308\",\"1e400\",\".1e400\",0,-0]}"),
        ("a: [0.0, -0.0, +0.0, -0, +0, 1e-6, 9.9e-7, 1e20, 1e21, 123456789012345678901234567890]",
            "{\"a\":[0,-0,0,0,0,0.000001,9.9e-7,100000000000000000000,1e+21,1.2345678901234568e+29]}"),
    ];

    [Fact]
    public void Words_mean_booleans_and_null_in_three_spellings_only() => Shown.Holds(HelmWords, Shown.Json);

    [Fact]
    public void Integers_have_four_bases_and_64_bits() => Shown.Holds(HelmIntegers, Shown.Json);

    [Fact]
    public void Decimals_have_a_dot_or_an_exponent_and_a_doubles_range() => Shown.Holds(HelmDecimals, Shown.Json);

    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(300)]
    public void A_number_may_have_any_number_of_digits(int digits)
    {
        var zeros = new string('0', digits);
        Assert.Equal("{\"a\":5}", Shown.Json($"a: 0x_{zeros}5\n"));
        Assert.Equal("{\"a\":0.5}", Shown.Json($"a: .5{zeros}\n"));
        Assert.Equal("{\"a\":0.55}", Shown.Json($"a: .5_5{zeros}\n"));
        Assert.Equal("{\"a\":1.5}", Shown.Json($"a: 1_.5{zeros}\n"));
        Assert.Equal($"{{\"a\":\"{zeros}x\"}}", Shown.Json($"a: {zeros}x\n"));
    }
}
