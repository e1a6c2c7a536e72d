using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Soak;

/// <summary>What goes wrong while a job runs, and is well again after it.</summary>
internal enum WorldFault
{
    None,

    /// <summary>The remote is not there.</summary>
    RemoteGone,

    /// <summary>The remote takes the question and never answers.</summary>
    RemoteHangs,

    /// <summary>The remote takes no push.</summary>
    PushRefused,

    /// <summary>The forge lists nothing.</summary>
    ForgeDown,

    /// <summary>The forge fails at some write, before it is done.</summary>
    ForgeFails,

    /// <summary>The forge does a write, and the answer is lost.</summary>
    AnswerLost,

    /// <summary>The forge's limits are reached.</summary>
    ForgeLimits,

    /// <summary>The cluster is away.</summary>
    ClusterAway,

    /// <summary>The cluster lists its pods no more.</summary>
    ClusterForbids,
}

/// <summary>Runs jobs in a world in which something is wrong.</summary>
/// <param name="world">The world.</param>
/// <param name="random">The dice.</param>
internal sealed class FaultyWorld(SoakWorld world, Random random)
{
    private string Remote => world.Fleet.Remote;

    private string Head => Path.Combine(Remote, "HEAD");

    private string Hook => Path.Combine(Remote, "hooks", "pre-receive");

    /// <summary>Runs a job under a fault.</summary>
    public async Task<JobRun> RunAsync(JobKind kind, WorldFault fault)
    {
        await BreakAsync(fault);
        try
        {
            return await world.RunAsync(kind, isStuck: fault == WorldFault.RemoteHangs);
        }
        finally
        {
            Mend(fault);
        }
    }

    private async Task BreakAsync(WorldFault fault)
    {
        var at = random.Next(3);
        switch (fault)
        {
            case WorldFault.RemoteGone:
                Directory.Move(Remote, Remote + ".away");
                break;
            case WorldFault.RemoteHangs:
                File.Move(Head, Head + ".kept");
                Assert.Equal(0, (await TestProgram.RunAsync("mkfifo", [Head])).ExitCode);
                break;
            case WorldFault.PushRefused:
                TestScript.Write(Hook, "#!/bin/sh\necho not today >&2\nexit 1\n");
                break;
            case WorldFault.ForgeDown or WorldFault.ForgeFails or WorldFault.AnswerLost or WorldFault.ForgeLimits:
                world.Forge.Trouble = point => Trouble(fault, point) is { } trouble && (fault == WorldFault.ForgeDown || at-- == 0) ? trouble : null;
                break;
            case WorldFault.ClusterAway:
                world.Cluster.Faults = static _ => new Fault.Text(503, "apiserver is shutting down");
                break;
            case WorldFault.ClusterForbids:
                world.Cluster.Faults = static asked => asked.Plural == "pods" ? new Fault.Forbidden() : null;
                break;
        }
    }

    private void Mend(WorldFault fault)
    {
        if (fault == WorldFault.RemoteGone) Directory.Move(Remote + ".away", Remote);
        if (fault == WorldFault.RemoteHangs) File.Move(Head + ".kept", Head, overwrite: true);
        if (fault == WorldFault.PushRefused) File.Delete(Hook);
        world.Forge.Trouble = static _ => null;
        world.Cluster.Faults = static _ => null;
    }

    private GitHubFailure? Trouble(WorldFault fault, string point)
    {
        var isWrite = point != "before observe";
        return fault switch
        {
            WorldFault.ForgeDown when !isWrite => new GitHubFailure(GitHubFailureKind.Fault, "GitHub answered 500.") { Status = 500 },
            WorldFault.ForgeFails when isWrite && point.StartsWith("before", StringComparison.Ordinal) => new GitHubFailure(GitHubFailureKind.Fault, "GitHub answered 502.") { Status = 502 },
            WorldFault.AnswerLost when point.StartsWith("after", StringComparison.Ordinal) => new GitHubFailure(GitHubFailureKind.Interrupted, "The answer was cut short."),
            WorldFault.ForgeLimits when isWrite => new GitHubFailure(GitHubFailureKind.Limited, "GitHub's limit is reached.") { ResumesAt = world.Time.GetUtcNow() + TimeSpan.FromMinutes(1) },
            _ => null,
        };
    }
}
