using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>The database's password with a cluster to look into, as in <c>helm upgrade</c>.</summary>
public sealed class LivePasswordTests
{
    private const string Place = "/api/v1/namespaces/odoo-test/secrets/acme-pg";

    [Fact]
    public async Task The_password_that_is_in_the_cluster_stays_with_all_that_the_Secret_holds()
    {
        await using var cluster = await ClusterStandIn.StartAsync(new() { [Place] = Secret() });
        foreach (var helm in RealHelm.Both)
            Assert.Equal("""{"POSTGRES_PASSWORD":"a2VwdA==","POSTGRES_USER":"b2Rvbw==","own":"eA=="}""", await DataAsync(helm, cluster));
    }

    [Fact]
    public async Task Where_there_is_none_yet_one_is_made()
    {
        await using var cluster = await ClusterStandIn.StartAsync([]);
        foreach (var helm in RealHelm.Both) Assert.NotEqual(await DataAsync(helm, cluster), await DataAsync(helm, cluster));
    }

    private static async Task<string> DataAsync(RealHelm helm, ClusterStandIn cluster)
    {
        var rendered = await helm.RenderTextAsync(ChartUnderTest.Folder, "instance: {code: acme}\n",
            "--dry-run=server", "--disable-openapi-validation", "--kubeconfig", cluster.Kubeconfig);
        return rendered.Single("Secret").At("data")!.ToJsonString();
    }

    // With the marks by which Helm knows its own objects.
    private static JsonObject Secret() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject
        {
            ["name"] = "acme-pg",
            ["namespace"] = "odoo-test",
            ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "Helm" },
            ["annotations"] = new JsonObject
            {
                ["meta.helm.sh/release-name"] = "release", ["meta.helm.sh/release-namespace"] = "odoo-test",
            },
        },
        ["data"] = new JsonObject { ["POSTGRES_PASSWORD"] = "a2VwdA==", ["POSTGRES_USER"] = "b2Rvbw==", ["own"] = "eA==" },
    };
}
