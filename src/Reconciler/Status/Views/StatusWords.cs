using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>How views write times, verdicts and decisions.</summary>
internal static class StatusWords
{
    /// <summary>The verdict on an instance that nobody judged: no cluster is named, or nobody looked yet.</summary>
    public const string NotVerified = "NotVerified";

    private const int Longest = 300;

    /// <summary>A time.</summary>
    /// <param name="time">The time.</param>
    /// <returns>UTC to the second, <c>2026-11-26T10:00:00Z</c>.</returns>
    public static string Time(DateTimeOffset time) => UtcTime.Write(time);

    /// <summary>A time that may be missing.</summary>
    /// <param name="time">The time, or null.</param>
    /// <returns>As <see cref="Time(DateTimeOffset)"/>, or null.</returns>
    public static string? Time(DateTimeOffset? time) => time is { } at ? Time(at) : null;

    /// <summary>A text of at most 300 characters.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text, or its beginning and three points.</returns>
    public static string Cut(string text) => Cut(text, Longest);

    /// <summary>A text of some length at most.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">The most characters.</param>
    /// <returns>The text, or its beginning and an ellipsis.</returns>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1), "…");

    /// <summary>A text, or null when it is empty.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text or null.</returns>
    public static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : Cut(text);

    /// <summary>Whether a change restarts pods, in a word; null where nothing changes.</summary>
    /// <param name="change">The change.</param>
    /// <returns>The word, or null.</returns>
    public static string? Restarts(OverlayChange change) => change.Action == ChangeAction.Update ? PlanWords.Word(change.Forecast.Restart) : null;

    /// <summary>A verdict in a word, as <c>verify</c> prints it.</summary>
    /// <param name="kind">The verdict.</param>
    /// <returns>Such as <c>Live</c>.</returns>
    public static string Verdict(VerdictKind kind) => kind.ToString();

    /// <summary>Where a change set stands.</summary>
    /// <param name="decision">What the newest pass decided.</param>
    /// <param name="report">What became of it; null: nothing was done.</param>
    /// <returns>Words for people.</returns>
    public static string State(Decision decision, BranchReport? report) => decision switch
    {
        _ when report?.Outcome == BranchOutcome.Refused => "refused",
        Decision.Open or Decision.Rebuild when report is null => "not proposed yet",
        Decision.Open => "proposed",
        Decision.Rebuild => "made anew",
        Decision.LeaveAlone or Decision.Adopt => "waits for people",
        Decision.Close => "closed",
        Decision.HandsOff => "edited by a person",
        Decision.Rest => "rests",
        Decision.Limited => "waits for room",
        _ => EnumWords.Word(ChangeAction.Unchanged),
    };
}
