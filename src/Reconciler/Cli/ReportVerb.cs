using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Audit;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky report</c>: what happened to the fleet in a month.</summary>
internal static class ReportVerb
{
    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var month = AuditOptions.Month();
        var verb = new Verb(
            "report",
            "Tell a month: changes, restarts, times from the merge to the proof, and failures. Markdown, or a page that needs nothing else (-o html). From commits and notes alone.",
            "odoosky report --month 2026-11 > november.md",
            "odoosky report --month 2026-11 -o html > november.html") { PrintsPages = true };
        verb.Add(month);
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed,
            surroundings,
            async open =>
            {
                var first = parsed.GetValue(month) ?? First(surroundings.Time.GetUtcNow());
                return Print(MonthReport.Of(await open.Audit.SinceAsync(first - MonthReport.Before, cancellationToken), first), surroundings.Terminal);
            },
            cancellationToken));
        return verb;
    }

    private static DateTimeOffset First(DateTimeOffset now) => new(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);

    private static ExitCode Print(MonthReport report, Terminal terminal)
    {
        if (report.Head.Notes is null) terminal.Say(AuditWords.NoNotes);
        if (terminal.IsForPrograms) terminal.PrintData(Data(report));
        else terminal.Print((terminal.Format == OutputFormat.Html ? ReportPage.Write(report) : ReportMarkdown.Write(report)).TrimEnd('\n'));
        return ExitCode.Ok;
    }

    private static JsonObject Data(MonthReport report) => new()
    {
        ["month"] = report.Name,
        ["base"] = report.Head.Base,
        ["head"] = report.Head.Head.Text,
        ["notes"] = report.Head.Notes?.Text,
        ["direct"] = report.Direct,
        ["created"] = report.Created,
        ["retired"] = report.Retired,
        ["restarts"] = new JsonObject(report.Restarts.Select(pair => KeyValuePair.Create(pair.Key.Length == 0 ? "not-known" : pair.Key, (JsonNode?)pair.Value))),
        ["leadTimes"] = new JsonObject
        {
            ["measured"] = report.LeadTimes.Measured,
            ["medianSeconds"] = report.LeadTimes.Median?.TotalSeconds,
            ["ninetySeconds"] = report.LeadTimes.Ninety?.TotalSeconds,
            ["longestSeconds"] = report.LeadTimes.Longest?.TotalSeconds,
        },
        ["failures"] = new JsonArray([.. report.Failures.Select(failure => new JsonObject
        {
            ["instance"] = failure.Change.Code.Text, ["commit"] = failure.Change.Commit.Text, ["note"] = JsonNode.Parse(failure.Note.Write()),
        })]),
        ["changes"] = new JsonArray([.. report.Changes.Select(change =>
        {
            var data = AuditJson.Of(change)!;
            data.Insert(0, "instance", change.Code.Text);
            return data;
        })]),
    };
}
