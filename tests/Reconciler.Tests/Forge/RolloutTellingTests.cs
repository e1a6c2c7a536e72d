using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Tests.Life;
using OdooSky.GitOps.Reconciler.Tests.Proof;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>What GitHub is asked to write of a rollout: people are notified twice at most, by the pull request and by its one comment.</summary>
public sealed class RolloutTellingTests
{
    private const string Comment = "POST /issues/{issue_number}/comments 201";
    private const string Edit = "PATCH /issues/comments/{comment_id} 200";
    private const string Mark = "POST /statuses/{sha} 201";

    [Fact]
    public async Task A_rollout_makes_one_comment_which_is_edited_and_a_mark_when_it_changes()
    {
        await using var fleet = await HttpFleet.StartAsync();
        await using var cluster = await KubernetesServer.StartAsync(fleet.Clock, HttpFleet.Cancel);
        await File.WriteAllTextAsync(Path.Combine(fleet.Folder, "kube.yaml"), cluster.Kubeconfig(), HttpFleet.Cancel);
        fleet.More = $"    cluster: {{kubeconfig: kube.yaml, repository: \"{LiveFleet.Repository}\"}}";
        await fleet.AddAsync("acme");
        await fleet.PassAsync();
        await fleet.People.MergeAsync("jane", 1, "merge", HttpFleet.Cancel);
        var merged = fleet.Pull(1).MergeCommit!;
        var hash = HelmValues.HashAddons(new HelmInput { Files = [System.Text.Encoding.UTF8.GetBytes(LifeFleet.Overlay("acme", "1.1"))] }).Value!;

        Assert.Equal([Comment, Mark], await VerifyAsync(fleet));
        Assert.Empty(await VerifyAsync(fleet));
        LiveFleet.Put(cluster, new Deployed("acme", merged, hash) { Ready = false });
        Assert.Equal([Edit, Mark], await VerifyAsync(fleet));
        Assert.Empty(await VerifyAsync(fleet));
        LiveFleet.Put(cluster, new Deployed("acme", merged, hash));
        Assert.Equal([Edit, Mark], await VerifyAsync(fleet));
        Assert.Empty(await VerifyAsync(fleet));
        await fleet.RestartAsync(elsewhere: true);
        Assert.Empty(await VerifyAsync(fleet));
    }

    private static async Task<List<string>> VerifyAsync(HttpFleet fleet)
    {
        fleet.Clock.Go(TimeSpan.FromMinutes(1));
        var ran = await fleet.RunAsync("verify");
        Assert.DoesNotContain("OSG", ran.Messages, StringComparison.Ordinal);
        return [.. fleet.Writes.Where(write => !write.Contains("git-receive-pack", StringComparison.Ordinal))];
    }
}
