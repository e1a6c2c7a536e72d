using OdooSky.GitOps.Reconciler.Desired;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Desired;

/// <summary>Rows that are read from a real hot standby of PostgreSQL, which may be behind.</summary>
public sealed class StandbyTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_standby_is_read_like_its_primary_and_one_that_is_behind_plans_nothing()
    {
        await using var standby = await server.StandbyAsync();
        await server.SqlAsync("postgres", "CREATE DATABASE fleet");
        using var database = new DatabaseFleet(DesiredDialect.Postgres, server.ConnectionString("fleet"));
        await database.FillAsync();
        await WishAsync(database, "acme", "1.1", "2026-11-20T10:00:00Z");
        await CaughtUpAsync(standby);
        database.ReadFrom(standby.ConnectionString("fleet"));

        var same = await database.RunAsync("apply");
        await standby.SqlAsync("postgres", "SELECT pg_wal_replay_pause()");
        await WishAsync(database, "acme", "1.2", "2026-11-20T11:00:00Z");
        database.ReadFrom(server.ConnectionString("fleet"));
        var primary = await database.RunAsync("apply");
        var merged = await database.RunAsync("merge", "odoosky/prod/i-acme");
        await WishAsync(database, "beta", "2.0", "2026-11-20T12:00:00Z");
        database.ReadFrom(standby.ConnectionString("fleet"));
        var refs = database.Fleet.Refs();
        var behind = await database.RunAsync("apply");

        Assert.Equal((0, 0, 0, 1), (same.Exit, primary.Exit, merged.Exit, behind.Exit));
        Assert.Contains("instances:acme: error OSG0166: The row of acme is of 2026-11-20T10:00:00Z, and one of 2026-11-20T11:00:00Z was applied already", behind.Messages, StringComparison.Ordinal);
        Assert.Equal(refs, database.Fleet.Refs());

        await standby.SqlAsync("postgres", "SELECT pg_wal_replay_resume()");
        await CaughtUpAsync(standby);
        var caughtUp = await database.RunAsync("apply");
        Assert.True(caughtUp.Exit == 0, caughtUp.Messages);
        Assert.Contains("odoosky/prod/i-beta", database.Fleet.Refs(), StringComparison.Ordinal);
    }

    private static Task WishAsync(DatabaseFleet database, string code, string version, string at) => database.SqlAsync(
        $"UPDATE odoosky_addons SET version = '{version}' WHERE instance_code = '{code}' AND code = 'web_x'; UPDATE odoosky_instances SET updated_at = '{at}' WHERE code = '{code}';");

    private async Task CaughtUpAsync(PostgresServer standby)
    {
        var written = await server.SqlAsync("postgres", "SELECT pg_current_wal_lsn()");
        for (var i = 0; i < 1_000; i++)
        {
            if (await standby.SqlAsync("postgres", $"SELECT pg_last_wal_replay_lsn() >= '{written}'") == "t") return;
            await Task.Delay(20, Cancel);
        }

        Assert.Fail("the standby did not catch up");
    }
}
