using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Versions of Helm: how they are written, and which reading each has.</summary>
public sealed class VersionTests
{
    private static readonly (string Text, string Version)[] Texts =
    [
        ("3", "3.19.4"), ("4", "4.2.4"), ("v3", "3.19.4"), ("v4.2", "4.2.4"), ("4.1", "4.1.4"), ("4.0", "4.0.0"), ("3.18", "3.18.4"),
        ("3.20", "3.20.4"), ("3.19", "3.19.0"),
        ("3.21", "3.21.0"), ("4.3", "4.3.0"), ("3.17.3", "3.17.3"), ("0.0.0", "0.0.0"), ("12.34.56", "12.34.56"), ("2", ""), ("5", ""),
        ("", ""), ("v", ""), ("V3", ""), ("3.", ""), (".3", ""),
        ("3.1.2.3", ""), ("3.1.2.", ""), ("-3", ""), ("+3", ""), (" 3", ""), ("3 ", ""), ("3.x", ""), ("3.17.3-rc.1", ""), ("vv3", ""),
    ];

    private static readonly (string Version, string Reading)[] Readings =
    [
        ("3.15.0", "A"), ("3.17.3", "A"), ("3.18.0", "A keeps digits"), ("3.18.1", "A"), ("3.19.4", "A"), ("3.20.0", "B"), ("3.20.1", "C"),
        ("3.21.0", "C"), ("3.21.9", "C"),
        ("4.0.0", "B cuts"), ("4.0.4", "B cuts"), ("4.1.1", "B cuts"), ("4.1.2", "B cuts"), ("4.1.3", "C cuts"), ("4.1.4", "C cuts"),
        ("4.2.0", "D cuts"), ("4.2.4", "D cuts"),
        ("3.14.9", "A: Helm before 3.15 writes JSON differently."), ("2.17.0", "D: Helm before 3.15 writes JSON differently."),
        ("4.1.0", "B cuts: Helm 4.1.0 fails on nulls inside lists; 4.1.1 repaired that."),
        ("3.22.0", "C: This version of Helm is newer than what is known here (3.21 and 4.2)."),
        ("4.2.5", "D cuts: This version of Helm is newer than what is known here (3.21 and 4.2)."),
        ("4.3.0", "D cuts: This version of Helm is newer than what is known here (3.21 and 4.2)."),
        ("5.0.0", "D: This version of Helm is newer than what is known here (3.21 and 4.2)."),
    ];

    [Fact]
    public void A_version_has_one_to_three_numbers() => Shown.Holds(Texts, text => HelmVersion.TryParse(text)?.ToString() ?? "");

    [Fact]
    public void No_text_is_no_version() => Assert.Null(HelmVersion.TryParse(null));

    [Fact]
    public void Each_version_has_its_reading() => Shown.Holds(Readings, text =>
    {
        var version = HelmVersion.TryParse(text)!;
        return version.NullRule + (version.SplitsDocuments ? " cuts" : "") + (version.KeepsChartDigits ? " keeps digits" : "")
            + (version.WhyUnknown is { } reason ? ": " + reason : "");
    });

    [Fact]
    public void Without_a_version_one_of_each_reading_is_asked() =>
        Assert.Equal(["3.19.4", "3.20.0", "3.21.0", "4.0.4", "4.1.4", "4.2.4"], HelmVersion.Supported.Select(version => version.ToString()));
}
