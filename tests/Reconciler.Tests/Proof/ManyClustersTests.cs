using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proof;

/// <summary>Argo CD in one cluster, its Applications in several namespaces, and instances in another cluster.</summary>
public sealed class ManyClustersTests
{
    [Fact]
    public async Task What_runs_is_looked_for_where_the_destination_says()
    {
        await using var fleet = await LiveFleet.StartAsync();
        await using var east = await KubernetesServer.StartAsync(fleet.Clock, TestContext.Current.CancellationToken);
        await UseAsync(fleet, east, ", destinations: {\"https://east.example\": east}");
        fleet.Git.AddInstance("acme");
        fleet.Git.AddInstance("beta");
        fleet.Git.AddInstance("gamma");
        var revision = fleet.Git.Push();
        fleet.Deploy("acme", revision);
        var far = new Deployed("beta", revision, fleet.HashOf("beta")) { Destination = "https://east.example" };
        fleet.Put("argoproj.io", "applications", LiveFleet.Application(far));
        LiveFleet.PutWorkload(east, far);
        var lost = new Deployed("gamma", revision, fleet.HashOf("gamma")) { Destination = "https://west.example" };
        fleet.Put("argoproj.io", "applications", LiveFleet.Application(lost));

        var ran = await fleet.RunAsync("verify", "--all");

        Assert.Matches("(?m)^acme   Live ", ran.Output);
        Assert.Matches("(?m)^beta   Live ", ran.Output);
        Assert.Contains("gamma  Unknown       not-readable: no setting maps the destination https://west.example: name its context in cluster.destinations\n", ran.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["list applications.argoproj.io", "list appprojects.argoproj.io", "list deployments.apps", "list pods", "list replicasets.apps"],
            fleet.Server.Requests.Order(StringComparer.Ordinal));
        Assert.Equal(["list deployments.apps", "list pods", "list replicasets.apps"], east.Requests.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cluster_that_is_away_spoils_its_own_instances_alone()
    {
        await using var fleet = await LiveFleet.StartAsync();
        await using var east = await KubernetesServer.StartAsync(fleet.Clock, TestContext.Current.CancellationToken);
        await UseAsync(fleet, east, ", destinations: {\"https://east.example\": east}");
        east.Tokens.Clear();
        fleet.Git.AddInstance("acme");
        fleet.Git.AddInstance("beta");
        var revision = fleet.Git.Push();
        fleet.Deploy("acme", revision);
        fleet.Put("argoproj.io", "applications", LiveFleet.Application(new Deployed("beta", revision, fleet.HashOf("beta")) { Destination = "https://east.example" }));

        var ran = await fleet.RunAsync("verify", "--all");

        Assert.Equal(4, ran.Exit);
        Assert.Matches("(?m)^acme  Live ", ran.Output);
        Assert.Matches("(?m)^beta  Unknown       not-readable: ", ran.Output);
    }

    [Fact]
    public async Task Applications_of_all_namespaces_that_are_named_count_and_others_do_not()
    {
        await using var fleet = await LiveFleet.StartAsync(", argocdNamespaces: [argocd, team-a]");
        fleet.Git.AddInstance("acme");
        fleet.Git.AddInstance("beta");
        fleet.Git.AddInstance("gamma");
        var revision = fleet.Git.Push();
        fleet.Deploy("acme", revision);
        foreach (var (code, space) in new[] { ("beta", "team-a"), ("gamma", "team-b") })
        {
            var application = LiveFleet.Application(fleet.Deploy(code, revision));
            fleet.Delete("argoproj.io", "applications", "argocd", code);
            application["metadata"]!["namespace"] = space;
            fleet.Put("argoproj.io", "applications", application);
        }

        var verdicts = (await fleet.RunAsync("verify", "-o", "json")).Json["instances"]!.AsArray();

        Assert.Equal(["acme Live argocd/acme", "beta Live team-a/beta", "gamma Waiting "], verdicts.Select(one => $"{one!["code"]} {one["verdict"]} {one["application"]}"));
    }

    private static Task UseAsync(LiveFleet fleet, KubernetesServer east, string more)
    {
        fleet.Settings($"cluster: {{kubeconfig: kube.yaml, repository: \"{LiveFleet.Repository}\"{more}}}");
        return File.WriteAllTextAsync(Path.Combine(fleet.Git.Folder, "kube.yaml"), fleet.Server.Kubeconfig(("east", east)));
    }
}
