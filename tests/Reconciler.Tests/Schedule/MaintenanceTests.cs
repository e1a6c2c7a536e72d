using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Schedule;

/// <summary>Windows of the week as a Quartz calendar, alone and in the clockwork, in memory and in a database.</summary>
public sealed class MaintenanceTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly DateTimeOffset Sunday = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("22:30", "05:15", "* 30-59 22 ? * SAT; * * 23-23 ? * SAT; * * 0-4 ? * SUN; * 0-14 5 ? * SUN")]
    [InlineData("08:00", "18:00", "* * 8-17 ? * SAT")]
    [InlineData("08:10", "08:20", "* 10-19 8 ? * SAT")]
    [InlineData("08:10", "09:00", "* 10-59 8 ? * SAT")]
    [InlineData("08:00", "08:01", "* 0-0 8 ? * SAT")]
    [InlineData("08:00", "09:01", "* * 8-8 ? * SAT; * 0-0 9 ? * SAT")]
    [InlineData("00:00", "00:00", "* * 0-23 ? * SAT")]
    [InlineData("23:59", "00:01", "* 59-59 23 ? * SAT; * 0-0 0 ? * SUN")]
    public void A_window_is_told_by_cron_expressions(string from, string to, string expressions) =>
        Assert.Equal(expressions, string.Join("; ", Maintenance.Expressions(Window(from, to, DayOfWeek.Saturday))));

    [Fact]
    public void Every_minute_of_a_week_is_in_exactly_the_windows_that_hold_it()
    {
        var random = new Random(7);
        for (var round = 0; round < 12; round++)
        {
            ImmutableArray<Freeze> windows = [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => new Freeze(At(random), At(random), [.. Enum.GetValues<DayOfWeek>().Where(_ => random.Next(3) == 0).DefaultIfEmpty(DayOfWeek.Monday)]))];
            var maintenance = Maintenance.Of(windows, Vienna)!;
            for (var minute = random.Next(7); minute < 7 * 24 * 60; minute += 7)
            {
                var moment = Sunday.AddMinutes(minute).AddSeconds(random.Next(60));
                var local = TimeZoneInfo.ConvertTime(moment, Vienna);
                Assert.True(windows.Any(window => Holds(window, local)) == maintenance.Until(moment) is not null, $"{string.Join(", ", windows.Select(RingWords.Of))} at {local:ddd HH:mm}");
            }
        }
    }

    [Fact]
    public void It_ends_where_the_last_of_the_windows_that_follow_each_other_ends()
    {
        var maintenance = Maintenance.Of([Window("22:30", "05:15", DayOfWeek.Saturday), Window("05:00", "06:00", DayOfWeek.Sunday)], Vienna)!;

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.Zero), maintenance.Until(Sunday));
        Assert.Null(maintenance.Until(Sunday.AddHours(5)));
        Assert.Null(Maintenance.Of([], Vienna));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_comes_in_it_but_what_is_ordered_and_without_it_all_comes_again(bool shared)
    {
        var place = shared ? new ClockworkPlace(server.ConnectionString("postgres"), "one") : ClockworkPlace.Memory;
        await using var clockwork = await Clockwork.MakeAsync(place, new JobDoor((_, _, _) => Task.CompletedTask), Cancel);
        var (now, today) = (DateTimeOffset.UtcNow, Enum.GetValues<DayOfWeek>().ToImmutableArray());
        var (from, to) = (TimeOnly.FromDateTime(now.UtcDateTime.AddMinutes(-2)), TimeOnly.FromDateTime(now.UtcDateTime.AddHours(2)));
        var window = new Freeze(new TimeOnly(from.Hour, from.Minute), new TimeOnly(to.Hour, to.Minute), today);
        var end = new DateTimeOffset(now.UtcDateTime.AddHours(2).Date.AddHours(window.To.Hour).AddMinutes(window.To.Minute), TimeSpan.Zero);
        var schedule = new ScheduleSettings { Reconcile = "1m", Maintenance = [window] };
        await clockwork.SetAsync("prod", Timetable.Whole("prod", schedule, hasCluster: false), Cancel);
        await clockwork.HintAsync("prod", JobKind.Reconcile, null, Cancel);

        var resting = await clockwork.PlannedAsync(Cancel);
        await clockwork.TriggerAsync("prod", JobKind.Reconcile, null, Cancel);
        var ordered = await clockwork.PlannedAsync(Cancel);
        await clockwork.HintAsync("prod", JobKind.Reconcile, null, Cancel);
        var hinted = await clockwork.PlannedAsync(Cancel);
        await clockwork.SetAsync("prod", Timetable.Whole("prod", schedule with { Maintenance = [] }, hasCluster: false), Cancel);
        var working = await clockwork.NextAsync("prod", Cancel);

        Assert.Equal(4, resting.Length);
        Assert.All(resting, job => Assert.True(job.At >= end, $"{job} before {end}"));
        Assert.Equal(end, resting.Single(job => job.Kind is null).At);
        Assert.True(ordered.Single(job => job.Kind is null).At < now.AddMinutes(2));
        Assert.Equal(ordered.Single(job => job.Kind is null).At, hinted.Single(job => job.Kind is null).At);
        Assert.True(working[JobKind.Reconcile] < now.AddMinutes(2), $"{working[JobKind.Reconcile]}");
    }

    private static TimeOnly At(Random random) => new(random.Next(24), random.Next(4) * random.Next(20));

    private static Freeze Window(string from, string to, params ImmutableArray<DayOfWeek> days) => new(TimeOnly.ParseExact(from, "HH:mm"), TimeOnly.ParseExact(to, "HH:mm"), days);

    private static bool Holds(Freeze window, DateTimeOffset local) => Enumerable.Range(0, 2).Any(back =>
    {
        var start = new DateTime(DateOnly.FromDateTime(local.DateTime.AddDays(-back)), window.From);
        var end = new DateTime(DateOnly.FromDateTime(window.To > window.From ? start : start.AddDays(1)), window.To);
        return window.Days.Contains(start.DayOfWeek) && local.DateTime >= start && local.DateTime < end;
    });
}
