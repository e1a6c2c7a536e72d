using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OdooSky.GitOps.Reconciler.Replicas;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Desired;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Replicas;

/// <summary>What a replica does for and with the others, in one process and a real database.</summary>
public sealed class ReplicationTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clocks_that_differ_are_told_once()
    {
        var database = await DatabaseAsync();
        await using var one = await One.StartAsync(database, "one", new ShiftedClock { Shift = TimeSpan.FromMinutes(-1) });

        await one.Replication.RoundAsync(Cancel);

        var told = Assert.Single(one.News, news => news.Words.StartsWith("OSG0192: ", StringComparison.Ordinal));
        Assert.Matches(@"\AOSG0192: the clocks of this replica and of the database are (59|60|61) s apart; set them right, ", told.Words);
    }

    [Fact]
    public async Task A_job_of_a_target_that_no_living_replica_names_is_left_out_and_told()
    {
        await using var one = await One.StartAsync(await DatabaseAsync(), "one", new ShiftedClock());

        await one.Replication.HandOnAsync(one.Clockwork, ("gone", JobKind.Reconcile), isEnding: false);

        Assert.Contains(one.News, news => news.Words == "OSG0191: gone: no living replica's settings name this target; its job is left out");
        Assert.DoesNotContain(await one.Clockwork.PlannedAsync(Cancel), job => job.Target == "gone");
    }

    [Fact]
    public async Task What_a_replica_can_not_do_any_more_another_one_does_at_once()
    {
        var database = await DatabaseAsync();
        await using var ending = await One.StartAsync(database, "ending", new ShiftedClock(), "prod");
        await using var other = await One.StartAsync(database, "other", new ShiftedClock(), "prod");
        await ending.DidAsync();
        await ending.Clockwork.RestAsync(Cancel);

        await ending.Replication.HandOnAsync(ending.Clockwork, ("prod", JobKind.Upkeep), isEnding: true);

        Assert.Equal(("prod", JobKind.Upkeep), await other.DidAsync());
    }

    [Fact]
    public async Task What_nobody_keeps_any_more_is_swept_up_after_a_while()
    {
        var database = await DatabaseAsync();
        var clock = new ShiftedClock();
        await using (var one = await One.StartAsync(database, "one", new ShiftedClock(), "old"))
        {
            await one.DidAsync();
            await one.Replication.LeaveAsync();
        }

        await using var other = await One.StartAsync(database, "other", clock);
        var before = await other.Clockwork.PlannedAsync(Cancel);
        clock.Shift += TimeSpan.FromHours(2);
        await other.Replication.RoundAsync(Cancel);

        Assert.Contains(before, job => job.Target == "old");
        Assert.DoesNotContain(await other.Clockwork.PlannedAsync(Cancel), job => job.Target == "old");
    }

    [Fact]
    public async Task A_database_that_takes_connections_and_never_answers_is_a_failure_in_time_without_its_password()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var connection = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=odoosky;Password=hunter2;Timeout=1");
        await using var book = new ReplicaBook(connection, "one");
        using var database = new DatabaseFleet(Reconciler.Desired.DesiredDialect.Postgres, connection);

        var failure = await Assert.ThrowsAsync<ReplicaFailure>(() => book.AnnounceAsync(["prod"], Cancel)).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        var ran = await database.RunAsync("plan").WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        Assert.Equal(1, ran.Exit);
        Assert.Contains("Could not reach the database of desired state (postgres): ", ran.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", ran.Messages + failure.Message, StringComparison.Ordinal);
    }

    private async Task<string> DatabaseAsync()
    {
        var name = $"replicas_{Guid.CreateVersion7():N}";
        await server.SqlAsync("postgres", $"CREATE DATABASE {name}");
        return server.ConnectionString(name) + ";Pooling=false";
    }

    // A replica without targets of its own: its jobs are only noted.
    private sealed class One : IAsyncDisposable
    {
        private readonly SemaphoreSlim done = new(0);
        private readonly ConcurrentQueue<(string Target, JobKind Kind)> jobs = new();

        public required ConcurrentQueue<ReplicaNews> News { get; init; }

        public required Replication Replication { get; init; }

        public required Clockwork Clockwork { get; init; }

        public static async Task<One> StartAsync(string connection, string name, ShiftedClock clock, params string[] targets)
        {
            ConcurrentQueue<ReplicaNews> news = new();
            var replication = new Replication(new ClockworkPlace(connection, name), new Board(), clock, news.Enqueue);
            foreach (var target in targets) replication.Beat.Keep(target, Timetable.Whole(target, new ScheduleSettings { Reconcile = "1d", Drift = "1d" }, hasCluster: false));
            One? one = null;
            var ready = new TaskCompletionSource();
            var clockwork = await replication.ReachAsync(new JobDoor(async (target, kind, _) =>
            {
                await ready.Task;
                one!.jobs.Enqueue((target, kind));
                one.done.Release();
            }), Cancel);
            one = new One { Replication = replication, Clockwork = clockwork, News = news };
            ready.SetResult();
            return one;
        }

        public async Task<(string Target, JobKind Kind)> DidAsync()
        {
            Assert.True(await done.WaitAsync(TimeSpan.FromSeconds(60), Cancel), "nothing was done");
            return jobs.TryDequeue(out var job) ? job : throw new InvalidOperationException("Nothing was noted.");
        }

        public async ValueTask DisposeAsync()
        {
            await Clockwork.DisposeAsync();
            await Replication.DisposeAsync();
            done.Dispose();
        }
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
