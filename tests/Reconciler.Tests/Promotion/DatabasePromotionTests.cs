using System.Globalization;
using Dapper;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Tests.Desired;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Promotion;

/// <summary>Promotions and old reads where desired state stands in a real database.</summary>
public sealed class DatabasePromotionTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Rows_are_promoted_in_one_transaction_on_SQLite() => await PromotesAsync(DatabaseFleet.OnSqlite());

    [Fact]
    public async Task Rows_are_promoted_in_one_transaction_on_PostgreSQL() => await PromotesAsync(await OnPostgresAsync("promoted"));

    [Theory]
    [InlineData("another_row", "INSERT INTO odoosky_addons VALUES ('beta', 9, 'hers', 'oca', 'registry.example/hers', '1')")]
    [InlineData("this_row", "UPDATE odoosky_addons SET version = '3.0' WHERE instance_code = 'beta' AND code = 'web_x'")]
    [InlineData("series", "UPDATE odoosky_instances SET odoo = '18.0' WHERE code = 'beta'")]
    [InlineData("gone", "DELETE FROM odoosky_addons WHERE instance_code = 'beta'; DELETE FROM odoosky_instances WHERE code = 'beta'")]
    public async Task Rows_that_changed_since_they_were_read_are_not_written_over(string name, string sql)
    {
        using var database = await OnPostgresAsync("raced_" + name);
        await database.FillAsync();
        var file = (await new DesiredDatabase(database.Access).ReadAsync(TestContext.Current.CancellationToken)).Files.First(file => file.Wish!.Code.Text == "beta");
        var row = file.Wish!.Addons[1] with { Version = "2.0" };
        var wish = file.Wish with { Addons = file.Wish.Addons.SetItem(1, row) };
        await database.SqlAsync(sql);
        var before = await RowsTextAsync(database);

        var written = await new DesiredStore(database.Access).PromoteAsync(file, wish, [row], TestContext.Current.CancellationToken);

        Assert.False(written);
        Assert.Equal(before, await RowsTextAsync(database));
    }

    [Fact]
    public async Task A_change_that_is_under_way_is_waited_for_and_not_written_over()
    {
        using var database = await OnPostgresAsync("under_way");
        await database.FillAsync();
        var file = (await new DesiredDatabase(database.Access).ReadAsync(TestContext.Current.CancellationToken)).Files.First(file => file.Wish!.Code.Text == "beta");
        var row = file.Wish!.Addons[1] with { Version = "2.0" };
        await using var other = new Npgsql.NpgsqlConnection(database.Access.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await other.ExecuteAsync("UPDATE odoosky_addons SET version = '3.0' WHERE instance_code = 'beta' AND code = 'web_x'", transaction: transaction);

        var writing = new DesiredStore(database.Access).PromoteAsync(file, file.Wish with { Addons = file.Wish.Addons.SetItem(1, row) }, [row], TestContext.Current.CancellationToken);
        var first = await Task.WhenAny(writing, Task.Delay(500, TestContext.Current.CancellationToken));
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        Assert.NotSame(writing, first);
        Assert.False(await writing);
        Assert.Equal(["sale ", "web_x 3.0"], await RowsAsync(database));
    }

    [Fact]
    public async Task Your_own_tables_are_never_written()
    {
        using var database = DatabaseFleet.OnSqlite();
        await database.FillAsync();
        database.Settings(
            "      instancesQuery: SELECT code, state, target, odoo, clone_from_code, labels, \"values\", unset, requested_by, reason, ticket FROM odoosky_instances\n" +
            "      addonsQuery: SELECT instance_code, position, code, source, image, version FROM odoosky_addons\n");

        var ran = await database.RunAsync("promote", "--from", "acme", "--to", "beta", "--yes");

        Assert.Equal(1, ran.Exit);
        Assert.Contains("OSG0713: Desired state is read from your own tables by queries", ran.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-20T10:00:00Z", "2026-11-20T09:59:59Z", true)]
    [InlineData("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z", false)]
    [InlineData("2026-11-20T10:00:00Z", "2026-11-20T10:00:01Z", false)]
    [InlineData("2026-11-20T10:00:00+02:00", "2026-11-20T07:59:59Z", true)]
    public async Task A_row_that_is_older_than_the_one_applied_last_stops_the_whole_plan(string applied, string read, bool isOlder)
    {
        using var database = DatabaseFleet.OnSqlite();
        await database.FillAsync();
        await ChangeAsync(database, "2.0", applied);
        Assert.Equal(0, (await database.RunAsync("apply")).Exit);
        Assert.Equal(0, (await database.RunAsync("merge", "odoosky/prod/i-acme")).Exit);

        // A replica that is behind, or a backup: the row as it was before, and another instance's newest one.
        await ChangeAsync(database, "1.0", read);
        await database.SqlAsync("UPDATE odoosky_addons SET version = '3.0' WHERE instance_code = 'beta' AND code = 'web_x'");
        var ran = await database.RunAsync("apply");

        Assert.Equal(isOlder ? 1 : 0, ran.Exit);
        Assert.Equal(!isOlder, database.Fleet.Refs().Contains("odoosky/prod/i-beta", StringComparison.Ordinal));
        if (isOlder) Assert.Contains($"instances:acme: error OSG0166: The row of acme is of {Utc(read)}, and one of {Utc(applied)} was applied already, by the commit ", ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_hears_of_changes_and_goes_on_after_its_connection_was_ended()
    {
        using var database = await OnPostgresAsync("listened");
        await database.FillAsync();
        await using var hints = DesiredListener.For(database.Access, TimeProvider.System)!.HintsAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await hints.MoveNextAsync());
        Assert.Equal(string.Empty, hints.Current);
        await database.SqlAsync("UPDATE odoosky_addons SET version = '2.0' WHERE instance_code = 'acme' AND code = 'web_x'");
        Assert.True(await hints.MoveNextAsync());
        Assert.Equal("odoosky_addons", hints.Current);
        await database.SqlAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN odoosky' AND pid <> pg_backend_pid()");
        Assert.True(await hints.MoveNextAsync());
        Assert.Equal(string.Empty, hints.Current);
        await database.SqlAsync("DELETE FROM odoosky_catalog");
        Assert.True(await hints.MoveNextAsync());
        Assert.Equal("odoosky_catalog", hints.Current);
    }

    [Fact]
    public void Files_and_SQLite_have_nobody_to_listen_to()
    {
        Assert.Null(DesiredListener.For(null, TimeProvider.System));
        Assert.Null(DesiredListener.For(new DesiredAccess(DesiredDialect.Sqlite, "Data Source=x"), TimeProvider.System));
    }

    private static async Task PromotesAsync(DatabaseFleet database)
    {
        using var closing = database;
        await database.FillAsync();
        await ChangeAsync(database, "2.0", "2026-11-20T10:00:00Z");
        await database.SqlAsync("UPDATE odoosky_instances SET odoo = '17.0'");
        await database.SqlAsync("INSERT INTO odoosky_addons VALUES ('acme', 3, 'web_new', 'oca', 'registry.example/web_new', '1.5'), ('beta', 5, 'own', 'oca', 'registry.example/own', '7')");
        Assert.Equal(0, (await database.RunAsync("apply")).Exit);
        Assert.Equal(0, (await database.RunAsync("merge", "odoosky/prod/i-acme")).Exit);
        await LiveAsync(database);

        var shown = await database.RunAsync("promote", "--from", "acme", "--to", "beta");
        var before = await RowsAsync(database);
        var made = await database.RunAsync("promote", "--from", "acme", "--to", "beta", "--requested-by", "jane@example.com", "--ticket", "O'Ps-7", "--yes");
        var again = await database.RunAsync("promote", "--from", "acme", "--to", "beta", "--yes");
        var applied = await database.RunAsync("apply");

        Assert.Equal((0, 0, 0, 0), (shown.Exit, made.Exit, again.Exit, applied.Exit));
        Assert.Equal(["sale ", "web_x 1.0", "own 7"], before);
        Assert.Equal(["sale ", "web_x 2.0", "own 7", "web_new 1.5"], await RowsAsync(database));
        Assert.Contains("\n  ~ web_x 1.0 → 2.0\n  + web_new 1.5\n  only beta has, and keeps: own\n", shown.Output, StringComparison.Ordinal);
        var hash = System.Text.RegularExpressions.Regex.Match(shown.Output, "[0-9a-f]{16} → ([0-9a-f]{16})|-> ([0-9a-f]{16})").Value[^16..];
        Assert.Contains($"\nOdoosky-Addons-Hash: ", database.Fleet.Git("-C", database.Fleet.Remote, "log", "-1", "--format=%B", "odoosky/prod/i-beta"), StringComparison.Ordinal);
        Assert.Contains($"..{hash}\n", database.Fleet.Git("-C", database.Fleet.Remote, "log", "-1", "--format=%B", "odoosky/prod/i-beta"), StringComparison.Ordinal);
        Assert.EndsWith($"written   beta in the {database.Access.Dialect.Name} database; odoosky apply proposes its overlay\n", made.Output, StringComparison.Ordinal);
        Assert.EndsWith("Nothing to promote: beta is to have all of it already.\n", again.Output, StringComparison.Ordinal);
        var message = database.Fleet.Git("-C", database.Fleet.Remote, "log", "-1", "--format=%B", "odoosky/prod/i-beta");
        Assert.Matches("\nOdoosky-Requested-By: jane@example.com\nOdoosky-Reason: Promoted from acme at hash [0-9a-f]{16}, live since 2026-11-20T10:05:00Z\nOdoosky-Ticket: O'Ps-7\n", message);
    }

    private static async Task<string> RowsTextAsync(DatabaseFleet database) => string.Join('\n', (await new DesiredDatabase(database.Access).ReadAsync(TestContext.Current.CancellationToken)).Files.Select(file => file.BlobId));

    private static Task ChangeAsync(DatabaseFleet database, string version, string at) => database.SqlAsync(
        $"UPDATE odoosky_addons SET version = '{version}' WHERE instance_code = 'acme' AND code = 'web_x'; UPDATE odoosky_instances SET updated_at = '{at}' WHERE code = 'acme';");

    private static async Task<IEnumerable<string>> RowsAsync(DatabaseFleet database)
    {
        var tables = await new DesiredDatabase(database.Access).ReadAsync(TestContext.Current.CancellationToken);
        return tables.Files.First(file => file.Wish!.Code.Text == "beta").Wish!.Addons.Select(addon => $"{addon.Code} {addon.Version}");
    }

    private static async Task LiveAsync(DatabaseFleet database)
    {
        var head = database.Fleet.Git("-C", database.Fleet.Remote, "rev-parse", "main");
        await using var repository = new Repository(
            new GitProgram(TimeProvider.System, new GitLimits()), RemoteAddress.Read(database.Fleet.Remote, new Place("test")).Address!, Path.Combine(database.Folder, "notes"), Repository.NoCredentials);
        var note = new RolloutNote { Event = NoteEvent.Live, Code = "acme", At = new DateTimeOffset(2026, 11, 20, 10, 5, 0, TimeSpan.Zero) };
        Assert.True(await new NoteBook(repository, RefName.TryBranch("main")!, Identity.TryParse("OdooSky GitOps", "odoosky@localhost")!).AddAsync([(ObjectId.TryParse(head)!, note)], new GitDate(1_800_000_000, "+0000"), TestContext.Current.CancellationToken));
    }

    private static string Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private async Task<DatabaseFleet> OnPostgresAsync(string name)
    {
        var database = $"{name}_{Guid.CreateVersion7():N}";
        await server.SqlAsync("postgres", $"CREATE DATABASE {database}");
        return new DatabaseFleet(DesiredDialect.Postgres, server.ConnectionString(database) + ";Pooling=false");
    }
}
