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
/// Desired state from a database. One read is one snapshot, counted again inside it; an instance whose rows were checked once is not
/// checked again while they say the same, and the product's own tables are not read again while nothing moved in them.
/// </summary>
/// <param name="access">How it is reached and asked.</param>
internal sealed class DesiredDatabase(DesiredAccess access)
{
    private Dictionary<(string Path, string BlobId), InstanceFile> known = [];
    private Dictionary<InstanceRow, InstanceFile> troubled = [];
    private DesiredTables? last;

    /// <summary>What the last reading made of the rows.</summary>
    public IReadOnlyCollection<InstanceFile> Files => known.Values;

    /// <summary>Reads all rows.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One snapshot; the very last one when nothing moved.</returns>
    /// <exception cref="DesiredFailure">The database can't be reached, or the read ended early.</exception>
    public Task<DesiredTables> ReadAsync(CancellationToken cancellationToken) => ReadAsync(null, cancellationToken);

    /// <summary>Reads all rows.</summary>
    /// <param name="recalling">Gives what an earlier process made of rows, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One snapshot; the very last one when nothing moved.</returns>
    /// <exception cref="DesiredFailure">The database can't be reached, or the read ended early.</exception>
    public async Task<DesiredTables> ReadAsync(Task<IReadOnlyList<InstanceFile>>? recalling, CancellationToken cancellationToken)
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
            if (last is { Version: { } before } && before == version) return last;
            var tables = await ReadAsync(queries, version, recalling, cancellationToken);
            if (last is null || !last.SaysTheSameAs(tables)) last = tables;
            return last;
        }
        catch (Exception failure) when (failure is DbException or ArgumentException or InvalidOperationException or IOException or TimeoutException)
        {
            throw new DesiredFailure($"Could not {doing} ({access.Dialect.Name}): {DatabaseWords.Of(failure, access.ConnectionString)}", failure);
        }
    }

    private async Task<DesiredTables> ReadAsync(
        SnapshotQueries queries, TableVersion? version, Task<IReadOnlyList<InstanceFile>>? recalling, CancellationToken cancellationToken)
    {
        var rows = new RowCollection();
        await queries.ReadAsync(access.InstancesQuery ?? access.Dialect.InstancesQuery, new(TableShape.Instances, rows.Problems), rows.AddInstance, cancellationToken);
        await queries.ReadAsync(access.AddonsQuery ?? access.Dialect.AddonsQuery, new(TableShape.Addons, rows.Problems), rows.AddAddon, cancellationToken);
        if (access.OwnSchema)
            await queries.ReadAsync(access.Dialect.CatalogQuery, new(TableShape.Catalog, rows.Problems), rows.AddCatalog, cancellationToken);
        if (recalling is not null) Know(await recalling);
        var instances = rows.Instances();
        ImmutableArray<InstanceFile> files = [.. instances.AsParallel().AsOrdered().Select(FileOf)];
        Know(files);
        troubled = instances.Zip(files).Where(pair => !pair.Second.Problems.IsEmpty).DistinctBy(pair => pair.First).ToDictionary();
        return new DesiredTables
        {
            Files = files,
            Catalog = access.OwnSchema ? CatalogFile.Of(rows.Catalog) : null,
            Problems = [.. rows.Problems],
            Version = version,
        };
    }

    private InstanceFile FileOf(InstanceRow row) => troubled.GetValueOrDefault(row) ?? InstanceFile.Of(row, known.GetValueOrDefault);

    private void Know(IReadOnlyCollection<InstanceFile> files)
    {
        known = new(files.Count);
        foreach (var file in files) known[(file.Path, file.BlobId)] = file;
    }
}
