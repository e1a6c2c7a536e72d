using Dapper;
using OdooSky.GitOps.Reconciler.Desired;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Desired;

public sealed class SqliteDesiredTests : IDisposable
{
    private readonly DatabaseFleet database = DatabaseFleet.OnSqlite();

    private string DataSource => new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(database.Access.ConnectionString).DataSource;

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Rows_that_say_what_the_overlays_say_give_an_empty_plan()
    {
        await database.FillAsync();

        var plan = await database.RunAsync("plan", "--detailed-exitcode");

        Assert.Equal(0, plan.Exit);
        Assert.Contains("the sqlite database", plan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_row_is_proposed_and_names_its_content_and_its_time()
    {
        await database.FillAsync();
        await database.SqlAsync("UPDATE odoosky_addons SET version = '2.0' WHERE instance_code = 'acme' AND code = 'web_x'");
        await database.SqlAsync("UPDATE odoosky_instances SET requested_by = 'jane@example.com', reason = 'Faster lists', ticket = 'OPS-7', updated_at = '2026-11-20T10:00:00Z' WHERE code = 'acme'");

        var applied = await database.RunAsync("apply");

        Assert.Equal(0, applied.Exit);
        var message = database.Fleet.Git("-C", database.Fleet.Remote, "log", "-1", "--format=%B", "odoosky/prod/i-acme");
        Assert.Contains("\nOdoosky-Requested-By: jane@example.com\nOdoosky-Reason: Faster lists\nOdoosky-Ticket: OPS-7\n", message, StringComparison.Ordinal);
        Assert.Matches("\nOdoosky-Desired-Revision: [0-9a-f]{40}@2026-11-20T10:00:00Z\\+[0-9a-f]{40}\n", message);
        Assert.Contains("version: \"2.0\"", database.Fleet.Show("odoosky/prod/i-acme", "instances/acme/values.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INSERT INTO odoosky_instances (code) VALUES ('Acme')")]
    [InlineData("INSERT INTO odoosky_instances (code) VALUES ('a''; DROP TABLE odoosky_addons; --')")]
    [InlineData("INSERT INTO odoosky_instances (code) VALUES ('../acme')")]
    [InlineData("INSERT INTO odoosky_instances (code, state) VALUES ('gamma', 'gone')")]
    [InlineData("INSERT INTO odoosky_instances (code, clone_from_code) VALUES ('gamma', 'gamma')")]
    [InlineData("INSERT INTO odoosky_instances (code, \"values\") VALUES ('gamma', '{\"addons\": []}')")]
    [InlineData("INSERT INTO odoosky_instances (code, \"values\") VALUES ('gamma', '[1]')")]
    [InlineData("INSERT INTO odoosky_instances (code, labels) VALUES ('gamma', '{\"a\": 1}')")]
    [InlineData("UPDATE odoosky_instances SET labels = '{\"a\": null}' WHERE code = 'acme'")]
    [InlineData("INSERT INTO odoosky_instances (code, unset) VALUES ('gamma', '[1]')")]
    [InlineData("UPDATE odoosky_instances SET unset = '[\"addons\"]' WHERE code = 'acme'")]
    [InlineData("UPDATE odoosky_instances SET unset = '[\"instance.code\"]' WHERE code = 'acme'")]
    [InlineData("INSERT INTO odoosky_instances (code, odoo) VALUES ('gamma', 'abc1.2-')")]
    [InlineData("INSERT INTO odoosky_instances (code, odoo) VALUES ('gamma', '1.0.0.0')")]
    [InlineData("INSERT INTO odoosky_addons VALUES ('acme', 3, 'x', 'oca', 'r/' || char(9) || 'x', '1')")]
    [InlineData("INSERT INTO odoosky_addons VALUES ('nobody', 1, 'sale', 'odoo-builtin', NULL, NULL)")]
    [InlineData("INSERT INTO odoosky_addons VALUES ('acme', 3, 'SALE', 'odoo-builtin', NULL, NULL)")]
    [InlineData("INSERT INTO odoosky_addons VALUES ('acme', 3, 'x', 'odoo-builtin', 'r/x', NULL)")]
    [InlineData("INSERT INTO odoosky_addons VALUES ('acme', 3, 'x', 'oca', 'r/{{x}}', '1')")]
    [InlineData("INSERT INTO odoosky_addons VALUES ('acme', 3, 'x', 'oca', 'r/x', 'v 1')")]
    public async Task The_own_tables_refuse_what_validate_refuses(string sql)
    {
        await database.FillAsync();

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => database.SqlAsync("PRAGMA foreign_keys = ON; " + sql));
    }

    [Theory]
    [InlineData("INSERT INTO odoosky_instances (code, odoo, labels, unset) VALUES ('gamma', 'saas-17.2', '{\"ring\": \"main\"}', '[\"addonsPath\", \"resources.pg\"]')")]
    [InlineData("INSERT INTO odoosky_instances (code, odoo, labels, unset) VALUES ('gamma', '17.0', '{}', '[]')")]
    [InlineData("INSERT INTO odoosky_instances (code, odoo) VALUES ('gamma', 'saas~18.1')")]
    public async Task The_own_tables_take_what_validate_takes(string sql)
    {
        await database.FillAsync();

        await database.SqlAsync(sql);
    }

    [Fact]
    public async Task A_problem_inside_one_instance_names_its_row_and_stops_that_instance_alone()
    {
        await database.FillAsync();
        await database.SqlAsync("UPDATE odoosky_addons SET image = NULL WHERE instance_code = 'acme' AND position = 2");
        await database.SqlAsync("UPDATE odoosky_addons SET version = '2.0' WHERE instance_code = 'beta' AND position = 2");

        var plan = await database.PlanAsync();
        var told = await database.RunAsync("plan");

        Assert.Contains("addons:acme/2: error OSG0137: web_x has no image", told.Messages, StringComparison.Ordinal);
        Assert.Equal(6, plan.Exit);
        Assert.Equal("update", Change(plan, "beta"));
        Assert.Equal("stopped", Change(plan, "acme"));
    }

    [Theory]
    [InlineData("SELECT code, state, target, odoo, clone_from_code, labels, \"values\", unset, requested_by, reason FROM i", "instances: error OSG0160: The query for instances gives no column ticket. Select it; where there is none, write NULL AS ticket.")]
    [InlineData("SELECT i.*, 1 AS stat FROM i", "instances: error OSG0161: The query for instances gives a column stat that is not known. Did you mean state?")]
    [InlineData("SELECT * FROM i WHERE code <> 'beta'", "addons:beta/1: error OSG0163: The addon sale belongs to the instance \"beta\", which has no row. Look whether the query for instances leaves some out; an instance goes with the state absent.")]
    [InlineData("SELECT * FROM i WHERE 0", "instances: error OSG0120: The desired state holds no instance. Look whether this is the right database; to remove an instance, give its row the state absent.")]
    [InlineData("SELECT * FROM i UNION ALL SELECT * FROM i", "instances:acme: error OSG0165: Two rows of instances have the code acme. Give one row for each instance.")]
    public async Task Own_tables_that_lie_by_omission_refuse_the_whole_read(string query, string expected)
    {
        await OwnTablesAsync("\"1.0\"", query);

        var plan = await database.PlanAsync();
        var told = await database.RunAsync("apply");

        Assert.Contains(expected, told.Messages.Split('\n'));
        Assert.Equal((1, 1), (plan.Exit, told.Exit));
        Assert.Empty(plan.Json["instances"]!.AsArray());
        Assert.DoesNotContain("odoosky/", database.Fleet.Refs(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_tables_are_read_by_two_queries()
    {
        await OwnTablesAsync("'2.0'", "SELECT * FROM i");

        var plan = await database.PlanAsync();

        Assert.Equal(("update", "update"), (Change(plan, "acme"), Change(plan, "beta")));
    }

    [Fact]
    public async Task A_number_is_no_version()
    {
        await OwnTablesAsync("17.0", "SELECT * FROM i");

        var plan = await database.RunAsync("plan");

        Assert.Contains("addons:acme/2: error OSG0162: The column version is of type REAL, not text. Keep it as text, or cast it in the query: CAST(version AS text) AS version.", plan.Messages.Split('\n'));
        Assert.Equal(1, plan.Exit);
    }

    [Fact]
    public async Task A_count_that_differs_inside_the_snapshot_refuses_the_read()
    {
        await OwnTablesAsync("'1.0'", "SELECT * FROM i WHERE abs(random()) % 2 = 0 OR (SELECT count(*) FROM n) IN (SELECT 0)");
        await database.SqlAsync("INSERT INTO n VALUES (1)");
        var differs = 0;
        for (var i = 0; i < 40; i++)
            if ((await database.RunAsync("plan")).Messages.Contains("OSG0164", StringComparison.Ordinal)) differs++;

        Assert.True(differs > 0, "a query that answers otherwise each time was never noticed");
    }

    [Fact]
    public async Task A_read_that_nothing_moved_for_is_the_last_one()
    {
        await database.FillAsync();
        var source = new DesiredDatabase(database.Access);
        var first = await source.ReadAsync(TestContext.Current.CancellationToken);

        var second = await source.ReadAsync(TestContext.Current.CancellationToken);
        await database.SqlAsync("UPDATE odoosky_instances SET reason = 'other' WHERE code = 'beta'");
        var third = await source.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Same(first, second);
        Assert.NotSame(first, third);
        Assert.Same(first.Files[0], third.Files[0]);
        Assert.NotSame(first.Files[1], third.Files[1]);
    }

    [Fact]
    public async Task A_database_that_is_not_there_a_file_that_is_none_and_a_missing_table_are_told_and_nothing_is_planned()
    {
        var missing = await database.RunAsync("plan");
        await database.SqlAsync("CREATE TABLE x (y)");
        var tables = await database.RunAsync("plan");
        File.WriteAllText(DataSource, new string('x', 5000));
        var damaged = await database.RunAsync("plan");

        Assert.Equal((1, "OSG0604: Could not reach the database of desired state (sqlite): SQLite Error 14: 'unable to open database file'."), (missing.Exit, Told(missing)));
        Assert.Equal((1, "OSG0604: Could not read desired state from the database (sqlite): SQLite Error 1: 'no such table: odoosky_version'."), (tables.Exit, Told(tables)));
        Assert.Equal(1, damaged.Exit);
        Assert.Contains("file is not a database", damaged.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_cut_at_any_page_gives_the_whole_state_or_none()
    {
        await database.FillAsync();
        for (var i = 0; i < 60; i++) await database.SqlAsync($"INSERT INTO odoosky_instances (code, reason) VALUES ('more{i}', '{new string('r', 500)}')");
        var path = DataSource;
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var refused = 0;
        for (var length = 0; length < whole.Length; length += 4096)
        {
            await File.WriteAllBytesAsync(path, whole[..length], TestContext.Current.CancellationToken);
            try
            {
                var tables = await new DesiredDatabase(database.Access).ReadAsync(TestContext.Current.CancellationToken);
                Assert.Equal(62, tables.Files.Length);
            }
            catch (DesiredFailure)
            {
                refused++;
            }
        }

        Assert.True(refused >= (whole.Length / 4096) - 2, $"{refused} of {whole.Length / 4096} cuts were noticed");
    }

    [Fact]
    public async Task A_file_with_any_page_destroyed_gives_the_whole_state_or_none()
    {
        await database.FillAsync();
        for (var i = 0; i < 60; i++) await database.SqlAsync($"INSERT INTO odoosky_instances (code, reason) VALUES ('more{i}', '{new string('r', 500)}')");
        var whole = await File.ReadAllBytesAsync(DataSource, TestContext.Current.CancellationToken);
        var wanted = (await new DesiredDatabase(database.Access).ReadAsync(TestContext.Current.CancellationToken)).Files.Select(file => file.BlobId).ToList();
        var refused = 0;
        for (var page = 0; page < whole.Length / 4096; page++)
        {
            var broken = whole.ToArray();
            broken.AsSpan(page * 4096, 100).Fill(0xFF);
            await File.WriteAllBytesAsync(DataSource, broken, TestContext.Current.CancellationToken);
            try
            {
                Assert.Equal(wanted, (await new DesiredDatabase(database.Access).ReadAsync(TestContext.Current.CancellationToken)).Files.Select(file => file.BlobId));
            }
            catch (DesiredFailure)
            {
                refused++;
            }
        }

        Assert.True(refused > 10, $"{refused} of {whole.Length / 4096} destroyed pages were noticed");
    }

    [Fact]
    public async Task A_database_that_somebody_holds_locked_plans_nothing_and_is_read_again_once_it_is_free()
    {
        await database.FillAsync();
        await using var holder = new Microsoft.Data.Sqlite.SqliteConnection(database.Access.ConnectionString);
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await holder.ExecuteAsync("BEGIN EXCLUSIVE");

        var locked = await database.RunAsync("apply");
        await holder.ExecuteAsync("ROLLBACK");
        var free = await database.RunAsync("apply");

        Assert.Equal((1, "OSG0604: Could not read desired state from the database (sqlite): SQLite Error 5: 'database is locked'."), (locked.Exit, Told(locked)));
        Assert.Equal(0, free.Exit);
    }

    [Fact]
    public async Task Files_and_the_database_made_of_them_have_one_plan_digest()
    {
        database.Fleet.Wish("acme", "3.0", "labels: {ring: canary}\nodoo: \"17.0\"\nvalues: {image: {tag: \"17.0\"}, resources: {odoo: {limits: {cpu: 2, memory: 1.5e3}}, pg: [1, ~, true, \"no\"]}}\nunset: [notes.\"a.b\"]\nrequestedBy: jane@example.com\nreason: \"It's \\\"quoted\\\": #1\"\nticket: OPS-1\n");
        database.Fleet.Write("desired/instances/gamma.yaml", "apiVersion: odoosky.io/v1\nkind: Instance\ncode: gamma\nodoo: \"17.0\"\naddons: [{code: mis}, {code: own, source: vendor, image: r/own, version: \"1\"}]\n");
        database.Fleet.Write("desired/instances/delta.yaml", "apiVersion: odoosky.io/v1\nkind: Instance\ncode: delta\nstate: suspended\n");
        database.Fleet.Write("desired/addons.yaml", "apiVersion: odoosky.io/v1\nkind: AddonCatalog\naddons:\n  mis: {source: oca, image: r/mis, requestedBy: joe@example.com, series: {\"17.0\": \"1.1\", \"18.0\": {version: \"1.2\", image: r/mis18}}}\n  sale: {source: odoo-builtin}\n");
        database.Fleet.Push();
        var files = await database.Fleet.RunAsync("plan", "-o", "json");

        var export = await database.VerbAsync("export", "--from", Path.Combine(database.Fleet.Work, "desired"), "--sqlite", Db);
        var rows = await database.PlanAsync();
        var again = await database.VerbAsync("export", "--from", Path.Combine(database.Fleet.Work, "desired"), "--sqlite", Db);
        var import = await database.VerbAsync("import", "--sqlite", Db, "--to", Path.Combine(database.Fleet.Work, "desired"));
        database.Fleet.Push();
        var back = await database.Fleet.RunAsync("plan", "-o", "json");

        Assert.Equal((0, 0, 0), (export.Exit, again.Exit, import.Exit));
        Assert.Equal("acme\nbeta\ndelta\ngamma\n", export.Output);
        Assert.Equal(("", "0 instances written, 4 unchanged.\n"), (again.Output, again.Messages));
        Assert.Equal(Digest(files), Digest(rows));
        Assert.Equal(Digest(files), Digest(back));
    }

    [Fact]
    public async Task An_export_of_broken_files_writes_nothing_and_leaves_other_instances_alone()
    {
        await database.FillAsync();
        database.Fleet.Delete("desired/instances/beta.yaml");
        var fine = await database.VerbAsync("export", "--from", Path.Combine(database.Fleet.Work, "desired"), "--sqlite", Db);
        database.Fleet.Write("desired/instances/gamma.yaml", "apiVersion: odoosky.io/v1\nkind: Instance\ncode: other\n");
        var broken = await database.VerbAsync("export", "--from", Path.Combine(database.Fleet.Work, "desired"), "--sqlite", Db);

        Assert.Contains("Left alone, since no file names them: beta.", fine.Messages, StringComparison.Ordinal);
        Assert.Equal(1, broken.Exit);
        Assert.EndsWith("Nothing was written.\n", broken.Messages, StringComparison.Ordinal);
        Assert.Equal(2, (await new DesiredDatabase(database.Access).ReadAsync(TestContext.Current.CancellationToken)).Files.Length);
    }

    [Fact]
    public async Task An_export_leaves_what_no_file_names_in_the_catalogue_too()
    {
        await database.FillAsync();
        await database.SqlAsync("INSERT INTO odoosky_catalog (code, source) VALUES ('kept', 'oca'), ('changed', 'oca'); INSERT INTO odoosky_catalog_series (code, series, version) VALUES ('kept', '17.0', '1'), ('changed', '17.0', '1'), ('changed', '16.0', '0')");
        var folder = Directory.CreateDirectory(Path.Combine(database.Folder, "part", "instances")).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "instances", "acme.yaml"), "apiVersion: odoosky.io/v1\nkind: Instance\ncode: acme\n", TestContext.Current.CancellationToken);

        var without = await database.VerbAsync("export", "--from", folder, "--sqlite", DataSource);
        var before = await CatalogAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "addons.yaml"), "apiVersion: odoosky.io/v1\nkind: AddonCatalog\naddons:\n  changed:\n    source: oca\n    series: {\"17.0\": \"2\"}\n", TestContext.Current.CancellationToken);
        var with = await database.VerbAsync("export", "--from", folder, "--sqlite", DataSource);

        Assert.Equal((0, 0), (without.Exit, with.Exit));
        Assert.Equal(["changed 16.0 0", "changed 17.0 1", "kept 17.0 1"], before);
        Assert.Equal(["changed 17.0 2", "kept 17.0 1"], await CatalogAsync());
        Assert.Contains("Left in the catalogue, since no file names them: changed, kept.\n", without.Messages, StringComparison.Ordinal);
        Assert.Contains("Left in the catalogue, since no file names them: kept.\n", with.Messages, StringComparison.Ordinal);

        async Task<IEnumerable<string>> CatalogAsync() =>
            (await new DesiredDatabase(database.Access).ReadAsync(TestContext.Current.CancellationToken)).Catalog!.Entries.Values
            .SelectMany(entry => entry.Series.Select(series => $"{entry.Code} {series.Key} {series.Value.Version}"));
    }

    [Fact]
    public async Task A_database_has_no_revisions()
    {
        await database.FillAsync();

        var plan = await database.RunAsync("plan", "--desired", "main");

        Assert.Equal((1, "OSG0604: The desired state comes from a database (sqlite), which has no revision main; leave --desired out."), (plan.Exit, Told(plan)));
    }

    [Fact]
    public async Task A_database_file_may_be_named_by_its_path_alone()
    {
        await database.FillAsync();
        database.Write("odoosky.yaml", $"apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  prod:\n    repository: {database.Fleet.Remote}\n    desired: {{kind: sqlite, path: desired.db}}\n");
        File.Copy(Db, Path.Combine(database.Folder, "desired.db"));

        Assert.Equal(0, (await database.PlanAsync("--detailed-exitcode")).Exit);
    }

    private string Db => new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(database.Access.ConnectionString).DataSource;

    private async Task OwnTablesAsync(string version, string instances)
    {
        await database.SqlAsync(
            "CREATE TABLE i (code, state, target, odoo, clone_from_code, labels, \"values\", unset, requested_by, reason, ticket); CREATE TABLE a (instance_code, position, code, source, image, version); CREATE TABLE n (x);" +
            "INSERT INTO i (code) VALUES ('acme'), ('beta');" +
            $"INSERT INTO a VALUES ('acme', 1, 'sale', 'odoo-builtin', '', ''), ('acme', 2, 'web_x', 'oca', 'registry.example/web_x', {version.Replace('"', '\'')}), ('beta', 1, 'sale', 'odoo-builtin', NULL, NULL), ('beta', 2, 'web_x', 'oca', 'registry.example/web_x', {version.Replace('"', '\'')});");
        database.Settings($"      instancesQuery: {System.Text.Json.JsonSerializer.Serialize(instances)}\n      addonsQuery: SELECT * FROM a;\n");
    }

    private static string? Change(Passes.Ran plan, string code) =>
        plan.Json["instances"]!.AsArray().Single(instance => (string?)instance!["code"] == code)!["action"]!.GetValue<string>();

    private static string Digest(Passes.Ran plan) => plan.Json["digest"]!.GetValue<string>();

    private static string Told(Passes.Ran ran) => ran.Messages.Trim().Replace("odoosky: ", string.Empty, StringComparison.Ordinal);
}
