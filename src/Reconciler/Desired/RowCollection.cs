using System.Data.Common;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>Collects the rows of one snapshot.</summary>
internal sealed class RowCollection
{
    private const int MostOrphans = 20;
    private readonly Dictionary<string, InstanceRow> instances = new(StringComparer.Ordinal);
    private readonly List<InstanceRow> nameless = [];
    private readonly Dictionary<string, List<AddonTableRow>> addons = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the tables as a whole.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>The rows of the catalogue.</summary>
    public List<CatalogRow> Catalog { get; } = [];

    /// <summary>Takes a row of instances.</summary>
    /// <param name="row">The reader at the row.</param>
    /// <param name="table">Reads its columns.</param>
    public void AddInstance(DbDataReader row, TableReader table)
    {
        var instance = new InstanceRow
        {
            Code = table.Text(row, "code"),
            State = table.Text(row, "state"),
            Target = table.Text(row, "target"),
            Odoo = table.Text(row, "odoo"),
            CloneFromCode = table.Text(row, "clone_from_code"),
            Labels = table.Text(row, "labels"),
            Values = table.Text(row, "values"),
            Unset = table.Text(row, "unset"),
            RequestedBy = table.Text(row, "requested_by"),
            Reason = table.Text(row, "reason"),
            Ticket = table.Text(row, "ticket"),
            UpdatedAt = table.Text(row, "updated_at"),
        };
        if (instance.Code is null) nameless.Add(instance);
        else if (!instances.TryAdd(instance.Code, instance))
            Error(DesiredTableCodes.TwoRows, new Place(InstanceRow.Table, Key: instance.Code), $"Two rows of {InstanceRow.Table} have the code {instance.Code}.", "Give one row for each instance.");
    }

    /// <summary>Takes a row of addons.</summary>
    /// <param name="row">The reader at the row.</param>
    /// <param name="table">Reads its columns.</param>
    public void AddAddon(DbDataReader row, TableReader table)
    {
        var instance = table.Text(row, "instance_code") ?? string.Empty;
        if (!addons.TryGetValue(instance, out var list)) addons[instance] = list = [];
        list.Add(new AddonTableRow(
            table.Number(row, "position"), Shared(table.Text(row, "code")), Shared(Given(table.Text(row, "source"))), Shared(Given(table.Text(row, "image"))), Shared(Given(table.Text(row, "version")))));
    }

    /// <summary>Takes a row of the catalogue.</summary>
    /// <param name="row">The reader at the row.</param>
    /// <param name="table">Reads its columns.</param>
    public void AddCatalog(DbDataReader row, TableReader table)
    {
        var request = new Request(table.Text(row, "requested_by") ?? string.Empty, table.Text(row, "reason") ?? string.Empty, table.Text(row, "ticket") ?? string.Empty);
        Catalog.Add(new CatalogRow(table.Text(row, "code") ?? string.Empty, table.Text(row, "source"), table.Text(row, "image"), request)
        {
            Series = table.Text(row, "series"),
            SeriesVersion = table.Text(row, "series_version"),
            SeriesImage = table.Text(row, "series_image"),
        });
    }

    /// <summary>The instances with their addons; reports addons that belong to none.</summary>
    /// <returns>The rows, in ordinal order of code.</returns>
    public IReadOnlyList<InstanceRow> Instances()
    {
        var orphans = addons.Where(pair => !instances.ContainsKey(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        foreach (var (code, rows) in orphans.Take(MostOrphans))
            Error(
                DesiredTableCodes.OrphanRow,
                new Place(AddonTableRow.Table, Key: $"{code}/{rows[0].Position}"),
                $"The addon {rows[0].Code} belongs to the instance \"{code}\", which has no row.",
                "Look whether the query for instances leaves some out; an instance goes with the state absent.");
        return [.. instances.Values.Select(WithAddons).OrderBy(row => row.Code, StringComparer.Ordinal), .. nameless];
    }

    private InstanceRow WithAddons(InstanceRow row) => addons.TryGetValue(row.Code!, out var rows)
        ? row with { Addons = new AddonRows([.. rows.OrderBy(addon => addon.Position).ThenBy(addon => addon.Code, StringComparer.Ordinal)]) }
        : row;

    private static string? Shared(string? text) => text is null ? null : Recurring.Texts.Of(text);

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private void Error(string code, Place place, string message, string remedy) =>
        Problems.Add(new Problem(code, Severity.Error, message, remedy, place, null));
}
