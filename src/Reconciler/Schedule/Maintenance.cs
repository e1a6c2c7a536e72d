using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Settings;
using Quartz;
using Quartz.Impl.Calendar;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>
/// The windows of the week in which a target is let alone, as a Quartz calendar: what would run by itself or by a hint runs once when
/// they end, also where it would come at no other time; what a person orders runs at once. A window is told by cron expressions, one for each stretch of whole hours and of the minutes
/// before and after:
/// <code>
/// Sat 22:30 to 05:15    * 30-59 22 ? * SAT    * * 23 ? * SAT    * * 0-4 ? * SUN    * 0-14 5 ? * SUN
/// </code>
/// </summary>
internal sealed class Maintenance
{
    private Maintenance(ICalendar calendar) => Calendar = calendar;

    /// <summary>The calendar, which excludes the windows; its description names them and their zone.</summary>
    public ICalendar Calendar { get; }

    /// <summary>Makes it of windows.</summary>
    /// <param name="windows">The windows; one that ends at or before its start ends on the next day.</param>
    /// <param name="zone">Their time zone.</param>
    /// <returns>The calendar; null: there is no window.</returns>
    public static Maintenance? Of(ImmutableArray<Freeze> windows, TimeZoneInfo zone)
    {
        CronCalendar? calendar = null;
        foreach (var expression in windows.SelectMany(Expressions)) calendar = new CronCalendar(calendar, expression, zone);
        if (calendar is null) return null;
        calendar.Description = $"{string.Join(", ", windows.Select(RingWords.Of))} {zone.Id}";
        return new Maintenance(calendar);
    }

    /// <summary>When the window that holds a moment ends.</summary>
    /// <param name="now">The moment.</param>
    /// <returns>The end; null: it is in none.</returns>
    public DateTimeOffset? Until(DateTimeOffset now) => Until(Calendar, now);

    /// <summary>When the window that holds a moment ends, by a calendar as the clockwork keeps it.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="now">The moment.</param>
    /// <returns>The end; null: it is in none.</returns>
    public static DateTimeOffset? Until(ICalendar calendar, DateTimeOffset now) => calendar.IsTimeIncluded(now) ? null : calendar.GetNextIncludedTimeUtc(now);

    /// <summary>The cron expressions of all seconds of a window.</summary>
    /// <param name="window">The window.</param>
    /// <returns>Expressions of six fields.</returns>
    internal static IEnumerable<string> Expressions(Freeze window)
    {
        var (from, to) = (Minutes(window.From), Minutes(window.To));
        if (to > from) return Within(from, to, window.Days);
        var next = window.Days.Select(day => (DayOfWeek)(((int)day + 1) % 7)).ToImmutableArray();
        return Within(from, 24 * 60, window.Days).Concat(Within(0, to, next));
    }

    // Of one day, from a minute to the one before the end.
    private static IEnumerable<string> Within(int from, int to, ImmutableArray<DayOfWeek> days)
    {
        var on = string.Join(',', days.Select(day => day.ToString()[..3].ToUpperInvariant()));
        if (from % 60 != 0 || from / 60 == to / 60)
        {
            var end = Math.Min(to, ((from / 60) + 1) * 60);
            if (end > from) yield return Cron($"{from % 60}-{(end - 1) % 60}", $"{from / 60}", on);
            from = end;
        }

        if (to / 60 > from / 60) yield return Cron("*", $"{from / 60}-{(to / 60) - 1}", on);
        if (to % 60 != 0 && from < to) yield return Cron($"0-{(to % 60) - 1}", $"{to / 60}", on);
    }

    private static string Cron(string minutes, string hours, string days) => $"* {minutes} {hours} ? * {days}";

    private static int Minutes(TimeOnly time) => (time.Hour * 60) + time.Minute;
}
