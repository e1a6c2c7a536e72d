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

    [Fact]
    public void The_page_and_the_program_give_the_same_next_step()
    {
        var rows = DocPage.Of("docs/explanation/is-it-live.md").Lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).Where(row => row.Length == 4).ToLookup(row => row[1].Trim('`'), row => row[3]);

        Assert.All(Words(typeof(ReasonCodes)), reason => Assert.Contains(NextStep.Of(reason), rows[reason]));
    }

    private static IEnumerable<string> Words(Type codes) =>
        codes.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
}
