using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using OdooSky.GitOps.Sandbox.ArgoCd;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Demo;

/// <summary>The demo's Argo CD, looked at with the real <c>verify</c> after each of its steps.</summary>
public sealed class SimulatedArgoCdTests : IAsyncLifetime
{
    private readonly TestFleet fleet = new();
    private KubernetesServer server = null!;
    private Repository repository = null!;
    private SimulatedArgoCd argo = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await KubernetesServer.StartAsync(TimeProvider.System, Cancel);
        await File.WriteAllTextAsync(Path.Combine(fleet.Work, "..", "kubeconfig"), server.Kubeconfig(), Cancel);
        var git = new GitProgram(TimeProvider.System, new GitLimits());
        repository = new Repository(git, RemoteAddress.Read(fleet.Remote, new Place("test")).Address!, Path.Combine(fleet.Work, "..", "argocd"), Repository.NoCredentials);
        argo = new SimulatedArgoCd(
            server.Store, repository, new DeployedFrom(fleet.Remote, "main", "charts/instance", "instances/{code}/values.yaml"),
            new SimulatedWorld(TimeProvider.System, image => !image.EndsWith(":9.9", StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        await repository.DisposeAsync();
        await server.DisposeAsync();
        fleet.Dispose();
    }

    [Fact]
    public async Task A_merged_change_goes_through_all_verdicts_until_it_is_live()
    {
        fleet.AddInstance("acme");
        fleet.Push();
        await StepsAsync(12);
        Assert.Equal("Live", await VerdictAsync());
        fleet.Overlay("acme", "2.0");
        fleet.Push();

        var seen = new List<string> { await VerdictAsync() };
        for (var step = 0; step < 9; step++)
        {
            await argo.StepAsync(Cancel);
            var verdict = await VerdictAsync();
            if (verdict != seen[^1]) seen.Add(verdict);
        }

        // The fleet's commits are years old, so that what waits has waited too long at first.
        Assert.Equal(["Stalled", "Waiting", "Rolling", "Live"], seen.Distinct());
    }

    [Fact]
    public async Task An_image_that_no_registry_has_fails_with_its_name()
    {
        fleet.AddInstance("acme");
        fleet.Push();
        await StepsAsync(12);
        fleet.Overlay("acme", "9.9");
        fleet.Push();
        await StepsAsync(16);

        var proof = await ProofAsync();

        Assert.Equal("Failed", (string)proof["verdict"]!);
        Assert.Contains("addon-web-x ImagePullBackOff", proof.ToJsonString());
    }

    [Fact]
    public async Task A_comment_alone_is_live_without_a_roll_and_a_removed_overlay_takes_its_pods_along()
    {
        fleet.AddInstance("acme");
        fleet.AddInstance("globex");
        fleet.Push();
        await StepsAsync(12);
        var pods = Pods();
        fleet.Write("instances/acme/values.yaml", "# another word\n" + await File.ReadAllTextAsync(Path.Combine(fleet.Work, "instances/acme/values.yaml"), Cancel));
        fleet.Delete("instances/globex/values.yaml");
        fleet.Push();
        await StepsAsync(4);

        Assert.Equal("Live", await VerdictAsync());
        Assert.Equal(pods.Where(pod => pod.StartsWith("acme", StringComparison.Ordinal)), Pods());
    }

    private async Task StepsAsync(int count)
    {
        for (var i = 0; i < count; i++) await argo.StepAsync(Cancel);
    }

    private List<string> Pods() => [.. server.Store.List(ServedKind.Find("", "pods")!, null).Objects.Select(pod => (string)pod["metadata"]!["name"]!)];

    private async Task<string> VerdictAsync() => (string)(await ProofAsync())["verdict"]!;

    private async Task<JsonNode> ProofAsync()
    {
        using StringWriter output = new(), messages = new();
        var environment = ImmutableSortedDictionary<string, string>.Empty.Add("ODOOSKY_CLUSTER_KUBECONFIG", Path.Combine(fleet.Work, "..", "kubeconfig"));
        var surroundings = new Surroundings(new Terminal(output, messages, (false, false)), environment, fleet.Work, Stream.Null, TimeProvider.System);
        await CommandLine.RunAsync(["verify", "acme", "--repository", fleet.Remote, "--target", "prod", "--cache", Path.Combine(fleet.Work, "..", "cache"), "-o", "json"], surroundings, Cancel);
        Assert.True(output.ToString().Length > 0, messages.ToString());
        return JsonNode.Parse(output.ToString())!["instances"]![0]!;
    }
}
