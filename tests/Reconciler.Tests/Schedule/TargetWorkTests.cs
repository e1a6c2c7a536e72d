using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Schedule;

/// <summary>What jobs do, on a clock that stands still.</summary>
public sealed class TargetWorkTests : IDisposable
{
    private readonly TestFleet fleet = new();
    private readonly FakeClock clock = new();
    private readonly Board board = new();

    public TargetWorkTests()
    {
        fleet.AddInstance("acme", wished: "1.1");
        fleet.Push();
    }

    private TargetBoard Shown => board.Now.Targets["prod"];

    private static CancellationToken Never => CancellationToken.None;

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task Reconcile_proposes_and_shows_its_report()
    {
        await using var work = Open();

        var run = await work.RunAsync(JobKind.Reconcile, Never, Never);

        Assert.Null(run.Failure);
        Assert.Equal(["odoosky/prod/i-acme"], Shown.Pass!.Branches.Select(branch => branch.Branch));
        Assert.Equal(run, Shown.LastSuccesses[JobKind.Reconcile]);
        Assert.Empty(Shown.Running);
    }

    [Fact]
    public async Task Who_waits_for_a_target_that_is_closed_meanwhile_is_told_so()
    {
        var work = Open(); // closed below: where nobody is told, closing it again would wait for ever too
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        var aside = work.AsideAsync(
            async _ =>
            {
                entered.SetResult();
                await leave.Task;
                return true;
            },
            Never);
        await entered.Task;
        var closing = work.DisposeAsync().AsTask();
        Task[] waiting = [work.RunAsync(JobKind.Reconcile, Never, Never), work.ReadAsync(Never), work.AsideAsync(_ => Task.FromResult(true), Never)];

        leave.SetResult();

        Assert.True(await aside);
        await closing.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        foreach (var each in waiting) await Assert.ThrowsAsync<ObjectDisposedException>(() => each.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Drift_shows_findings_and_writes_nothing()
    {
        await using var work = Open();
        var refs = fleet.Refs();

        await work.RunAsync(JobKind.Drift, Never, Never);

        Assert.Equal(["not-proposed"], Shown.Drift!.Value.Select(found => found.Kind));
        Assert.Equal(refs, fleet.Refs());
    }

    [Fact]
    public async Task Upkeep_keeps_the_clone_whole_for_the_next_pass()
    {
        await using var work = Open();
        await work.RunAsync(JobKind.Reconcile, Never, Never);

        var kept = await work.RunAsync(JobKind.Upkeep, Never, Never);
        var next = await work.RunAsync(JobKind.Reconcile, Never, Never);

        Assert.Equal((null, null), (kept.Failure, next.Failure));
        Assert.Equal([BranchOutcome.Unchanged], Shown.Pass!.Branches.Select(branch => branch.Outcome));
    }

    [Fact]
    public async Task A_failure_is_one_line_and_the_report_of_the_pass_before_stays()
    {
        await using var work = Open();
        await work.RunAsync(JobKind.Reconcile, Never, Never);
        var before = Shown.Pass;
        Directory.Move(fleet.Remote, fleet.Remote + ".away");

        var run = await work.RunAsync(JobKind.Reconcile, Never, Never);

        Assert.StartsWith("OSG060", run.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', run.Failure!);
        Assert.Same(before, Shown.Pass);
        Assert.Null(Shown.LastSuccesses[JobKind.Reconcile].Failure);
    }

    [Fact]
    public async Task An_ending_service_begins_to_write_nothing()
    {
        await using var work = Open();
        var refs = fleet.Refs();
        using var ending = new CancellationTokenSource();
        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.RunAsync(JobKind.Reconcile, ending.Token, Never));

        Assert.Equal(refs, fleet.Refs());
    }

    [Fact]
    public async Task Jobs_of_one_target_run_one_after_another()
    {
        await using var work = Open();
        var most = 0;
        using var stop = new CancellationTokenSource();
        var watching = WatchAsync();

        await Task.WhenAll(Enum.GetValues<JobKind>().Concat(Enum.GetValues<JobKind>()).Select(kind => work.RunAsync(kind, Never, Never)));

        await stop.CancelAsync();
        await watching;
        Assert.Equal(1, most);
        return;

        async Task WatchAsync()
        {
            try
            {
                for (var seen = 0L; ;)
                {
                    var picture = await board.NewerAsync(seen, stop.Token);
                    seen = picture.Version;
                    most = Math.Max(most, picture.Targets["prod"].Running.Count);
                }
            }
            catch (OperationCanceledException)
            {
                // The jobs are done.
            }
        }
    }

    private TargetWork Open() => TargetWork.Open(Resolve(fleet, fleet.Remote), board, clock, new Secrets());

    /// <summary>A target of a fleet, with a repository of the caller's.</summary>
    internal static RunTarget Resolve(TestFleet fleet, string repository)
    {
        var (target, problems) = Hosting.Resolve(new TargetChoice
        {
            Target = "prod", Repository = repository, Base = "main", Cache = Path.Combine(fleet.Folder, "cache"), Proposals = fleet.Proposals,
            Environment = ImmutableSortedDictionary<string, string>.Empty, Folder = fleet.Folder,
        });
        Assert.Empty(problems);
        return target!;
    }
}
