using System.Text;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Writes a wish as the rows that a database holds for it; read back, they are the same wish.</summary>
public static class WishRows
{
    /// <summary>An instance's rows.</summary>
    /// <param name="wish">What is wished.</param>
    /// <returns>The row with its addons, positions counted from 1.</returns>
    public static InstanceRow Of(InstanceWish wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        return new InstanceRow
        {
            Code = wish.Code.Text,
            State = EnumWords.Word(wish.State),
            Target = wish.Target,
            Odoo = wish.Series,
            CloneFromCode = wish.CloneFrom?.Text,
            Labels = wish.Labels.IsEmpty ? null : Json(HelmMap.From(wish.Labels.Select(label => new HelmEntry(label.Key, new HelmText(label.Value))))),
            Values = wish.Values.Entries.Length == 0 ? null : Json(wish.Values),
            Unset = wish.Unset.IsEmpty ? null : Json(new HelmList([.. wish.Unset.Select(path => new HelmText(path.ToString()))])),
            RequestedBy = Given(wish.Request.RequestedBy),
            Reason = Given(wish.Request.Reason),
            Ticket = Given(wish.Request.Ticket),
            Addons = new AddonRows([.. wish.Addons.Select((row, i) => new AddonTableRow(i + 1, row.Code, Given(row.Source), Given(row.Image), Given(row.Version)))]),
        };
    }

    /// <summary>The catalogue's rows.</summary>
    /// <param name="entry">An entry.</param>
    /// <returns>One row without series, or one for each series.</returns>
    public static IEnumerable<CatalogRow> Of(CatalogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var row = new CatalogRow(entry.Code, entry.Source, entry.Image, entry.Request);
        return entry.Series.IsEmpty
            ? [row]
            : entry.Series.Select(column => row with { Series = column.Key, SeriesVersion = column.Value.Version, SeriesImage = column.Value.Image });
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Json(HelmValue value) => Encoding.UTF8.GetString(GoJson.Write(value));
}
