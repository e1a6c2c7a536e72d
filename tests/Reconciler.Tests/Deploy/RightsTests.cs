using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Deploy;

/// <summary>The roles in deploy/ grant what the program asks of the API, and nothing more.</summary>
public sealed class RightsTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, bool> asked = new();
    private World world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        world = await World.StartAsync();
        world.Server.Store.Put(World.Application, World.Recorded("get-application-200", "argocd", "oak"));
        world.Server.Faults = request =>
        {
            asked[$"{request.Namespace ?? "*"} {request.Verb} {request.Kind!.FullName}"] = true;
            return null;
        };
        await AskAllAsync();
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task The_roles_are_exactly_what_is_asked_for()
    {
        var needed = asked.Keys.Order(StringComparer.Ordinal).ToList();

        Assert.Equal(
            [
                "* list deployments.apps", "* list pods", "* list replicasets.apps", "* watch deployments.apps", "* watch pods", "* watch replicasets.apps",
                "argocd list applications.argoproj.io", "argocd list appprojects.argoproj.io", "argocd patch applications.argoproj.io",
                "argocd watch applications.argoproj.io", "argocd watch appprojects.argoproj.io",
            ],
            needed);
        Assert.Equal(needed, Granted(await Deployables.KustomizeAsync("base")));
        foreach (var helm in RealHelm.Both) Assert.Equal(needed, Granted(await Deployables.ChartAsync(helm)));
    }

    [Fact]
    public async Task Without_refresh_nothing_can_be_changed()
    {
        var rights = Granted(await Deployables.ChartAsync(RealHelm.Four, "rbac: {refresh: false, argocdNamespaces: [argocd, argocd-eu]}"));

        Assert.DoesNotContain(rights, right => right.Contains(" patch ", StringComparison.Ordinal));
        Assert.Equal(4, rights.Count(right => right.StartsWith("argocd-eu ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Events_are_what_the_right_to_create_is_for_and_it_is_given_only_when_asked_for()
    {
        asked.Clear();
        var application = (await world.Rollouts.ReadAsync(Cancel)).ArgoCluster.Applications.Objects.Values.Single();
        await world.Rollouts.TellAsync(application, new FleetEvent("0123456789ab.live", "RolloutLive", "It is live.", IsWarning: false), Cancel);

        var more = Granted(await Deployables.ChartAsync(RealHelm.Four, "rbac: {events: true}")).Except(Granted(await Deployables.ChartAsync(RealHelm.Four)));

        Assert.Equal(["argocd create events"], asked.Keys.Where(key => key.Contains(" create ", StringComparison.Ordinal)));
        Assert.Equal(["argocd create events"], more);
    }

    [Fact]
    public async Task Each_role_is_bound_to_the_account_of_the_pod_and_to_nobody_else()
    {
        foreach (var objects in (List<JsonObject>[])[[.. await Deployables.KustomizeAsync("base")], [.. await Deployables.ChartAsync(RealHelm.Four, Deployables.Everything)]])
        {
            var account = objects.Single(item => item.Text("kind") == "Deployment").Text("spec.template.spec.serviceAccountName");
            var bindings = objects.Where(item => item.Text("kind").EndsWith("Binding", StringComparison.Ordinal)).ToList();
            Assert.Equal(objects.Count(item => item.Text("kind").EndsWith("Role", StringComparison.Ordinal)), bindings.Count);
            Assert.All(bindings, binding =>
            {
                var subject = Assert.Single(binding.List("subjects"));
                Assert.Equal(("ServiceAccount", account, "odoosky"), (subject.Text("kind"), subject.Text("name"), subject.Text("namespace")));
                Assert.Contains(objects, role => role.Text("kind") == binding.Text("roleRef.kind") && role.Text("metadata.name") == binding.Text("roleRef.name"));
            });
        }
    }

    // All that the port can do: read once, follow, and ask Argo CD to look again.
    private async Task AskAllAsync()
    {
        var reading = await world.Rollouts.ReadAsync(Cancel);
        await world.Rollouts.RefreshAsync(reading.ArgoCluster.Applications.Objects.Values.Single(), RefreshKind.Hard, Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var changes = world.Rollouts.FollowAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        await changes.MoveNextAsync();
        while (asked.Keys.Count(key => key.Contains(" watch ", StringComparison.Ordinal)) < 5) await Task.Delay(5, Cancel);
        await stop.CancelAsync();
    }

    private static List<string> Granted(IEnumerable<JsonObject> objects) =>
    [
        .. (from role in objects
            where role.Text("kind") is "Role" or "ClusterRole"
            from rule in role.List("rules")
            from api in rule.Texts("apiGroups")
            from resource in rule.Texts("resources")
            from verb in rule.Texts("verbs")
            select $"{role.At("metadata.namespace")?.GetValue<string>() ?? "*"} {verb} {resource}{(api.Length == 0 ? "" : "." + api)}").Order(StringComparer.Ordinal),
    ];
}
