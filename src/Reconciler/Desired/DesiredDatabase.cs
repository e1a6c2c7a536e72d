using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using Dapper;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>How a database of desired state is reached and asked.</summary>
/// <param name="Dialect">Which kind of database.</param>
/// <param name="ConnectionString">How to reach it; a secret.</param>
internal sealed record DesiredAccess(DesiredDialect Dialect, string ConnectionString)
{
    /// <summary>The query for instances of own tables, or null for the product's own.</summary>
    public string? InstancesQuery { get; init; }

    /// <summary>The query for addons of own tables, or null for the product's own.</summary>
    public string? AddonsQuery { get; init; }

    /// <summary>Whether the product's own tables are read.</summary>
    public bool OwnSchema => InstancesQuery is null;
}

/// <summary>
/// Desired state from a database. One read is one snapshot, counted again inside it; a row that was read once is not
/// checked again while it says the same, and the product's own tables are not read again while nothing moved in them.
/// </summary>
/// <param name="access">How it is reached and asked.</param>
internal sealed class DesiredDatabase(DesiredAccess access)
{
    private readonly RowMemory memory = new();
    private DesiredTables? last;

    /// <summary>Reads all rows.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One snapshot; the very last one when nothing moved.</returns>
    /// <exception cref="DesiredFailure">The database can't be reached, or the read ended early.</exception>
    public async Task<DesiredTables> ReadAsync(CancellationToken cancellationToken)
    {
        var doing = "reach the database of desired state";
        try
        {
            await using var connection = access.Dialect.Connect(access.ConnectionString, forWriting: false);
            await connection.OpenAsync(cancellationToken);
            doing = "read desired state from the database";
            await connection.ExecuteAsync(new CommandDefinition(access.Dialect.Begin, commandType: CommandType.Text, cancellationToken: cancellationToken));
            var queries = new SnapshotQueries(connection);
            var version = access.OwnSchema ? await queries.VersionAsync(access.Dialect.VersionQuery, cancellationToken) : null;
            if (last is { Version: { } known } && known == version) return last;
            var tables = await ReadAsync(queries, version, cancellationToken);
            if (last is null || !last.SaysTheSameAs(tables)) last = tables;
            return last;
        }
        catch (Exception failure) when (failure is DbException or ArgumentException or InvalidOperationException or IOException or TimeoutException)
        {
            throw new DesiredFailure($"Could not {doing} ({access.Dialect.Name}): {DatabaseWords.Of(failure, access.ConnectionString)}", failure);
        }
    }

    private async Task<DesiredTables> ReadAsync(SnapshotQueries queries, TableVersion? version, CancellationToken cancellationToken)
    {
        var rows = new RowCollection();
        await queries.ReadAsync(access.InstancesQuery ?? access.Dialect.InstancesQuery, new(TableShape.Instances, rows.Problems), rows.AddInstance, cancellationToken);
        await queries.ReadAsync(access.AddonsQuery ?? access.Dialect.AddonsQuery, new(TableShape.Addons, rows.Problems), rows.AddAddon, cancellationToken);
        if (access.OwnSchema)
            await queries.ReadAsync(access.Dialect.CatalogQuery, new(TableShape.Catalog, rows.Problems), rows.AddCatalog, cancellationToken);
        var instances = rows.Instances();
        return new DesiredTables
        {
            Files = memory.Files(instances),
            Catalog = access.OwnSchema ? CatalogFile.Of(rows.Catalog) : null,
            Problems = [.. rows.Problems],
            Version = version,
        };
    }
}

/// <summary>What was made of rows, kept while they say the same.</summary>
internal sealed class RowMemory
{
    private Dictionary<InstanceRow, InstanceFile> known = [];

    /// <summary>The rows as files.</summary>
    /// <param name="rows">All rows of one snapshot.</param>
    /// <returns>A file each, in the same order.</returns>
    public ImmutableArray<InstanceFile> Files(IReadOnlyList<InstanceRow> rows)
    {
        var before = known;
        var files = rows.AsParallel().AsOrdered().Select(row => before.TryGetValue(row, out var file) ? file : InstanceFile.Of(row)).ToList();
        known = rows.Zip(files).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. files];
    }
}
