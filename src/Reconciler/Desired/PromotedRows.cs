using System.Data;
using System.Data.Common;
using Dapper;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>Writes some rows of one instance into the product's own tables; rows that are not named stay, and keep their positions.</summary>
/// <param name="dialect">Which kind of database.</param>
/// <param name="connection">An open connection.</param>
/// <param name="transaction">Its transaction.</param>
internal sealed class PromotedRows(DesiredDialect dialect, DbConnection connection, DbTransaction transaction)
{
    /// <summary>Writes them.</summary>
    /// <param name="before">The instance as it was when they were planned.</param>
    /// <param name="wish">The instance as it shall be.</param>
    /// <param name="rows">The rows that come or change.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when the instance's rows say anything else than they did.</returns>
    public async Task<bool> WriteAsync(InstanceFile before, InstanceWish wish, IReadOnlyCollection<AddonWish> rows, CancellationToken cancellationToken)
    {
        var code = wish.Code.Text;
        await connection.ExecuteScalarAsync<long>(Command(dialect.LockQuery, new { }, cancellationToken));
        if ((await ReadAsync(code, cancellationToken))?.BlobId != before.BlobId) return false;
        foreach (var row in rows) await WriteAsync(code, row, cancellationToken);
        var said = wish.Request;
        await RunAsync(
            $"UPDATE odoosky_instances SET requested_by = @By, reason = @Reason, ticket = @Ticket, updated_at = {dialect.Now} WHERE code = @Code",
            new { Code = code, By = Given(said.RequestedBy), Reason = Given(said.Reason), Ticket = Given(said.Ticket) },
            cancellationToken);
        return true;
    }

    private async Task<InstanceFile?> ReadAsync(string code, CancellationToken cancellationToken)
    {
        var all = new RowCollection();
        await ReadAsync($"SELECT * FROM ({dialect.InstancesQuery}) AS wished WHERE code = @Code", new TableReader(TableShape.Instances, all.Problems), all.AddInstance);
        await ReadAsync($"SELECT * FROM ({dialect.AddonsQuery}) AS carried WHERE instance_code = @Code", new TableReader(TableShape.Addons, all.Problems), all.AddAddon);
        return all.Instances() is [var row] ? InstanceFile.Of(row) : null;

        async Task ReadAsync(string sql, TableReader table, Action<DbDataReader, TableReader> add)
        {
            await using var reader = await connection.ExecuteReaderAsync(Command(sql, new { Code = code }, cancellationToken));
            table.Accepts(reader);
            while (await reader.ReadAsync(cancellationToken)) add(reader, table);
        }
    }

    private async Task WriteAsync(string instance, AddonWish row, CancellationToken cancellationToken)
    {
        var fields = new { Instance = instance, row.Code, Source = Given(row.Source), Image = Given(row.Image), Version = Given(row.Version) };
        const string update = "UPDATE odoosky_addons SET source = @Source, image = @Image, version = @Version WHERE instance_code = @Instance AND code = @Code";
        if (await RunAsync(update, fields, cancellationToken) > 0) return;
        await RunAsync(
            """
            INSERT INTO odoosky_addons (instance_code, position, code, source, image, version)
            SELECT @Instance, coalesce(max(position), 0) + 1, @Code, @Source, @Image, @Version FROM odoosky_addons WHERE instance_code = @Instance
            """,
            fields,
            cancellationToken);
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private Task<int> RunAsync(string sql, object fields, CancellationToken cancellationToken) => connection.ExecuteAsync(Command(sql, fields, cancellationToken));

    private CommandDefinition Command(string sql, object fields, CancellationToken cancellationToken) =>
        new(sql, fields, transaction, commandType: CommandType.Text, cancellationToken: cancellationToken);
}
