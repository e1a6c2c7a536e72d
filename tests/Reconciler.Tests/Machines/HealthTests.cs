using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Machines;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Machines;

/// <summary>When probes fail, on a clock that stands still.</summary>
public sealed class HealthTests
{
    private readonly FakeClock clock = new();
    private readonly Board board = new();
    private readonly Health health;

    public HealthTests() => health = new Health(board, clock);

    [Fact]
    public void Before_it_has_started_it_lives_and_is_not_ready()
    {
        Assert.Equal(new HealthAnswer(true, "[+] starting\nlivez passed\n"), health.Live());
        Assert.Equal(new HealthAnswer(false, "[-] starting: the targets are being opened\nreadyz failed\n"), health.Ready());
    }

    [Fact]
    public void It_is_ready_once_the_first_pass_of_each_target_has_ended_whatever_came_of_it()
    {
        health.Started();
        Ran("prod", null);
        Add("test");

        Assert.Equal(new HealthAnswer(false, "[+] prod: the last pass ended\n[-] test: the first pass has not ended\nreadyz failed\n"), health.Ready());
        Ran("test", "OSG0601: git could not reach https://hidden.example");
        Assert.Equal(new HealthAnswer(true, "[+] prod: the last pass ended\n[+] test: the last pass failed (OSG0601)\nreadyz passed\n"), health.Ready());
    }

    [Fact]
    public void A_target_that_the_settings_add_later_does_not_take_readiness_back()
    {
        health.Started();
        Ran("prod", null);
        Assert.True(health.Ready().IsWell);

        Add("new");

        Assert.Equal(new HealthAnswer(true, "[+] new: the first pass has not ended\n[+] prod: the last pass ended\nreadyz passed\n"), health.Ready());
    }

    [Fact]
    public void A_service_that_ends_lives_and_is_not_ready()
    {
        health.Started();
        Ran("prod", null);
        Next("prod", TimeSpan.FromHours(-1));
        health.Ending();

        Assert.Equal(new HealthAnswer(false, "[-] ending\nreadyz failed\n"), health.Ready());
        Assert.Equal(new HealthAnswer(true, "[+] ending\nlivez passed\n"), health.Live());
    }

    [Fact]
    public void A_job_that_is_overdue_though_its_target_is_free_means_a_stuck_scheduler()
    {
        health.Started();
        Ran("prod", null);
        Next("prod", TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(new HealthAnswer(true, "[+] jobs running: 0 of at most 8\n[+] scheduler: nothing is overdue\nlivez passed\n"), health.Live());

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new HealthAnswer(false, "[+] jobs running: 0 of at most 8\n[-] scheduler: drift of prod is overdue for 301 s\nlivez failed\n"), health.Live());
    }

    [Fact]
    public void A_job_that_waits_for_another_of_its_target_is_not_overdue()
    {
        health.Started();
        Next("prod", TimeSpan.FromMinutes(-20));
        Running("prod");

        Assert.True(health.Live().IsWell);
    }

    [Fact]
    public void A_job_that_waits_since_all_places_are_taken_is_not_overdue()
    {
        health.Started();
        Next("prod", TimeSpan.FromMinutes(-20));
        foreach (var other in Enumerable.Range(1, Clockwork.AtOnce - 1)) Running($"other-{other}");
        Assert.False(health.Live().IsWell);

        Running("other-8");

        Assert.True(health.Live().IsWell);
    }

    private void Add(string target) => board.Change(target, old => old);

    private void Ran(string target, string? failure) =>
        board.Change(target, old => old.After(new JobRun(JobKind.Reconcile, clock.GetUtcNow(), TimeSpan.FromSeconds(1), failure)));

    private void Next(string target, TimeSpan after) => board.Change(
        target, old => old with { NextRuns = ImmutableSortedDictionary<JobKind, DateTimeOffset>.Empty.Add(JobKind.Drift, clock.GetUtcNow() + after) });

    private void Running(string target) => board.Change(
        target, old => old with { Running = ImmutableSortedDictionary<JobKind, DateTimeOffset>.Empty.Add(JobKind.Reconcile, clock.GetUtcNow()) });
}
