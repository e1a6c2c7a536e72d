using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>The words of a report, the same in Markdown and on the page; not yet fit for either.</summary>
internal static class ReportWords
{
    private static readonly ImmutableArray<(string Word, string Means)> Forecasts =
    [
        ("yes", "restart a pod"), ("audit-only", "restart a pod for audit only"), ("unknown", "may restart a pod"), ("no", "restart nothing"),
        (string.Empty, "have no forecast: nobody proposed them, or their trailers are lost"),
    ];

    /// <summary>The figures, each with its name.</summary>
    /// <param name="report">The report.</param>
    /// <returns>Names and values.</returns>
    public static IEnumerable<(string Name, string Value)> Figures(MonthReport report)
    {
        yield return ("changes that landed", Number(report.Changes.Length));
        yield return ("of them edits of the base branch by people", Number(report.Direct));
        yield return ("instances created, retired", $"{Number(report.Created)}, {Number(report.Retired)}");
        foreach (var (word, means) in Forecasts)
            if (report.Restarts.TryGetValue(word, out var count)) yield return ($"changes that {means}", Number(count));
        var times = report.LeadTimes;
        yield return ("proven live", $"{Number(times.Measured)} of {Number(report.Changes.Length)}");
        if (times.Measured > 0) yield return ("from the merge to the proof: median, nine of ten, longest", $"{Span(times.Median!.Value)}, {Span(times.Ninety!.Value)}, {Span(times.Longest!.Value)}");
        foreach (var (what, count) in report.Failures.CountBy(failure => failure.Note.Event).OrderBy(pair => pair.Key)) yield return (RolloutNote.Word(what), Number(count));
    }

    /// <summary>What the report can't know, or null.</summary>
    /// <param name="report">The report.</param>
    /// <returns>A sentence.</returns>
    public static string? Missing(MonthReport report) =>
        report.Head.Notes is null ? "There are no notes: what was proven live, what failed, and who merged a squash, is not known." : null;

    /// <summary>What the report was told from.</summary>
    /// <param name="report">The report.</param>
    /// <returns>A sentence.</returns>
    public static string Source(MonthReport report) =>
        $"Told from {report.Head.Base} at {report.Head.Head.Text[..12]}" + (report.Head.Notes is { } notes ? $" and the notes at {notes.Text[..12]}." : ".");

    /// <summary>A change as cells of a table: time, instance, who asked and why, restart, hash, how it came to base, live.</summary>
    /// <param name="change">The change.</param>
    /// <returns>Seven texts.</returns>
    public static ImmutableArray<string> Cells(Landing change) =>
    [
        UtcTime.Write(change.At),
        change.Code.Text,
        Asked(change),
        change.Restart ?? "not known",
        $"{change.HashBefore ?? "none"} → {change.HashAfter ?? "none"}",
        LandingWords.By(change),
        change.LiveAt is { } live ? live >= change.At ? Span(live - change.At) : UtcTime.Write(live) : change.LastVerdict is { } verdict ? RolloutNote.Word(verdict.Event) : "not known",
    ];

    /// <summary>The headings of a change's cells.</summary>
    public static ImmutableArray<string> Headings { get; } = ["landed", "instance", "asked by", "restart", "hash", "merged", "live after"];

    /// <summary>A failure as cells of a table: time, instance, what, evidence, what came of it.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>Five texts.</returns>
    public static ImmutableArray<string> Cells((Landing Change, RolloutNote Note) failure) =>
    [
        UtcTime.Write(failure.Note.At),
        failure.Change.Code.Text,
        RolloutNote.Word(failure.Note.Event),
        string.Join(", ", failure.Note.Evidence.Select(pair => $"{pair.Key} = {pair.Value}")),
        failure.Change.LiveAt is { } live ? live > failure.Note.At ? $"live at {UtcTime.Write(live)}" : "was live before" : "never proven live",
    ];

    /// <summary>The headings of a failure's cells.</summary>
    public static ImmutableArray<string> FailureHeadings { get; } = ["at", "instance", "what", "evidence", "in the end"];

    /// <summary>A time span for people.</summary>
    /// <param name="span">Not negative.</param>
    /// <returns>Such as <c>2h05m</c>, <c>3m20s</c>, <c>8s</c>.</returns>
    public static string Span(TimeSpan span) => LandingWords.Span(span);

    private static string Asked(Landing change)
    {
        var request = change.Request;
        var parts = new[] { request.RequestedBy, request.Reason, request.Ticket }.Select(PlainText.Line).Where(text => text.Length > 0);
        return string.Join(", ", parts) is { Length: > 0 } said ? said : "not known";
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
