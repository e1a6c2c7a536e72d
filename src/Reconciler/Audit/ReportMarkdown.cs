using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>A report as Markdown. Text from commits and notes stands in code spans, where nothing of it works.</summary>
internal static class ReportMarkdown
{
    /// <summary>Writes it.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The whole text.</returns>
    public static string Write(MonthReport report)
    {
        var text = new StringBuilder($"# Changes in {report.Name}\n\n{ReportWords.Source(report)}\n");
        if (ReportWords.Missing(report) is { } missing) text.Append('\n').Append(missing).Append('\n');
        text.Append("\n| | |\n|---|---|\n");
        foreach (var (name, value) in ReportWords.Figures(report)) text.Append($"| {name} | {value} |\n");
        if (!report.Failures.IsEmpty) Table(text, "Failed, superseded and reverted", ReportWords.FailureHeadings, report.Failures.Select(ReportWords.Cells));
        if (!report.Changes.IsEmpty) Table(text, "Changes", ReportWords.Headings, report.Changes.Select(ReportWords.Cells));
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, ImmutableArray<string> headings, IEnumerable<ImmutableArray<string>> rows)
    {
        text.Append($"\n## {title}\n\n| {string.Join(" | ", headings)} |\n|{string.Concat(headings.Select(_ => "---|"))}\n");
        foreach (var row in rows) text.Append($"| {string.Join(" | ", row.Select(Markdown.Code))} |\n");
    }
}
