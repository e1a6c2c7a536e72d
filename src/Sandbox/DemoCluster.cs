using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Sandbox.ArgoCd;
using OdooSky.GitOps.Sandbox.Kubernetes;

namespace OdooSky.GitOps.Sandbox;

/// <summary>The demo's cluster in this very process: an API server, and an Argo CD that deploys from the demo's repository.</summary>
internal sealed class DemoCluster : IAsyncDisposable
{
    /// <summary>The tag that no registry of the demo has.</summary>
    public const string MissingTag = "17.0.9.9.9";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource ended = new();
    private readonly KubernetesServer server;
    private readonly Repository repository;
    private readonly Task running;

    private DemoCluster(KubernetesServer server, Repository repository, string bare, TimeProvider time)
    {
        (this.server, this.repository) = (server, repository);
        var source = new DeployedFrom(bare, "main", "charts/instance", "instances/{code}/values.yaml");
        var world = new SimulatedWorld(time, image => !image.EndsWith(':' + MissingTag, StringComparison.Ordinal));
        running = new SimulatedArgoCd(server.Store, repository, source, world).RunAsync(Step, ended.Token);
    }

    /// <summary>The file that says how the cluster is reached.</summary>
    public required string Kubeconfig { get; init; }

    /// <summary>Starts it.</summary>
    /// <param name="home">The demo's folder; gets <c>kubeconfig</c> and Argo CD's own clone.</param>
    /// <param name="bare">The repository.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The running cluster.</returns>
    public static async Task<DemoCluster> StartAsync(string home, string bare, TimeProvider time, CancellationToken cancellationToken)
    {
        var api = await KubernetesServer.StartAsync(time, cancellationToken);
        var kubeconfig = Path.Combine(home, "kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, api.Kubeconfig(), cancellationToken);
        var address = RemoteAddress.Read(bare, new Place("demo")).Address!;
        var clone = new Repository(new GitProgram(time, new GitLimits()), address, Path.Combine(home, "argocd"), Repository.NoCredentials);
        return new DemoCluster(api, clone, bare, time) { Kubeconfig = kubeconfig };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await repository.DisposeAsync();
        await server.DisposeAsync();
        ended.Dispose();
    }
}
