using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads a target's <c>schedule</c>.</summary>
internal static class ScheduleReader
{
    public static StrictShape Shape { get; } = StrictShape.Of("reconcile", "verify", "drift", "timeZone");

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static ScheduleSettings Read(StrictMap target, ScheduleSettings below)
    {
        if (target.Map("schedule", Shape) is not { } map) return below;
        return new ScheduleSettings
        {
            Reconcile = map.Find("reconcile").Checked(
                text => IsCron(text) || Duration.TryParse(text) is { } every && every >= Shortest && every <= Longest,
                "a cron expression of six fields, seconds first, such as \"H */5 * * * ?\", or a time from 10s to 1d, such as 5m") ?? below.Reconcile,
            Verify = map.Find("verify").Span(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)) ?? below.Verify,
            Drift = map.Find("drift").Span(TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)) ?? below.Drift,
            TimeZone = map.Find("timeZone").Checked(
                text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _),
                "a time zone such as Europe/Vienna") ?? below.TimeZone,
        };
    }

    // The form alone; the engine that runs it has the last word.
    private static bool IsCron(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length is 6 or 7
            && fields.All(field => field.All(c => char.IsAsciiLetterOrDigit(c) || c is '*' or '/' or ',' or '-' or '?' or '#'))
            && (fields[3] == "?" || fields[5] == "?");
    }
}
