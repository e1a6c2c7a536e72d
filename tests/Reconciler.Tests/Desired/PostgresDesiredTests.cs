using OdooSky.GitOps.Reconciler.Desired;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Desired;

/// <summary>The same as with SQLite, where PostgreSQL itself matters: its types, its snapshot, its refusals.</summary>
public sealed class PostgresDesiredTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Rows_plan_like_files_a_change_is_proposed_and_files_come_back_the_same()
    {
        using var database = await OpenAsync("platform");
        await database.FillAsync();
        await database.SqlAsync("UPDATE odoosky_instances SET labels = '{\"ring\": \"canary\"}', \"values\" = '{\"image\": {\"tag\": \"17.0\"}, \"n\": 1.50}', unset = '[\"notes.x\"]' WHERE code = 'beta'");
        var changed = await database.PlanAsync("--detailed-exitcode");

        var connection = database.Write("other-connection", database.Access.ConnectionString);
        var import = await database.VerbAsync("import", "--postgres", connection, "--to", Path.Combine(database.Fleet.Work, "desired"));
        database.Fleet.Push();
        var files = await database.Fleet.RunAsync("plan", "-o", "json");
        var export = await database.VerbAsync("export", "--from", Path.Combine(database.Fleet.Work, "desired"), "--postgres", connection);

        Assert.Equal((2, 0, 0), (changed.Exit, import.Exit, export.Exit));
        Assert.Equal((string)changed.Json["digest"]!, (string)files.Json["digest"]!);
        Assert.Equal("0 instances written, 2 unchanged.\n", export.Messages);
    }

    [Theory]
    [InlineData("INSERT INTO odoosky_instances (code) VALUES ('../acme')")]
    [InlineData("INSERT INTO odoosky_instances (code, \"values\") VALUES ('gamma', '{\"addons\": []}')")]
    [InlineData("INSERT INTO odoosky_instances (code, labels) VALUES ('gamma', '{\"a\": 1}')")]
    [InlineData("UPDATE odoosky_instances SET unset = '[\"addons\"]' WHERE code = 'acme'")]
    [InlineData("INSERT INTO odoosky_addons VALUES ('acme', 3, 'SALE', 'odoo-builtin', NULL, NULL)")]
    [InlineData("INSERT INTO odoosky_addons VALUES ('acme', 3, 'x', 'odoo-builtin', 'r/x', NULL)")]
    public async Task The_own_tables_refuse_what_validate_refuses(string sql)
    {
        using var database = await OpenAsync("refusals");
        await database.FillAsync();

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => database.SqlAsync(sql));
    }

    [Fact]
    public async Task A_numeric_version_and_a_server_that_is_not_there_plan_nothing()
    {
        using var database = await OpenAsync("own");
        await database.SqlAsync("CREATE TABLE i (code text); INSERT INTO i VALUES ('acme'); CREATE TABLE a (code text, version numeric); INSERT INTO a VALUES ('web_x', 17.0)");
        database.Settings(
            "      instancesQuery: SELECT code, NULL AS state, NULL AS target, NULL AS odoo, NULL AS clone_from_code, NULL AS labels, NULL AS \"values\", NULL AS unset, NULL AS requested_by, NULL AS reason, NULL AS ticket FROM i\n" +
            "      addonsQuery: SELECT 'acme' AS instance_code, 1 AS position, code, 'oca' AS source, 'r/x' AS image, version FROM a\n");
        var numeric = await database.RunAsync("plan");
        database.Write("connection", "Host=127.0.0.1;Port=1;Username=u;Password=canary-secret;Database=d;Timeout=5");
        var gone = await database.RunAsync("plan");

        Assert.Equal((1, 1), (numeric.Exit, gone.Exit));
        Assert.Contains("addons:acme/1: error OSG0162: The column version is of type numeric, not text.", numeric.Messages, StringComparison.Ordinal);
        Assert.Contains("OSG0604: Could not reach the database of desired state (postgres)", gone.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-secret", gone.Output + gone.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_ended_while_it_is_read_plans_nothing()
    {
        using var database = await OpenAsync("ended");
        await database.FillAsync();
        database.Settings(
            "      instancesQuery: SELECT code, NULL AS state, NULL AS target, NULL AS odoo, NULL AS clone_from_code, NULL AS labels, NULL AS \"values\", NULL AS unset, NULL AS requested_by, NULL AS reason, NULL AS ticket FROM odoosky_instances\n" +
            "      addonsQuery: SELECT instance_code, position, code, source, image, version FROM odoosky_addons WHERE position < 2 OR pg_terminate_backend(pg_backend_pid())\n");

        var plan = await database.RunAsync("apply");

        Assert.Equal(1, plan.Exit);
        Assert.Contains("OSG0604: Could not read desired state from the database (postgres)", plan.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("odoosky/", database.Fleet.Refs(), StringComparison.Ordinal);
    }

    private async Task<DatabaseFleet> OpenAsync(string name)
    {
        var database = $"{name}_{Guid.CreateVersion7():N}";
        await server.SqlAsync("postgres", $"CREATE DATABASE {database}");
        return new DatabaseFleet(DesiredDialect.Postgres, server.ConnectionString(database) + ";Pooling=false");
    }
}
