using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Desired;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Schedule;

/// <summary>A service whose next pass is far away, and rows that change.</summary>
public sealed class HintTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_row_is_proposed_within_seconds_and_a_closed_target_hears_nothing()
    {
        await server.SqlAsync("postgres", "CREATE DATABASE hints");
        using var database = new DatabaseFleet(DesiredDialect.Postgres, server.ConnectionString("hints") + ";Pooling=false");
        database.Settings("    schedule: {reconcile: 1d}\n");
        await database.FillAsync();
        var board = new Board();
        await using var duty = new Duty(board, TimeProvider.System, new Secrets(), _ => { });
        var served = ServedTargets.Resolve(new() { Cache = Path.Combine(database.Folder, "cache"), Proposals = Path.Combine(database.Folder, "proposals"), Environment = ImmutableSortedDictionary<string, string>.Empty, Folder = database.Folder });
        Assert.Empty(served.Problems);
        await duty.StartAsync(ClockworkPlace.Memory, served.Targets, Stop);
        await UntilAsync(() => board.Now.Targets["prod"].Pass is { Branches.IsEmpty: true });

        await database.SqlAsync("UPDATE odoosky_addons SET version = '2.0' WHERE instance_code = 'acme' AND code = 'web_x'");

        await UntilAsync(() => board.Now.Targets["prod"].Pass is { Branches: [{ Branch: "odoosky/prod/i-acme" }] });
        await duty.ReloadAsync([], Stop);
        await database.SqlAsync("UPDATE odoosky_addons SET version = '3.0' WHERE instance_code = 'acme' AND code = 'web_x'");
        Assert.Empty(board.Now.Targets);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; !holds(); i++)
        {
            Assert.True(i < 600, "a minute has gone by");
            await Task.Delay(100, Stop);
        }
    }
}
