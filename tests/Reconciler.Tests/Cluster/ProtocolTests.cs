using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Rollout;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cluster;

/// <summary>The client against what a real API server answered.</summary>
public sealed class ProtocolTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("get-unauthorized-401", "Unauthorized", "401 Unauthorized")]
    [InlineData("get-anonymous-403", "Forbidden", "User \"system:anonymous\" cannot get resource")]
    [InlineData("list-forbidden-403", "Forbidden", "cannot list resource \"secrets\"")]
    [InlineData("get-object-not-found-404", "NotFound", "\"nosuch\" not found")]
    [InlineData("list-kind-not-served-404", "NotFound", "404 404 page not found")]
    [InlineData("list-exact-too-old-410", "Gone", "too old")]
    [InlineData("list-continue-very-old-410", "Gone", "too old to display a consistent list")]
    [InlineData("list-continue-malformed-400", "Refused", "invalid continue token")]
    [InlineData("list-too-many-requests-429", "Busy", "Too many requests")]
    [InlineData("list-resource-version-too-large-504", "Busy", "Too large resource version")]
    [InlineData("aggregated-api-down-503", "Busy", "service unavailable")]
    [InlineData("watch-bad-resource-version-500", "Busy", "invalid syntax")]
    [InlineData("patch-conflict-409", "Conflict", "the object has been modified")]
    [InlineData("plain-http-on-the-tls-port-400", "Refused", "Client sent an HTTP request to an HTTPS server")]
    public async Task A_refusal_becomes_a_failure_with_the_servers_words(string name, string kind, string words)
    {
        using var server = new ReplayServer(Recording.Of(name).Response);
        using var api = new ApiServer(World.Access(server.Address), new ClusterLimits(), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ClusterFailure>(() => api.GetAsync("/x", Stop));

        Assert.Equal(kind, failure.Kind.ToString());
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Equal(name is "list-too-many-requests-429" or "list-resource-version-too-large-504" ? TimeSpan.FromSeconds(1) : null, failure.RetryAfter);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_the_token_stays_here()
    {
        using var stranger = new ReplayServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray());
        var redirect = System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {stranger.Address}\r\nContent-Length: 0\r\n\r\n");
        using var server = new ReplayServer(redirect);
        using var api = new ApiServer(World.Access(server.Address, "canary-token"), new ClusterLimits(), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ClusterFailure>(() => api.GetAsync("/x", Stop));

        Assert.Equal(ClusterFailureKind.Refused, failure.Kind);
        Assert.Empty(stranger.Requests);
        Assert.Contains("Authorization: Bearer canary-token", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain("canary-token", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorded_list_is_read_with_its_version()
    {
        using var server = new ReplayServer(Recording.Of("list-resource-version-0").Response);
        using var api = new ApiServer(World.Access(server.Address), new ClusterLimits(), TimeProvider.System);

        var listed = await new Lister<ServedApplication, ApplicationState>(api, Resources.Applications, "few", new ClusterLimits()).ListAsync(Stop);

        Assert.Equal("1500", listed.Version);
        Assert.Equal(["ant", "bee", "cat"], listed.Objects.Select(seen => seen.Name));
        Assert.Equal("charts/instance", Assert.Single(listed.Objects.First().State.Spec.Sources).Path);
    }

    [Theory]
    [InlineData("watch-initial-events", "Resume", 3, "1504")]
    [InlineData("watch-no-resource-version", "Resume", 3, "1499")]
    [InlineData("watch-too-old-410-in-stream", "List", 0, "7")]
    [InlineData("watch-server-shut-down", "List", 0, "7")]
    public async Task A_recorded_watch_ends_as_it_must(string name, string end, int objects, string version)
    {
        using var server = new ReplayServer(Recording.Of(name).Response);
        using var api = new ApiServer(World.Access(server.Address), new ClusterLimits(), TimeProvider.System);
        var watcher = new Watcher<ServedApplication, ApplicationState>(api, Resources.Applications, "few", new ClusterLimits());
        var seen = new List<string>();

        var ended = await Watch(watcher, seen);

        Assert.Equal(end, ended);
        Assert.Equal(objects, seen.Count(type => type != "BOOKMARK"));
        Assert.Equal(version, watcher.Version);
    }

    [Fact]
    public async Task Whole_objects_of_a_real_cluster_are_read_field_by_field()
    {
        await using var world = await World.StartAsync();
        world.Server.Store.Put(World.Application, World.Recorded("get-application-200", "argocd", "oak"));
        world.Server.Store.Put(World.Deployment, World.Recorded("get-deployment-200", "odoo-oak", "oak-odoo"));
        world.Server.Store.Put(World.Pod, World.Recorded("get-pod-200", "odoo-oak", "oak-odoo-1"));

        var reading = (await world.Rollouts.ReadAsync(Stop)).ArgoCluster;

        var application = reading.Applications.Objects[("argocd", "oak")];
        Assert.Equal("a8769141b419fd17babc1bd6cb49c0168d04f66b", application.Status.Sync.Revision);
        Assert.Equal(("Synced", "Healthy", "Succeeded"), (application.Status.Sync.Status, application.Status.Health, application.Status.OperationState?.Phase));
        Assert.True(application.Spec is { Automated: true, SelfHeal: true, IsMultiSource: false });
        Assert.Equal(["../../instances/oak/values.yaml"], application.Spec.Sources[0].Helm!.ValueFiles);
        Assert.Equal("oak-odoo", Assert.Single(application.Status.Resources).Name);
        Assert.Equal(2, application.Status.History.Length);
        var deployment = Assert.Single(reading.Deployments.In("odoo-oak"));
        Assert.Equal(("7ca647d03fce340e", "2", 1, 2L), (deployment.Template.AddonsHash, deployment.Revision, deployment.Status.AvailableReplicas, deployment.Status.ObservedGeneration));
        Assert.Equal("NewReplicaSetAvailable", deployment.Status.Conditions[1].Reason);
        var pod = Assert.Single(reading.Pods.Objects.Values);
        Assert.Equal(("Running", "7ca647d03fce340e", 4), (pod.Phase, pod.AddonsHash, pod.InitContainers.Length));
        Assert.All(pod.InitContainers, container => Assert.Equal((ContainerPhase.Terminated, "Completed", 0), (container.Phase, container.Reason, container.ExitCode)));
    }

    private static async Task<string> Watch(Watcher<ServedApplication, ApplicationState> watcher, List<string> seen)
    {
        try
        {
            return (await watcher.WatchAsync("7", () => { }, (type, _) => seen.Add(type), Stop)).ToString();
        }
        catch (ClusterFailure failure) when (failure.Kind == ClusterFailureKind.Unreachable)
        {
            return "List"; // the follower lists after a failure
        }
    }
}
