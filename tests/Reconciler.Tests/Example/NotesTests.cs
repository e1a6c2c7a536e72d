using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

public sealed class NotesTests
{
    [Theory]
    [InlineData("{domain: fleet.example}", "It answers at http://acme.fleet.example\n")]
    [InlineData("{host: erp.acme.example, tlsSecret: acme-tls}", "It answers at https://erp.acme.example\n")]
    [InlineData("{enabled: false}", "")]
    public async Task Who_installs_it_by_hand_is_told_where_it_answers_and_how_to_see_it_start(string ingress, string answers)
    {
        await using var cluster = await ClusterStandIn.StartAsync([]);
        foreach (var helm in RealHelm.Both)
        {
            var run = await helm.RunAsync(
                ["install", "release", ChartUnderTest.Folder, "--namespace", "odoo-test", "--values", "-", "--dry-run=client",
                    "--disable-openapi-validation", "--kubeconfig", cluster.Kubeconfig],
                $"instance: {{code: acme}}\ningress: {ingress}\n");
            Assert.True(run.ExitCode == 0, $"{helm}: {run.Errors}");
            Assert.EndsWith($"""
                acme runs as acme-odoo, with its database in acme-pg.
                {answers}See it start: kubectl -n odoo-test rollout status deployment/acme-odoo
                The volumes and the database's Secret stay when the release goes.
                """, run.Output.TrimEnd('\n'), StringComparison.Ordinal);
        }
    }
}
