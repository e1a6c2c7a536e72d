using System.Collections.Immutable;
using Dapper;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Desired;

/// <summary>A fleet of two instances whose desired state stands in a database.</summary>
internal sealed class DatabaseFleet : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-database-");
    private readonly DesiredDialect dialect;

    public DatabaseFleet(DesiredDialect dialect, string connectionString)
    {
        this.dialect = dialect;
        Access = new DesiredAccess(dialect, connectionString);
        Write("connection", connectionString + "\n");
        Settings(string.Empty);
        Fleet.AddInstance("acme");
        Fleet.AddInstance("beta");
        Fleet.Push();
    }

    public TestFleet Fleet { get; } = new();

    public DesiredAccess Access { get; }

    public string Folder => folder.FullName;

    /// <summary>Reads the rows from another server from now on, such as a standby of this one.</summary>
    public void ReadFrom(string connectionString) => Write("connection", connectionString + "\n");

    public static DatabaseFleet OnSqlite()
    {
        var path = Path.Combine(Path.GetTempPath(), $"odoosky-{Path.GetRandomFileName()}.db");
        return new DatabaseFleet(DesiredDialect.Sqlite, DesiredDialect.FileConnection(path));
    }

    public void Settings(string more) => Write(
        "odoosky.yaml",
        $"apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  prod:\n    repository: {Fleet.Remote}\n    desired:\n      kind: {dialect.Name}\n      connectionFile: connection\n{more}");

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Makes the product's own tables, with the rows that the overlays say.</summary>
    public async Task FillAsync()
    {
        await SqlAsync(dialect.Schema());
        foreach (var code in new[] { "acme", "beta" })
            await SqlAsync(
                $"INSERT INTO odoosky_instances (code) VALUES ('{code}');" +
                $"INSERT INTO odoosky_addons VALUES ('{code}', 1, 'sale', 'odoo-builtin', NULL, NULL), ('{code}', 2, 'web_x', 'oca', 'registry.example/web_x', '1.0');");
    }

    public async Task SqlAsync(string sql)
    {
        await using var connection = dialect.Connect(Access.ConnectionString, forWriting: true);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(sql);
    }

    public Task<Ran> PlanAsync(params string[] more) => RunAsync(["plan", "-o", "json", .. more]);

    public async Task<Ran> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(), messages = new();
        var surroundings = new Surroundings(
            new Terminal(output, messages, (false, false)), ImmutableSortedDictionary<string, string>.Empty, Folder, Stream.Null, TimeProvider.System);
        var exit = await CommandLine.RunAsync(
            [.. arguments, "--cache", Path.Combine(Folder, "cache"), "--proposals", Path.Combine(Folder, "proposals")], surroundings, TestContext.Current.CancellationToken);
        return new Ran(exit, output.ToString(), messages.ToString());
    }

    /// <summary>Runs a verb that opens no target.</summary>
    public async Task<Ran> VerbAsync(params string[] arguments)
    {
        using StringWriter output = new(), messages = new();
        var surroundings = new Surroundings(
            new Terminal(output, messages, (false, false)), ImmutableSortedDictionary<string, string>.Empty, Folder, Stream.Null, TimeProvider.System);
        var exit = await CommandLine.RunAsync(arguments, surroundings, TestContext.Current.CancellationToken);
        return new Ran(exit, output.ToString(), messages.ToString());
    }

    public void Dispose()
    {
        Fleet.Dispose();
        folder.Delete(recursive: true);
        if (dialect == DesiredDialect.Sqlite) File.Delete(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(Access.ConnectionString).DataSource);
    }
}
