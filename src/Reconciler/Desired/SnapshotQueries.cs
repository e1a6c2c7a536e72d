using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>Queries in one snapshot.</summary>
/// <param name="connection">A connection whose transaction has begun.</param>
internal sealed class SnapshotQueries(DbConnection connection)
{
    /// <summary>Reads all rows of a query and has the database count them again.</summary>
    /// <param name="sql">The query, from the settings or the product's own.</param>
    /// <param name="table">Takes the reader, and says what must come.</param>
    /// <param name="add">Takes the reader at each row.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task ReadAsync(string sql, TableReader table, Action<DbDataReader, TableReader> add, CancellationToken cancellationToken)
    {
        var query = sql.Trim().TrimEnd(';');
        long rows = 0;
        await using (var reader = await connection.ExecuteReaderAsync(new CommandDefinition(query, commandType: CommandType.Text, cancellationToken: cancellationToken)))
        {
            if (!table.Accepts(reader)) return;
            for (; await reader.ReadAsync(cancellationToken); rows++) add(reader, table);
        }

        var counting = new CommandDefinition($"SELECT count(*) FROM (\n{query}\n) AS counted", commandType: CommandType.Text, cancellationToken: cancellationToken);
        var counted = await connection.ExecuteScalarAsync<long>(counting);
        if (counted != rows) table.Refuse(string.Create(CultureInfo.InvariantCulture, $"{rows} rows were read, but the database counts {counted} in the same snapshot"));
    }

    /// <summary>What the product's own tables count.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The version.</returns>
    /// <exception cref="InvalidOperationException">The table of the version is empty.</exception>
    public async Task<TableVersion> VersionAsync(string sql, CancellationToken cancellationToken)
    {
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(sql, commandType: CommandType.Text, cancellationToken: cancellationToken));
        if (!await reader.ReadAsync(cancellationToken)) throw new InvalidOperationException("odoosky_version holds no row; run the statements of odoosky schema sql again");
        return new TableVersion(reader.GetInt64(0), Convert.ToString(reader.GetValue(1), CultureInfo.InvariantCulture)!);
    }
}
