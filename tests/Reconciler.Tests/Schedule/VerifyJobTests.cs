using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Proof;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Schedule;

/// <summary>What the job that verifies does, on a clock that stands still.</summary>
public sealed class VerifyJobTests : IAsyncLifetime
{
    private readonly Board board = new();
    private LiveFleet fleet = null!;
    private TargetWork work = null!;

    private static CancellationToken Never => CancellationToken.None;

    private IEnumerable<(string Code, VerdictKind Verdict)> Verdicts => board.Now.Targets["prod"].Proofs.Select(proof => (proof.Code.Text, proof.Verdict.Kind));

    public async ValueTask InitializeAsync()
    {
        fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Git.AddInstance("globex");
        var revision = fleet.Git.Push();
        fleet.Deploy("acme", revision);
        fleet.Put(new Deployed("globex", revision, fleet.HashOf("globex")) { Ready = false });
        work = TargetWork.Open(fleet.Target(), board, fleet.Clock, new Secrets());
    }

    public async ValueTask DisposeAsync()
    {
        await work.DisposeAsync();
        await fleet.DisposeAsync();
    }

    [Fact]
    public async Task Verify_shows_each_verdict_writes_it_down_once_and_says_nothing_twice()
    {
        var first = await work.RunAsync(JobKind.Verify, Never, Never);
        var written = fleet.Git.Refs();
        var again = await work.RunAsync(JobKind.Verify, Never, Never);

        Assert.Equal((null, null), (first.Failure, again.Failure));
        Assert.Equal([("acme", VerdictKind.Live), ("globex", VerdictKind.Rolling)], Verdicts);
        Assert.Contains("refs/notes/odoosky-rollouts", fleet.Git.Git("-C", fleet.Git.Remote, "for-each-ref", "--format=%(refname)"), StringComparison.Ordinal);
        Assert.Equal(written, fleet.Git.Refs());
    }

    [Fact]
    public async Task With_the_cluster_away_the_job_fails_in_one_line_and_nothing_is_called_live()
    {
        await work.RunAsync(JobKind.Verify, Never, Never);
        fleet.Server.Faults = static _ => new Fault.Text(503, "apiserver is shutting down");

        var run = await work.RunAsync(JobKind.Verify, Never, Never);

        Assert.NotNull(run.Failure);
        Assert.DoesNotContain('\n', run.Failure);
        Assert.Equal([("acme", VerdictKind.Unknown), ("globex", VerdictKind.Unknown)], Verdicts);
        fleet.Server.Faults = static _ => null;
        Assert.Null((await work.RunAsync(JobKind.Verify, Never, Never)).Failure);
        Assert.Equal([("acme", VerdictKind.Live), ("globex", VerdictKind.Rolling)], Verdicts);
    }

    [Fact]
    public async Task An_ending_service_writes_down_nothing_more()
    {
        using var ending = new CancellationTokenSource();
        await ending.CancelAsync();
        var before = fleet.Git.Git("-C", fleet.Git.Remote, "for-each-ref");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.RunAsync(JobKind.Verify, ending.Token, Never));

        Assert.Equal(before, fleet.Git.Git("-C", fleet.Git.Remote, "for-each-ref"));
    }
}
