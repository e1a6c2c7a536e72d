using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Machines;
using OdooSky.GitOps.Reconciler.Replicas;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Replicas;

/// <summary>What a replica shows of targets that others work on, and what its probes make of it.</summary>
public sealed class SharedBoardTests
{
    private static readonly ImmutableSortedDictionary<JobKind, DateTimeOffset> None = ImmutableSortedDictionary<JobKind, DateTimeOffset>.Empty;

    private readonly FakeClock clock = new();
    private readonly Board board = new();
    private readonly Health health;

    public SharedBoardTests()
    {
        health = new Health(board, clock);
        board.Replicas = new ReplicaState("a", 2, null, clock.GetUtcNow());
        health.Started();
    }

    [Fact]
    public void The_newest_run_on_whichever_replica_is_shown()
    {
        var own = new JobRun(JobKind.Reconcile, clock.GetUtcNow(), TimeSpan.FromSeconds(1));
        var old = new TargetBoard { Target = "prod" }.After(own);

        Assert.Equal(own, Shared("b", Kept(-60, null)).Over(old).LastRuns[JobKind.Reconcile]);
        var newer = Shared("b", Kept(60, "OSG0601: away") with { GoodBegun = clock.GetUtcNow().AddSeconds(30) }).Over(old);
        Assert.Equal("OSG0601: away", newer.LastRuns[JobKind.Reconcile].Failure);
        Assert.Equal(clock.GetUtcNow().AddSeconds(30), newer.LastSuccesses[JobKind.Reconcile].Begun);
        Assert.Same(newer, Shared("b", Kept(60, "OSG0601: away")).Over(newer));
    }

    [Fact]
    public void A_replica_that_works_on_nothing_is_ready_and_lives()
    {
        Show("prod", Shared("b"));
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new HealthAnswer(true, "[+] prod: replica b works on it\n[+] replica a, 2 of them\nreadyz passed\n"), health.Ready());
        Assert.True(health.Live().IsWell);
    }

    [Fact]
    public void A_replica_is_not_ready_before_a_target_that_it_works_on_has_had_a_pass_on_any_replica()
    {
        Show("prod", Shared("a"));
        Show("stage", Shared("b"));
        Assert.False(health.Ready().IsWell);

        Show("prod", Shared("a", Kept(0, null)));

        Assert.True(health.Ready().IsWell);
    }

    [Fact]
    public void While_the_database_is_away_nothing_is_overdue_and_the_page_stays_in_reach()
    {
        Show("prod", Shared("a", Kept(0, null)) with { Next = None.Add(JobKind.Reconcile, clock.GetUtcNow().AddMinutes(1)) });
        Assert.True(health.Ready().IsWell);
        clock.Advance(TimeSpan.FromHours(1));
        board.Replicas = new ReplicaState("a", 2, "refused", clock.GetUtcNow());
        Assert.True(health.Live().IsWell);
        Assert.Equal(
            $"[+] prod: the last pass ended\n[+] replica a, 2 of them\n[+] OSG0190: the replicas' database does not answer since {clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}; no job begins until it answers\nreadyz passed\n",
            health.Ready().Text);

        board.Replicas = new ReplicaState("a", 2, null, clock.GetUtcNow());
        Assert.True(health.Live().IsWell);
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.False(health.Live().IsWell);
    }

    private static SharedBoard Shared(string replica, params ImmutableArray<KeptRun> runs) => new(new Seat(replica, replica == "a"), None, None, runs);

    private KeptRun Kept(int seconds, string? failure) => new("prod", "Reconcile", "b", clock.GetUtcNow().AddSeconds(seconds), TimeSpan.FromSeconds(1), failure);

    private void Show(string target, SharedBoard shared) => board.Change(target, shared.Over);
}
