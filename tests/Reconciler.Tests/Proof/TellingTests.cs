using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Tests.Life;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proof;

/// <summary>What people see on a merged pull request.</summary>
public sealed class TellingTests : IAsyncDisposable
{
    private readonly LifeFleet fleet = new();
    private readonly string folder = Directory.CreateTempSubdirectory("odoosky-telling-").FullName;
    private KubernetesServer? server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await fleet.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(MergeWay.Merge)]
    [InlineData(MergeWay.Squash)]
    public async Task A_merged_pull_request_gets_one_comment_and_one_mark_that_follow_the_rollout(object way)
    {
        await StartAsync();
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.Merge(fleet.Forge.Of(1), (MergeWay)way);
        fleet.Forge.Writes.Clear();
        var (merged, hash) = (fleet.Forge.Of(1).MergeCommit!, HashOf("acme", "1.1"));

        await VerifyAsync();
        Put(new Deployed("acme", merged, hash) { Ready = false, Waits = "ImagePullBackOff" });
        await VerifyAsync();
        await VerifyAsync();
        Assert.Equal(new CommitMark(MarkState.Pending, "Rolling: pod-trouble addon-web-x ImagePullBackOff"), fleet.Forge.Marks[merged]);
        Assert.Contains("\nWhat to do:\n\n- `acme`: look at that container: image, version, its log", fleet.Forge.Comments[(1, "rollout")], StringComparison.Ordinal);
        Put(new Deployed("acme", merged, hash));
        await VerifyAsync();
        await VerifyAsync();

        string[] once = ["comment #1 rollout", $"mark {merged[..7]} Pending"];
        Assert.Equal([.. once, .. once, "comment #1 rollout", $"mark {merged[..7]} Success"], fleet.Forge.Writes);
        Assert.StartsWith("**Live: 1 instance**\n\n| instance | merged | synced | rolled | now |\n", fleet.Forge.Comments[(1, "rollout")], StringComparison.Ordinal);
        Assert.Equal("Live", fleet.Forge.Marks[merged].Description);
    }

    [Fact]
    public async Task A_failure_marks_the_commit_and_a_cluster_that_is_away_changes_nothing()
    {
        await StartAsync();
        fleet.Add("acme");
        await fleet.PassAsync();
        fleet.Merge(fleet.Forge.Of(1), MergeWay.Squash);
        var merged = fleet.Forge.Of(1).MergeCommit!;
        Put(new Deployed("acme", merged, HashOf("acme", "1.1")) { Sync = "OutOfSync", Phase = "Failed", Message = "@everyone: `rm -rf`" });
        await VerifyAsync();
        Assert.Equal(MarkState.Failure, fleet.Forge.Marks[merged].State);
        Assert.Contains("| Failed: sync-failed `` @everyone: `rm -rf` `` |\n", fleet.Forge.Comments[(1, "rollout")], StringComparison.Ordinal);
        fleet.Forge.Writes.Clear();

        await server!.DisposeAsync();
        await VerifyAsync();

        Assert.Empty(fleet.Forge.Writes);
    }

    private static string HashOf(string code, string version) =>
        HelmValues.HashAddons(new HelmInput { Files = [Encoding.UTF8.GetBytes(LifeFleet.Overlay(code, version))] }).Value!;

    private async Task StartAsync()
    {
        server = await KubernetesServer.StartAsync(fleet.Time, Stop);
        var file = Path.Combine(folder, "kube.yaml");
        await File.WriteAllTextAsync(file, server.Kubeconfig(), Stop);
        fleet.Environment = ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal, [KeyValuePair.Create("ODOOSKY_CLUSTER_KUBECONFIG", file), KeyValuePair.Create("ODOOSKY_CLUSTER_REPOSITORY", LiveFleet.Repository)]);
    }

    private async Task VerifyAsync()
    {
        var (rollouts, problems) = fleet.Service.Clusters.Open();
        Assert.Empty(problems);
        var verification = fleet.Service.Verify(rollouts!);
        await verification.OnceAsync([], Stop);
        Assert.Empty(await fleet.Service.Telling.TellAsync(verification.Proof, verification.Rollouts, Stop));
    }

    private void Put(Deployed it) => LiveFleet.Put(server!, it);
}
