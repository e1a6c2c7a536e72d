using System.Collections;
using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads a target's <c>schedule</c>.</summary>
internal static class ScheduleReader
{
    public static StrictShape Shape { get; } = StrictShape.Of("reconcile", "verify", "drift", "timeZone", "maintenance");

    public static ScheduleSettings Read(StrictMap target, ScheduleSettings below)
    {
        if (target.Map("schedule", Shape) is not { } map) return below;
        return new ScheduleSettings
        {
            Reconcile = When(map.Find("reconcile"), (TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)), "5m") ?? below.Reconcile,
            Verify = When(map.Find("verify"), (TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), "30s") ?? below.Verify,
            Drift = When(map.Find("drift"), (TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)), "1h") ?? below.Drift,
            TimeZone = map.Find("timeZone").Checked(
                text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _),
                "a time zone such as Europe/Vienna") ?? below.TimeZone,
            Maintenance = ReadMaintenance(map) ?? below.Maintenance,
        };
    }

    private static string? When(StrictNode? node, (TimeSpan Least, TimeSpan Most) within, string example) => node.Checked(
        text => IsCron(text) || Duration.TryParse(text) is { } every && every >= within.Least && every <= within.Most,
        "a cron expression of six fields, seconds first, such as \"H */5 * * * ?\", "
            + $"or a time from {Duration.Write(within.Least)} to {Duration.Write(within.Most)}, such as {example}");

    private static ImmutableArray<Freeze>? ReadMaintenance(StrictMap map)
    {
        if (map.Find("maintenance") is not { } node) return null;
        var windows = FreezeReader.Read(map, "maintenance");
        if (!IsWholeWeek(windows)) return windows;
        node.File.Error(SettingsCodes.WrongValue, node.Place, $"{node.Name} leaves no time of the week.", "Leave some in which the service works.");
        return null;
    }

    private static bool IsWholeWeek(ImmutableArray<Freeze> windows)
    {
        const int day = 24 * 60;
        var minutes = new BitArray(7 * day);
        foreach (var window in windows)
        {
            var (from, to) = ((int)window.From.ToTimeSpan().TotalMinutes, (int)window.To.ToTimeSpan().TotalMinutes);
            foreach (var start in window.Days.Select(on => ((int)on * day) + from))
                for (var minute = 0; minute < (to > from ? to - from : to - from + day); minute++) minutes[(start + minute) % minutes.Length] = true;
        }

        return minutes.HasAllSet();
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
