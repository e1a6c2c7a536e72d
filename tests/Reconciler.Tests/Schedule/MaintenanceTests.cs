using System.Collections.Immutable;
using System.Globalization;
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
    public async Task What_comes_in_it_comes_once_at_its_end_what_is_ordered_at_once_and_without_it_all_comes_again(bool shared)
    {
        var door = new CountingDoor();
        await using var clockwork = await Clockwork.MakeAsync(Place(shared, "one"), door.Door, Cancel);
        var (now, window, end) = Around(TimeSpan.FromHours(2));
        var schedule = new ScheduleSettings { Reconcile = "1s", Drift = "1s", Maintenance = [window] };
        await clockwork.SetAsync("held", Timetable.Whole("held", schedule, hasCluster: false), Cancel);
        await clockwork.StartAsync(Cancel);

        await UntilAsync(async () => (await clockwork.PlannedAsync(Cancel)).Count(job => job.Target == "held" && job.IsOnce) == 2);
        var held = (await clockwork.PlannedAsync(Cancel)).Where(job => job.Target == "held" && job.IsOnce).ToList();
        Assert.Equal([(JobKind.Reconcile, end), (JobKind.Drift, end)], held.Select(job => (job.Kind!.Value, job.At!.Value)).Order());
        Assert.Equal(0, door.Count);
        await clockwork.HintAsync("held", JobKind.Reconcile, null, Cancel);
        await clockwork.TriggerAsync("held", JobKind.Reconcile, null, Cancel);
        await UntilAsync(() => Task.FromResult(door.Count > 0));
        Assert.Equal(1, door.Count);

        await clockwork.SetAsync("held", Timetable.Whole("held", schedule with { Maintenance = [] }, hasCluster: false), Cancel);
        await UntilAsync(() => Task.FromResult(door.Count > 3));
        await clockwork.ForgetAsync("held", Cancel);
        Assert.True(now < end, "the window was over before the test was");
    }

    [Theory]
    [InlineData(false, "24h", "24h")]
    [InlineData(true, "24h", "24h")]
    [InlineData(false, "{0} * * ?", "1h")]
    [InlineData(true, "{0} * * ?", "1h")]
    public async Task What_would_only_ever_come_in_it_comes_at_its_end(bool shared, string reconcile, string drift)
    {
        await using var clockwork = await Clockwork.MakeAsync(Place(shared, "two"), new JobDoor((_, _, _) => Task.CompletedTask), Cancel);
        var (now, window, end) = Around(TimeSpan.FromHours(23));
        var daily = now.AddHours(3);
        var schedule = new ScheduleSettings { Reconcile = string.Format(CultureInfo.InvariantCulture, reconcile, $"0 {daily.Minute} {daily.Hour}"), Drift = drift, Maintenance = [window] };
        var times = Timetable.Whole("narrow", schedule, hasCluster: false);

        await clockwork.SetAsync("narrow", times, Cancel);

        var next = await clockwork.NextAsync("narrow", times.Maintenance, Cancel);
        await clockwork.ForgetAsync("narrow", Cancel);
        Assert.Equal([JobKind.Reconcile, JobKind.Drift, JobKind.Upkeep], next.Keys);
        Assert.Equal((end, end), (next[JobKind.Reconcile], next[JobKind.Drift]));
    }

    private ClockworkPlace Place(bool shared, string replica) => shared ? new ClockworkPlace(server.ConnectionString("postgres"), replica) : ClockworkPlace.Memory;

    // A window of every day that began two minutes ago.
    private static (DateTimeOffset Now, Freeze Window, DateTimeOffset End) Around(TimeSpan length)
    {
        var now = DateTimeOffset.UtcNow;
        var to = now + length;
        var end = new DateTimeOffset(to.Year, to.Month, to.Day, to.Hour, to.Minute, 0, TimeSpan.Zero);
        var from = now.AddMinutes(-2);
        return (now, new Freeze(new TimeOnly(from.Hour, from.Minute), new TimeOnly(end.Hour, end.Minute), [.. Enum.GetValues<DayOfWeek>()]), end);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await holds()) await Task.Delay(100, limit.Token);
    }

    private static TimeOnly At(Random random) => new(random.Next(24), random.Next(4) * random.Next(20));

    private static Freeze Window(string from, string to, params ImmutableArray<DayOfWeek> days) => new(TimeOnly.ParseExact(from, "HH:mm"), TimeOnly.ParseExact(to, "HH:mm"), days);

    private static bool Holds(Freeze window, DateTimeOffset local) => Enumerable.Range(0, 2).Any(back =>
    {
        var start = new DateTime(DateOnly.FromDateTime(local.DateTime.AddDays(-back)), window.From);
        var end = new DateTime(DateOnly.FromDateTime(window.To > window.From ? start : start.AddDays(1)), window.To);
        return window.Days.Contains(start.DayOfWeek) && local.DateTime >= start && local.DateTime < end;
    });

    private sealed class CountingDoor
    {
        private int count;

        public CountingDoor() => Door = new JobDoor((_, _, _) =>
        {
            Interlocked.Increment(ref count);
            return Task.CompletedTask;
        });

        public JobDoor Door { get; }

        public int Count => Volatile.Read(ref count);
    }
}
