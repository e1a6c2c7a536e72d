using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads windows of the week: freezes of rings, maintenance of targets.</summary>
internal static class FreezeReader
{
    private static readonly string[] DayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    public static StrictShape Shape { get; } = StrictShape.Of("from!", "to!", "days");

    public static ImmutableArray<Freeze> Read(StrictMap map, string key) =>
        [.. map.Items(key).Select(item => item.Map(Shape)).OfType<StrictMap>().Select(Read).OfType<Freeze>()];

    private static Freeze? Read(StrictMap map)
    {
        var (from, to) = (Time(map.Find("from")), Time(map.Find("to")));
        var days = map.Find("days") is { } node ? node.Parsed(Days, "days such as Sat-Sun or Mon,Wed") : [.. Enum.GetValues<DayOfWeek>()];
        return from is { } start && to is { } end && days is not null ? new Freeze(start, end, [.. days]) : null;
    }

    private static TimeOnly? Time(StrictNode? node) =>
        node.Checked(text => Parse(text) is not null, "a time such as \"22:00\"") is { } text ? Parse(text) : null;

    private static TimeOnly? Parse(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static SortedSet<DayOfWeek>? Days(string text)
    {
        var days = new SortedSet<DayOfWeek>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            var (first, last) = (Array.IndexOf(DayNames, ends[0]), Array.IndexOf(DayNames, ends[^1]));
            if (ends.Length > 2 || first < 0 || last < 0) return null;
            for (var day = first; ; day = (day + 1) % DayNames.Length)
            {
                days.Add((DayOfWeek)day);
                if (day == last) break;
            }
        }

        return days;
    }
}
