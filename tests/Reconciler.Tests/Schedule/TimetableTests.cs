using OdooSky.GitOps.Reconciler.Replicas;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using Quartz;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Schedule;

public sealed class TimetableTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 60).Select(i => $"target-{i}")];

    [Fact]
    public void A_target_without_a_cluster_is_not_verified() => Assert.Equal(
        [JobKind.Reconcile, JobKind.Drift, JobKind.Upkeep], Timetable.Of("prod", new ScheduleSettings(), hasCluster: false).Select(time => time.Kind));

    [Fact]
    public void What_must_not_wait_is_caught_up_with_and_the_rest_is_left_out() => Assert.Equal(
        [(JobKind.Reconcile, true), (JobKind.Verify, false), (JobKind.Drift, true), (JobKind.Upkeep, false)],
        Timetable.Of("prod", new ScheduleSettings(), hasCluster: true).Select(time => (time.Kind, time.CatchUp)));

    [Fact]
    public void A_cron_expression_is_kept_as_it_is_and_an_interval_is_no_cron()
    {
        Assert.Equal("H H/5 * * * ?", Timetable.Of("prod", new ScheduleSettings(), hasCluster: false)[0].Cron);
        var every = Timetable.Of("prod", new ScheduleSettings { Reconcile = "5m" }, hasCluster: false)[0];
        Assert.Equal((null, TimeSpan.FromMinutes(5)), (every.Cron, every.Every));
    }

    [Fact]
    public void Verify_and_drift_take_cron_expressions_too()
    {
        var times = Timetable.Of("prod", new ScheduleSettings { Verify = "H * * * * ?", Drift = "0 0 6 ? * MON-FRI" }, hasCluster: true);

        Assert.Equal(["H H/5 * * * ?", "H * * * * ?", "0 0 6 ? * MON-FRI", null], times.Select(time => time.Cron));
        Assert.Equal([true, false, true, false], times.Select(time => time.CatchUp));
    }

    [Fact]
    public void Targets_begin_at_moments_of_their_own_that_stay_the_same()
    {
        var phases = Names.Select(name => Timetable.Jitter(name, JobKind.Reconcile, TimeSpan.FromMinutes(1))).ToList();

        Assert.All(phases, phase => Assert.InRange(phase, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        Assert.True(phases.Select(phase => (int)phase.TotalSeconds).Distinct().Count() > 30, "they are spread over the minute");
        Assert.Equal(phases, Names.Select(name => Timetable.Jitter(name, JobKind.Reconcile, TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public void By_default_targets_reconcile_every_five_minutes_each_at_a_moment_of_its_own()
    {
        var from = new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero);
        var cron = Timetable.Of("prod", new ScheduleSettings(), hasCluster: false)[0].Cron!;
        var first = Names.Select(name => CronExpression.ParseWithHash(cron, name)).Select(each => (First: each.GetNextValidTimeAfter(from)!.Value, Each: each)).ToList();

        Assert.All(first, each => Assert.InRange(each.First - from, TimeSpan.Zero, TimeSpan.FromMinutes(5)));
        Assert.All(first, each => Assert.Equal(TimeSpan.FromMinutes(5), each.Each.GetNextValidTimeAfter(each.First) - each.First));
        Assert.True(first.Select(each => each.First).Distinct().Count() > 30, "they are spread over the five minutes");
    }

    [Fact]
    public void A_replica_that_goes_moves_only_its_own_targets()
    {
        var three = Seats("a", "b", "c");
        var two = Seats("c", "a");

        Assert.Equal(["a", "b", "c"], three.Values.Distinct().Order());
        Assert.Equal(three.Where(seat => seat.Value != "b"), two.Where(seat => three[seat.Key] != "b"));
        Assert.Null(Seating.Of("prod", []));
    }

    [Fact]
    public void Only_a_replica_whose_settings_name_a_target_works_on_it()
    {
        LivingReplica old = new("old", ["prod"]), young = new("young", ["prod", "stage"]);

        Assert.Equal("young", Seating.Of("stage", [old, young]));
        Assert.Equal("old", Seating.Of("prod", [old]));
        Assert.Null(Seating.Of("stage", [old]));
    }

    private static Dictionary<string, string> Seats(params string[] replicas) =>
        Names.ToDictionary(name => name, name => Seating.Of(name, replicas.Select(replica => new LivingReplica(replica, [.. Names])))!);
}
