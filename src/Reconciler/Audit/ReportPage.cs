using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>A report as one HTML page that needs nothing else: no script, no file, no request; its policy allows none.</summary>
internal static class ReportPage
{
    private const string Style =
        """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --faint: #57606a; --line: #d0d7de; --restart: #b35900; --other: #0a5fb4 }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --faint: #9da7b1; --line: #30363d; --restart: #f0a35e; --other: #6cb2ff } }
        body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
        table { border-collapse: collapse; width: 100%; margin: 1rem 0 } caption { text-align: left; font-weight: 600; padding: .5rem 0 }
        th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
        p, figcaption { color: var(--faint) } figure { margin: 1rem 0 } svg { width: 100%; height: auto } svg text { fill: var(--faint); font-size: 10px }
        .restart { fill: var(--restart) } .other { fill: var(--other) } .axis { stroke: var(--line) } .scroll { overflow-x: auto }
        """;

    /// <summary>Writes it.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The whole page.</returns>
    public static string Write(MonthReport report)
    {
        var page = new StringBuilder(Head($"Changes in {report.Name}")).Append($"<p>{Text(ReportWords.Source(report))}</p>\n");
        if (ReportWords.Missing(report) is { } missing) page.Append($"<p role=\"note\">{Text(missing)}</p>\n");
        Table(page, "Figures", [], ReportWords.Figures(report).Select(figure => ImmutableArray.Create(figure.Name, figure.Value)));
        Chart(page, report);
        if (!report.Failures.IsEmpty) Table(page, "Failed, superseded and reverted", ReportWords.FailureHeadings, report.Failures.Select(ReportWords.Cells));
        if (!report.Changes.IsEmpty) Table(page, "Changes", ReportWords.Headings, report.Changes.Select(ReportWords.Cells));
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Head(string title) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>{title}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main>
        <h1>{title}</h1>

        """;

    private static void Table(StringBuilder page, string caption, ImmutableArray<string> headings, IEnumerable<ImmutableArray<string>> rows)
    {
        page.Append($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Text(caption)}\"><table><caption>{Text(caption)}</caption>\n");
        if (!headings.IsEmpty) page.Append($"<thead><tr>{string.Concat(headings.Select(heading => $"<th scope=\"col\">{Text(heading)}</th>"))}</tr></thead>\n");
        page.Append("<tbody>\n");
        foreach (var row in rows)
        {
            var first = headings.IsEmpty ? $"<th scope=\"row\">{Text(row[0])}</th>" : $"<td>{Text(row[0])}</td>";
            page.Append($"<tr>{first}{string.Concat(row.Skip(1).Select(cell => $"<td>{Text(cell)}</td>"))}</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    // A bar for each day: below, the changes that restart a pod, above, the others.
    private static void Chart(StringBuilder page, MonthReport report)
    {
        const int Height = 120, Step = 24, Bar = 16;
        var most = Math.Max(1, report.Days.Max(day => day.Restarting + day.Others));
        var width = report.Days.Length * Step;
        page.Append(CultureInfo.InvariantCulture, $"<figure><svg viewBox=\"0 0 {width} {Height + 20}\" role=\"img\" aria-labelledby=\"chart\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<title id=\"chart\">Changes that landed on each day of {report.Name}, at most {most} on one</title>\n");
        foreach (var day in report.Days)
        {
            var (x, low, high) = (((day.Day - 1) * Step) + 4, day.Restarting * Height / most, day.Others * Height / most);
            if (low > 0) page.Append(CultureInfo.InvariantCulture, $"<rect class=\"restart\" x=\"{x}\" y=\"{Height - low}\" width=\"{Bar}\" height=\"{low}\"/>\n");
            if (high > 0) page.Append(CultureInfo.InvariantCulture, $"<rect class=\"other\" x=\"{x}\" y=\"{Height - low - high}\" width=\"{Bar}\" height=\"{high}\"/>\n");
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 8}\" y=\"{Height + 14}\" text-anchor=\"middle\">{day.Day}</text>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"0\" y1=\"{Height}\" x2=\"{width}\" y2=\"{Height}\"/>\n</svg>\n");
        page.Append("<figcaption>Changes a day: below those that restart a pod, above the others.</figcaption></figure>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(PlainText.Line(text));
}
