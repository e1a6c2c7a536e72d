using System.Data;
using System.Data.Common;
using Dapper;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>What an export did to a database.</summary>
/// <param name="Written">Codes of instances whose rows were written, in ordinal order.</param>
/// <param name="Unchanged">How many instances said the same already.</param>
/// <param name="Untouched">Codes of instances that the database has and the files have not; absence is not deletion.</param>
internal sealed record ExportReport(IReadOnlyList<string> Written, int Unchanged, IReadOnlyList<string> Untouched)
{
    /// <summary>Codes of addons that the database's catalogue has and the file's has not; they stay too.</summary>
    public IReadOnlyList<string> UntouchedAddons { get; init; } = [];
}

/// <summary>Writes desired state into the product's own tables, all in one transaction; only what differs.</summary>
/// <param name="access">How the database is reached.</param>
internal sealed class DesiredStore(DesiredAccess access)
{
    private readonly DesiredDialect dialect = access.Dialect;

    /// <summary>Makes the tables that are missing, and writes instances and the catalogue.</summary>
    /// <param name="wishes">The instances.</param>
    /// <param name="catalog">The catalogue's entries.</param>
    /// <param name="cancellationToken">Ends it; nothing is written then.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="DesiredFailure">The database can't be reached or refuses the rows; nothing is written.</exception>
    public async Task<ExportReport> WriteAsync(
        IReadOnlyCollection<InstanceWish> wishes, IReadOnlyCollection<CatalogEntry> catalog, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = dialect.Connect(access.ConnectionString, forWriting: true);
            await connection.OpenAsync(cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(dialect.Schema(), commandType: CommandType.Text, cancellationToken: cancellationToken));
            var before = await new DesiredDatabase(access).ReadAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var report = await WriteAsync(new Write(connection, transaction, before), wishes, cancellationToken);
            await WriteCatalogAsync(new Write(connection, transaction, before), catalog, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            var others = before.Catalog?.Entries.Keys.Except(catalog.Select(entry => entry.Code), StringComparer.Ordinal) ?? [];
            return report with { UntouchedAddons = [.. others.Order(StringComparer.Ordinal)] };
        }
        catch (Exception failure) when (failure is DbException or ArgumentException or InvalidOperationException or TimeoutException)
        {
            throw new DesiredFailure($"Could not write desired state ({dialect.Name}): {DatabaseWords.Of(failure, access.ConnectionString)}", failure);
        }
    }

    /// <summary>Writes what a promotion changes of one instance, in one transaction: the rows that differ, and who asked and why.</summary>
    /// <param name="before">The instance as it was when the promotion was planned.</param>
    /// <param name="wish">The instance as it shall be.</param>
    /// <param name="rows">The rows that come or change.</param>
    /// <param name="cancellationToken">Ends it; nothing is written then.</param>
    /// <returns>False when the instance's rows say anything else than they did: then nothing is written.</returns>
    /// <exception cref="DesiredFailure">The database can't be reached or refuses the rows; nothing is written.</exception>
    public async Task<bool> PromoteAsync(InstanceFile before, InstanceWish wish, IReadOnlyCollection<AddonWish> rows, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = dialect.Connect(access.ConnectionString, forWriting: true);
            await connection.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var written = await new PromotedRows(dialect, connection, transaction).WriteAsync(before, wish, rows, cancellationToken);
            if (written) await transaction.CommitAsync(cancellationToken);
            return written;
        }
        catch (Exception failure) when (failure is DbException or ArgumentException or InvalidOperationException or TimeoutException)
        {
            throw new DesiredFailure($"Could not write desired state ({dialect.Name}): {DatabaseWords.Of(failure, access.ConnectionString)}", failure);
        }
    }

    private async Task<ExportReport> WriteAsync(Write write, IReadOnlyCollection<InstanceWish> wishes, CancellationToken cancellationToken)
    {
        var known = write.Before.Files.Where(file => file.Wish is not null).ToDictionary(file => file.Wish!.Code, file => InstanceFile.Write(file.Wish!));
        var written = new List<string>();
        foreach (var wish in wishes.OrderBy(wish => wish.Code))
        {
            if (known.GetValueOrDefault(wish.Code) == InstanceFile.Write(wish)) continue;
            await WriteAsync(write, WishRows.Of(wish), cancellationToken);
            written.Add(wish.Code.Text);
        }

        var untouched = known.Keys.Except(wishes.Select(wish => wish.Code)).Order().Select(code => code.Text);
        return new ExportReport(written, wishes.Count - written.Count, [.. untouched]);
    }

    private async Task WriteAsync(Write write, InstanceRow row, CancellationToken cancellationToken)
    {
        var sql =
            $"""
            INSERT INTO odoosky_instances (code, state, target, odoo, clone_from_code, labels, "values", unset, requested_by, reason, ticket, updated_at)
            VALUES (@Code, @State, @Target, @Odoo, @CloneFromCode, {Json("@Labels")}, {Json("@Values")}, {Json("@Unset")}, @RequestedBy, @Reason, @Ticket, {dialect.Now})
            ON CONFLICT (code) DO UPDATE SET state = excluded.state, target = excluded.target, odoo = excluded.odoo, clone_from_code = excluded.clone_from_code,
                labels = excluded.labels, "values" = excluded."values", unset = excluded.unset, requested_by = excluded.requested_by,
                reason = excluded.reason, ticket = excluded.ticket, updated_at = excluded.updated_at
            """;
        var fields = new { row.Code, row.State, row.Target, row.Odoo, row.CloneFromCode, row.Labels, row.Values, row.Unset, row.RequestedBy, row.Reason, row.Ticket };
        await write.RunAsync(sql, fields, cancellationToken);
        await write.RunAsync("DELETE FROM odoosky_addons WHERE instance_code = @Code", new { row.Code }, cancellationToken);
        foreach (var addon in row.Addons.Rows)
            await write.RunAsync(
                "INSERT INTO odoosky_addons (instance_code, position, code, source, image, version) VALUES (@Instance, @Position, @Code, @Source, @Image, @Version)",
                new { Instance = row.Code, addon.Position, addon.Code, addon.Source, addon.Image, addon.Version },
                cancellationToken);
    }

    // An entry that the file names becomes what the file says, with its series; the others stay.
    private static async Task WriteCatalogAsync(Write write, IReadOnlyCollection<CatalogEntry> catalog, CancellationToken cancellationToken)
    {
        foreach (var entry in catalog)
        {
            if (write.Before.Catalog?.Entries.GetValueOrDefault(entry.Code) is { } there && CatalogFile.Write([there]) == CatalogFile.Write([entry])) continue;
            await write.RunAsync(
                """
                INSERT INTO odoosky_catalog (code, source, image, requested_by, reason, ticket) VALUES (@Code, @Source, @Image, @RequestedBy, @Reason, @Ticket)
                ON CONFLICT (code) DO UPDATE SET source = excluded.source, image = excluded.image, requested_by = excluded.requested_by, reason = excluded.reason, ticket = excluded.ticket
                """,
                new { entry.Code, entry.Source, entry.Image, entry.Request.RequestedBy, entry.Request.Reason, entry.Request.Ticket },
                cancellationToken);
            await write.RunAsync("DELETE FROM odoosky_catalog_series WHERE code = @Code", new { entry.Code }, cancellationToken);
            foreach (var (series, version) in entry.Series)
                await write.RunAsync(
                    "INSERT INTO odoosky_catalog_series (code, series, version, image) VALUES (@Code, @Series, @Version, @Image)",
                    new { entry.Code, Series = series, version.Version, version.Image },
                    cancellationToken);
        }
    }

    private string Json(string parameter) => dialect.Json.Replace("{0}", parameter, StringComparison.Ordinal);

    private sealed record Write(DbConnection Connection, DbTransaction Transaction, DesiredTables Before)
    {
        public Task<int> RunAsync(string sql, object? fields, CancellationToken cancellationToken) =>
            Connection.ExecuteAsync(new CommandDefinition(sql, fields, Transaction, commandType: CommandType.Text, cancellationToken: cancellationToken));
    }
}
