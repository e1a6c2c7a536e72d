using System.Collections.Concurrent;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Schedule;

/// <summary>What a replica reads by itself of a target that another one works on.</summary>
public sealed class OwnReadingsTests : IAsyncLifetime
{
    private readonly TestFleet fleet = new();
    private readonly FakeClock clock = new();
    private readonly Board board = new();
    private readonly ConcurrentQueue<string> told = new();
    private TargetWork work = null!;
    private OwnReadings readings = null!;

    private TargetBoard Shown => board.Now.Targets["prod"];

    public ValueTask InitializeAsync()
    {
        fleet.AddInstance("acme", wished: "1.1");
        fleet.Push();
        work = TargetWork.Open(TargetWorkTests.Resolve(fleet, fleet.Remote), board, clock, new Secrets());
        board.Change("prod", old => old with { Seat = new Seat("other", IsHere: false) });
        readings = new OwnReadings(new() { ["prod"] = work }, board, clock, (target, why) => told.Enqueue($"{target}: {why}"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await readings.DisposeAsync();
        await work.DisposeAsync();
        fleet.Dispose();
    }

    [Fact]
    public async Task A_pass_that_ended_after_a_reading_had_begun_is_read_too()
    {
        var first = clock.GetUtcNow();
        await UntilAsync(() => Shown.ReadAt == first);
        board.Change("prod", old => old.After(new JobRun(JobKind.Reconcile, first - TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15))));
        clock.Advance(TimeSpan.FromSeconds(6));

        await UntilAsync(() => Shown.ReadAt == first + TimeSpan.FromSeconds(6));

        Assert.Empty(told);
    }

    [Fact]
    public async Task A_reading_that_fails_says_which_target_and_why()
    {
        Directory.Move(fleet.Remote, fleet.Remote + ".away");

        await UntilAsync(() => !told.IsEmpty);

        Assert.StartsWith("prod: OSG060", Assert.Single(told), StringComparison.Ordinal);
        Assert.Null(Shown.ReadAt);
    }

    [Fact]
    public async Task A_target_that_is_this_replicas_by_now_is_not_read_over()
    {
        board.Change("prod", old => old with { Seat = new Seat("this", IsHere: true) });

        Assert.Null(await work.ReadAsync(TestContext.Current.CancellationToken));

        Assert.Equal((null, null), (Shown.ReadAt, Shown.FirstPlan));
    }

    private async Task UntilAsync(Func<bool> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            readings.Begin();
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), string.Join('\n', told));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
