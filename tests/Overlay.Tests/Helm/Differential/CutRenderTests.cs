using System.Text;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Differential;

/// <summary>How Helm 4 cuts a file into documents, at its edges: blanks of all kinds, carriage returns, its reader's 4,096 bytes.</summary>
public sealed class CutRenderTests
{
    private static readonly string[] Cuts =
    [
        "addons: 1\n---\u00a0\naddons: 2\n", "---\u00a0\naddons: 2\n", "addons: 1\n---\u0085\naddons: 2\n", "addons: 1\n---\u3000\nb: 1\n", "addons: 1\n---\u1680#c\nb: 1\n",
        "addons: 1\n---\u200b\n", "addons: 1\n---\t\naddons: 2\n", "addons: 1\n---\u2028addons: 2\n",
        "addons: 1\n---#c\naddons: 2\n", "addons: 1\n...\n[\n---\naddons: 2\n", "addons: {a: 1}\n---\naddons: ~\n---\naddons: {b: 2}\n", "----\naddons: 1\n",
    ];

    private static readonly string[] Returns =
    [
        "addons: 1\r---\raddons: 2\r", "addons: 1\r---\raddons: 2\n", "addons: 1\n\r---\naddons: 2\n", "addons: 1\n---\raddons: 2\n", "addons: 1\n---\r\r\naddons: 2\n",
        "addons: |\n  a\r\r\n  b\n", "addons: \"a\r\r\nb\"\n", "addons: |\n  a\rb: 1", "addons: |+\r\n  a\r\n\r\n", "addons: |\r  a",
    ];

    /// <summary>In the fuzz these are rare: 4,096 bytes in the last line, one less, one more, and twice as many.</summary>
    private static IEnumerable<string> Edges => new[] { 4095, 4096, 4097, 8192 }.SelectMany(length => (string[])
    [
        "z: 1\naddons: " + new string('x', length - 8),
        "addons: 1\n#" + new string('é', (length - 1) / 2),
        "addons: " + new string('x', length - 9) + "\r",
        "addons: " + new string('x', length - 8) + "\n",
        "addons: |\n  " + new string('x', length - 2),
    ]);

    [Fact]
    public void Helm_4_cuts_where_it_is_said_here_or_the_file_is_refused()
    {
        Release[] releases = [.. Cuts.Concat(Returns).Concat(Edges).Select(text => new Release([Encoding.UTF8.GetBytes(text)], null, []))];
        var outcomes = DifferentialRenderTests.CompareAll(RealHelm.Four, releases, "4.2.3");
        Assert.All(outcomes.OfType<string>(), outcome => Assert.Equal(DifferentialRenderTests.Refusal, outcome));
        Assert.InRange(outcomes.Count(outcome => outcome is DifferentialRenderTests.Refusal), 1, 6);
    }
}
