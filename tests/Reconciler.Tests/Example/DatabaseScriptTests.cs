using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>The script of <c>db-init</c>, extracted from the rendered manifest and run by dash on a real PostgreSQL.</summary>
public sealed class DatabaseScriptTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private const string Plain = "nothing but a code";
    private const string Clone = "a clone";
    private const string Installed = """
        CREATE TABLE ir_module_module (name text PRIMARY KEY, state text);
        INSERT INTO ir_module_module VALUES ('base', 'installed')
        """;

    private readonly InitScript script = new();

    /// <summary>Each test begins without a database, and with a user of Odoo's kind: no superuser.</summary>
    public async ValueTask InitializeAsync()
    {
        await server.SqlAsync("postgres", "DROP DATABASE IF EXISTS acme");
        await server.SqlAsync("postgres", "DROP DATABASE IF EXISTS \"acme-old\"");
        await server.SqlAsync("postgres", "DROP ROLE IF EXISTS odoo; CREATE ROLE odoo LOGIN CREATEDB PASSWORD 'secret'");
    }

    public ValueTask DisposeAsync()
    {
        script.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_fresh_database_is_made_and_base_installed_and_a_second_run_does_nothing()
    {
        await RunAsync(Plain, "creating the database acme", "installing the module base in acme");
        string[] wanted = ["-i", "base", "-d", "acme", "--stop-after-init", "--without-demo=all", "--no-http", "--workers=0",
            "--db_host=127.0.0.1", $"--db_port={server.Port}", "--db_user=odoo", "--db_password=secret"];
        Assert.Equal(wanted, script.OdooCalls);
        Assert.Equal("UTF8 C odoo", await server.SqlAsync("postgres", """
            SELECT concat_ws(' ', pg_encoding_to_char(encoding), datcollate, pg_get_userbyid(datdba))
            FROM pg_database WHERE datname = 'acme'
            """));

        await RunAsync(Plain, "the module base is installed in acme: nothing to do");
        Assert.Equal(wanted, script.OdooCalls);
        Assert.Empty(script.Sleeps);
    }

    [Fact]
    public async Task An_empty_database_that_is_there_gets_base()
    {
        await MakeAsync("acme", "SELECT 1");
        await RunAsync(Plain, "installing the module base in acme");
        Assert.Equal(["-i", "base", "-d", "acme"], script.OdooCalls[..4]);
    }

    [Fact]
    public async Task Where_base_is_installed_odoo_does_not_run()
    {
        await MakeAsync("acme", Installed);
        await RunAsync(Plain, "the module base is installed in acme: nothing to do");
        Assert.Empty(script.OdooCalls);
    }

    [Fact]
    public async Task Where_base_is_known_but_not_installed_it_is_installed()
    {
        await MakeAsync("acme", Installed + "; UPDATE ir_module_module SET state = 'to install'");
        await RunAsync(Plain, "installing the module base in acme");
        Assert.Equal(["-i", "base", "-d", "acme"], script.OdooCalls[..4]);
    }

    [Fact]
    public async Task A_clone_takes_its_origins_database_by_renaming_it_and_once()
    {
        await MakeAsync("acme-old", Installed + "; CREATE TABLE kept (x int)");
        await RunAsync(Clone, "the database acme-old becomes acme", "the module base is installed in acme: nothing to do");
        await RunAsync(Clone, "the module base is installed in acme: nothing to do");
        Assert.Empty(script.OdooCalls);
        Assert.Equal("acme", await server.SqlAsync("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'acme%'"));
        Assert.Equal("0", await server.SqlAsync("acme", "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task A_clone_without_an_origin_begins_afresh() =>
        await RunAsync(Clone, "creating the database acme", "installing the module base in acme");

    [Fact]
    public async Task Where_both_databases_exist_the_operator_decides_and_is_told()
    {
        await MakeAsync("acme-old", Installed);
        await MakeAsync("acme", Installed);
        await RunAsync(Clone,
            "both databases exist, acme-old and acme: acme is used, and acme-old is left to the operator",
            "the module base is installed in acme: nothing to do");
        Assert.Equal("2", await server.SqlAsync("postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'acme%'"));
    }

    [Fact]
    public async Task A_clone_of_itself_is_an_instance_like_any_other()
    {
        await MakeAsync("acme", Installed);
        await RunAsync("a clone of itself", "the module base is installed in acme: nothing to do");
        Assert.Empty(script.OdooCalls);
    }

    [Fact]
    public async Task A_query_that_fails_stops_it_and_is_never_taken_for_not_installed()
    {
        await MakeAsync("acme", Installed + "; RESET ROLE; ALTER TABLE ir_module_module OWNER TO postgres");
        var run = await script.RunAsync(Plain, server.Port, "odoo", "secret");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("permission denied for table ir_module_module", run.Errors, StringComparison.Ordinal);
        Assert.Empty(script.OdooCalls);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("it's \"quoted\" \\ twice")]
    [InlineData("$HOME $(id) `id` ${x:-y}")]
    [InlineData(" %s*;&|#!~ä ")]
    public async Task A_password_is_text_and_nothing_else(string password)
    {
        await server.SqlAsync("postgres", $"ALTER ROLE odoo PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'");
        var run = await script.RunAsync(Plain, server.Port, "odoo", password);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("--db_password=" + password, script.OdooCalls[^1]);
        Assert.DoesNotContain(password, run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostgreSQL_that_comes_up_late_is_waited_for()
    {
        var late = new PostgresServer();
        await using var _ = late;
        await late.PrepareAsync();
        await script.HoldFirstPauseAsync();
        var running = script.RunAsync(Plain, late.Port, PostgresServer.User, PostgresServer.Password);
        await script.DuringFirstPauseAsync(running, late.StartAsync);
        var run = await running;
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(["2"], script.Sleeps);
        Assert.Equal("db-init: creating the database acme\ndb-init: installing the module base in acme\n", run.Output);
    }

    [Fact]
    public async Task PostgreSQL_that_never_comes_up_fails_it_after_30_tries_2_s_apart()
    {
        var never = new PostgresServer();
        await using var _ = never;
        var run = await script.RunAsync(Plain, never.Port, "odoo", "secret");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(Enumerable.Repeat("2", 29), script.Sleeps);
        Assert.Equal($"db-init: PostgreSQL at 127.0.0.1:{never.Port} gave no answer in 30 tries\n", run.Output);
        Assert.Contains("Connection refused", run.Errors, StringComparison.Ordinal);
        Assert.Empty(script.OdooCalls);
    }

    private async Task RunAsync(string caseName, params string[] says)
    {
        var run = await script.RunAsync(caseName, server.Port, "odoo", "secret");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(says.Select(line => "db-init: " + line), run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task MakeAsync(string database, string sql)
    {
        await server.SqlAsync("postgres", $"CREATE DATABASE \"{database}\" OWNER odoo");
        await server.SqlAsync(database, "SET ROLE odoo; " + sql);
    }
}
