using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>A change in words; all text from commits and notes is cleaned for one line.</summary>
internal static class LandingWords
{
    /// <summary>How a change came to base.</summary>
    /// <param name="landing">The change.</param>
    /// <returns>A phrase.</returns>
    public static string By(Landing landing)
    {
        var number = landing.PullRequest is { } pull ? string.Create(CultureInfo.InvariantCulture, $", pull request #{pull}") : string.Empty;
        return landing.Origin == ChangeOrigin.Person
            ? $"edited directly by {PlainText.Line(landing.Author ?? "somebody")}{number}"
            : $"merged by {PlainText.Line(landing.MergedBy ?? "somebody unknown")}{number}";
    }

    /// <summary>Who asked for it and why.</summary>
    /// <param name="landing">The change.</param>
    /// <returns>A phrase, empty when nothing is known.</returns>
    public static string Asked(Landing landing)
    {
        var (by, reason, ticket) = (PlainText.Line(landing.Request.RequestedBy), PlainText.Line(landing.Request.Reason), PlainText.Line(landing.Request.Ticket));
        var who = by.Length > 0 ? $"asked by {by}" : reason.Length + ticket.Length > 0 ? "asked by somebody unknown" : string.Empty;
        return who + (reason.Length > 0 ? $": {reason}" : string.Empty) + (ticket.Length > 0 ? $" ({ticket})" : string.Empty);
    }

    /// <summary>Whether it runs, as far as the notes say.</summary>
    /// <param name="landing">The change.</param>
    /// <returns>A phrase, or null when they say nothing.</returns>
    public static string? Proof(Landing landing)
    {
        if (landing.LiveAt is { } live) return $"live since {UtcTime.Write(live)}{(live > landing.At ? $", {Span(live - landing.At)} after it was merged" : string.Empty)}";
        return landing.LastVerdict is { } verdict ? $"{RolloutNote.Word(verdict.Event)} at {UtcTime.Write(verdict.At)}{Evidence(verdict)}" : null;
    }

    /// <summary>A time span for people.</summary>
    /// <param name="span">Not negative.</param>
    /// <returns>Such as <c>2h05m</c>, <c>3m20s</c>, <c>8s</c>.</returns>
    public static string Span(TimeSpan span) => span.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}h{span.Minutes:00}m")
        : span.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}m{span.Seconds:00}s") : string.Create(CultureInfo.InvariantCulture, $"{span.Seconds}s");

    private static string Evidence(RolloutNote note) =>
        note.Evidence.IsEmpty ? string.Empty : ": " + PlainText.Line(string.Join(", ", note.Evidence.Select(pair => $"{pair.Key} = {pair.Value}")));
}
