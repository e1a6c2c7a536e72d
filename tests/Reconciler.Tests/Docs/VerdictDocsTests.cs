using System.Reflection;
using OdooSky.GitOps.Reconciler.Rollout;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Docs;

/// <summary>The page that people look verdicts up in.</summary>
public sealed class VerdictDocsTests
{
    [Fact]
    public void Every_verdict_reason_and_finding_stands_in_a_row_of_its_page()
    {
        var page = DocPage.Of("docs/explanation/is-it-live.md").Lines;
        var words = Words(typeof(ReasonCodes)).Concat(Words(typeof(FindingCodes))).Select(code => $"| `{code}` |").ToList();

        Assert.True(words.Count > 40, "the test must see the codes");
        Assert.All(
            words.Concat(Enum.GetNames<VerdictKind>().Select(kind => $"| {kind} |")),
            word => Assert.Contains(page, line => line.Contains(word, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Words(Type codes) =>
        codes.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
}
