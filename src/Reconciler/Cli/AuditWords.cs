using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>A change in words; all text from commits and notes is cleaned for a terminal.</summary>
internal static class AuditWords
{
    /// <summary>What is said once when the repository has no notes.</summary>
    public const string NoNotes =
        "There are no notes here: what was proven live, and who merged a squash, is not known. In a clone: git fetch origin 'refs/notes/*:refs/notes/*'";

    /// <summary>A change on several lines.</summary>
    /// <param name="landing">The change.</param>
    /// <returns>Lines.</returns>
    public static IEnumerable<string> Of(Landing landing)
    {
        yield return $"{AuditOptions.Show(landing.At)}  {landing.Commit.Text[..12]}  {PlainText.Line(landing.Subject)}";
        yield return $"  {By(landing)}";
        if (Asked(landing) is { Length: > 0 } asked) yield return $"  {asked}";
        yield return $"  hash {landing.HashBefore ?? "none"} -> {landing.HashAfter ?? "none"}{(landing.Restart is null ? string.Empty : $", restart: {PlainText.Line(landing.Restart)}")}";
        if (Proof(landing) is { } proof) yield return $"  {proof}";
        foreach (var doubt in landing.Doubts) yield return $"  in doubt: {PlainText.Line(doubt)}";
    }

    /// <summary>How a change came to base.</summary>
    /// <param name="landing">The change.</param>
    /// <returns>A phrase.</returns>
    public static string By(Landing landing)
    {
        var number = landing.PullRequest is { } pull ? $", pull request #{pull}" : string.Empty;
        if (landing.Origin == ChangeOrigin.Person) return $"edited directly by {PlainText.Line(landing.Author ?? "somebody")}{number}";
        return $"merged by {PlainText.Line(landing.MergedBy ?? "somebody unknown")}{number}";
    }

    private static string Asked(Landing landing)
    {
        var (by, reason, ticket) = (PlainText.Line(landing.Request.RequestedBy), PlainText.Line(landing.Request.Reason), PlainText.Line(landing.Request.Ticket));
        var who = by.Length > 0 ? $"asked by {by}" : reason.Length + ticket.Length > 0 ? "asked by somebody unknown" : string.Empty;
        return who + (reason.Length > 0 ? $": {reason}" : string.Empty) + (ticket.Length > 0 ? $" ({ticket})" : string.Empty);
    }

    private static string? Proof(Landing landing)
    {
        if (landing.LiveAt is { } live) return $"live since {AuditOptions.Show(live)}{(live > landing.At ? $", {Span(live - landing.At)} after it was merged" : string.Empty)}";
        return landing.LastVerdict is { } verdict ? $"{RolloutNote.Word(verdict.Event)} at {AuditOptions.Show(verdict.At)}{Evidence(verdict)}" : null;
    }

    private static string Evidence(RolloutNote note) =>
        note.Evidence.IsEmpty ? string.Empty : ": " + PlainText.Line(string.Join(", ", note.Evidence.Select(pair => $"{pair.Key} = {pair.Value}")));

    private static string Span(TimeSpan span) => span.TotalHours >= 1 ? $"{(int)span.TotalHours}h{span.Minutes:00}m" : span.TotalMinutes >= 1 ? $"{span.Minutes}m{span.Seconds:00}s" : $"{span.Seconds}s";
}
