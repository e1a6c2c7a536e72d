using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>What differs between the databases that desired state can be read from.</summary>
internal sealed class DesiredDialect
{
    private const string Instances =
        """
        SELECT code, state, target, odoo, clone_from_code, labels, "values", unset, requested_by, reason, ticket, {0} AS updated_at
        FROM odoosky_instances
        """;

    private const string CatalogRows =
        """
        SELECT c.code, c.source, c.image, c.requested_by, c.reason, c.ticket, s.series, s.version AS series_version, s.image AS series_image
        FROM odoosky_catalog c LEFT JOIN odoosky_catalog_series s ON s.code = c.code
        """;

    private DesiredDialect(string name) => Name = name;

    /// <summary>SQLite: one read transaction on a database file.</summary>
    public static DesiredDialect Sqlite { get; } = new("sqlite")
    {
        InstancesQuery = Instances.Replace("{0}", "updated_at", StringComparison.Ordinal),
        Begin = "BEGIN",
        Json = "{0}",
        Now = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')",
    };

    /// <summary>PostgreSQL: one repeatable read that can't write.</summary>
    public static DesiredDialect Postgres { get; } = new("postgres")
    {
        InstancesQuery = Instances.Replace("{0}", "to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')", StringComparison.Ordinal),
        Begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        LockQuery = "SELECT version FROM odoosky_version FOR UPDATE",
        Json = "CAST({0} AS jsonb)",
        Now = "now()",
    };

    /// <summary>Both.</summary>
    public static IReadOnlyList<DesiredDialect> All { get; } = [Sqlite, Postgres];

    /// <summary><c>sqlite</c> or <c>postgres</c>, as the settings say it.</summary>
    public string Name { get; }

    /// <summary>Reads the product's own table of instances.</summary>
    public required string InstancesQuery { get; init; }

    /// <summary>Reads the product's own table of addons.</summary>
    public string AddonsQuery { get; } = "SELECT instance_code, position, code, source, image, version FROM odoosky_addons";

    /// <summary>Reads the product's own catalogue: a row for each series of each addon.</summary>
    public string CatalogQuery { get; } = CatalogRows;

    /// <summary>Reads what moves with every change of the product's own tables.</summary>
    public string VersionQuery { get; } = "SELECT version, changed_at FROM odoosky_version";

    /// <summary>Waits for others that change any row, and lets nobody else until the transaction ends; SQLite lets one write at a time anyway.</summary>
    public string LockQuery { get; private init; } = "SELECT version FROM odoosky_version";

    /// <summary>Begins the one transaction of a read; closing the connection ends it.</summary>
    public required string Begin { get; init; }

    /// <summary>Turns a parameter, put in place of <c>{0}</c>, into what a column of JSON takes.</summary>
    public required string Json { get; init; }

    /// <summary>The database's clock, as <c>updated_at</c> takes it.</summary>
    public required string Now { get; init; }

    /// <summary>The connection string of an SQLite database.</summary>
    /// <param name="path">The database file.</param>
    /// <returns>A connection string.</returns>
    public static string FileConnection(string path) => new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString;

    /// <summary>The statements that make the product's own tables.</summary>
    /// <returns>SQL text, with comments.</returns>
    public string Schema()
    {
        using var stream = typeof(DesiredDialect).Assembly.GetManifestResourceStream($"sql/{Name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Makes a connection that is not open yet.</summary>
    /// <param name="connectionString">How to reach the database.</param>
    /// <param name="forWriting">Whether rows shall be written.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    public DbConnection Connect(string connectionString, bool forWriting)
    {
        if (this == Postgres) return new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "odoosky" }.ConnectionString);
        var builder = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, DefaultTimeout = 10 };
        builder.Mode = forWriting ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadOnly;
        return new SqliteConnection(builder.ConnectionString);
    }
}
