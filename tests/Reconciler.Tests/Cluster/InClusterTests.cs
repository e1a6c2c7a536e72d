using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cluster;

/// <summary>A pod's own way into its cluster: what Kubernetes mounts into it.</summary>
public sealed class InClusterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("odoosky-pod-").FullName;

    private static readonly string Authority = MakeAuthority();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_mounted_token_and_authority_open_the_cluster_and_a_rotated_token_is_read_again()
    {
        var clock = new FakeClock();
        await using var server = await KubernetesServer.StartAsync(clock, Stop);
        server.Store.Put(World.Application, World.Recorded("get-application-200", "argocd", "oak"));
        Mount("sandbox\n", server.Authority);
        var (access, problems) = InCluster.Read(Environment(server.Address.Host, server.Address.Port), folder);
        Assert.Empty(problems);
        var plan = new ClusterPlan([access!], ["argocd"], ImmutableSortedDictionary<string, string>.Empty.Add("in-cluster", FleetReading.This));
        using var rollouts = new Rollouts(plan, new ClusterLimits(), clock);

        var first = (await rollouts.ReadAsync(Stop)).ArgoCluster.Applications;
        server.Tokens.Clear();
        server.Tokens["rotated"] = true;
        Mount("rotated", server.Authority);
        clock.Advance(TimeSpan.FromMinutes(5));
        var second = (await rollouts.ReadAsync(Stop)).ArgoCluster.Applications;

        Assert.Equal((1, null), (first.Objects.Count, first.Trouble));
        Assert.Equal((1, null), (second.Objects.Count, second.Trouble));
    }

    [Theory]
    [InlineData("10.96.0.1", "https://10.96.0.1:6443/")]
    [InlineData("fd00::1", "https://[fd00::1]:6443/")]
    [InlineData("[fd00::1]", "https://[fd00::1]:6443/")]
    public void An_address_may_be_of_either_kind(string host, string server)
    {
        Mount("t", Authority);

        Assert.Equal(server, InCluster.Read(Environment(host, 6443), folder).Access!.Server.AbsoluteUri);
    }

    [Theory]
    [InlineData("", true, true, "The program does not run in a cluster, and no kubeconfig is set.")]
    [InlineData("no host", true, true, "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are no address.")]
    [InlineData("10.0.0.1", false, true, "The pod has no service account token.")]
    [InlineData("10.0.0.1", true, false, "The cluster's authority can't be read.")]
    public void What_is_missing_is_named(string host, bool hasToken, bool hasAuthority, string message)
    {
        if (hasToken) File.WriteAllText(Path.Combine(folder, "token"), "t");
        if (hasAuthority) File.WriteAllText(Path.Combine(folder, "ca.crt"), Authority);

        var problem = Assert.Single(InCluster.Read(Environment(host, 443), folder).Problems);

        Assert.Equal((ClusterCodes.Unusable, message), (problem.Code, problem.Message));
    }

    private static string MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(1));
        return certificate.ExportCertificatePem();
    }

    private static Dictionary<string, string> Environment(string host, int port) => new(StringComparer.Ordinal)
    {
        ["KUBERNETES_SERVICE_HOST"] = host, ["KUBERNETES_SERVICE_PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private void Mount(string token, string authority)
    {
        File.WriteAllText(Path.Combine(folder, "token"), token);
        File.WriteAllText(Path.Combine(folder, "ca.crt"), authority);
    }
}
