using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>
/// A database's rows written as the file that says the same, with the row that each line was made of. The strict reader
/// then judges rows and files alike.
/// </summary>
internal sealed class RowText
{
    private readonly StringBuilder text = new();
    private readonly List<Place> places = [];
    private readonly List<Place> addons = [];
    private readonly List<(Place Place, string Message, string Remedy)> faults = [];
    private Place current;

    private RowText(Place start) => current = start;

    /// <summary>The text, UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Names the rows' content: the first 40 hex digits of the text's SHA-256.</summary>
    public string Digest { get; private set; } = string.Empty;

    /// <summary>What could not be written as YAML at all.</summary>
    public IReadOnlyList<(Place Place, string Message, string Remedy)> Faults => faults;

    /// <summary>Writes an instance.</summary>
    public static RowText Of(InstanceRow row)
    {
        var start = new Place(InstanceRow.Table, Key: Shown(row.Code));
        var writer = new RowText(start);
        writer.Head("Instance");
        (string Key, string? Text)[] fields =
        [
            ("code", row.Code), ("state", row.State), ("target", row.Target), ("odoo", row.Odoo), ("cloneFromCode", row.CloneFromCode),
            ("requestedBy", row.RequestedBy), ("reason", row.Reason), ("ticket", row.Ticket),
        ];
        foreach (var (key, field) in fields) writer.Field(key, field);
        writer.Json("labels", row.Labels);
        writer.Json("values", row.Values);
        writer.Json("unset", row.Unset);
        writer.Addons(row);
        return writer.Done();
    }

    /// <summary>Writes the catalogue.</summary>
    public static RowText Of(IReadOnlyCollection<CatalogRow> rows)
    {
        var writer = new RowText(new Place(CatalogRow.Table));
        writer.Head("AddonCatalog");
        writer.Line(rows.Count == 0 ? "addons: {}" : "addons:");
        foreach (var addon in rows.GroupBy(row => row.Code, StringComparer.Ordinal).OrderBy(addon => addon.Key, StringComparer.Ordinal))
            writer.CatalogEntry(addon.Key, [.. addon.OrderBy(row => row.Series, StringComparer.Ordinal)]);
        return writer.Done();
    }

    /// <summary>The row that a line was made of.</summary>
    /// <param name="line">Counted from 1.</param>
    /// <returns>Its place; the nearest one for a line that the text does not have.</returns>
    public Place PlaceOf(int line) => places[Math.Clamp(line - 1, 0, places.Count - 1)];

    /// <summary>
    /// Whether a file of the same content says the same with the same places: rows may be numbered anew without another content, and what
    /// has problems is read again.
    /// </summary>
    /// <param name="file">A file of the same path and content.</param>
    /// <returns>True when reading would give an equal file.</returns>
    public bool IsOf(InstanceFile file) =>
        faults.Count == 0 && file.Problems.IsEmpty && file.Wish is { } wish
        && addons.SequenceEqual(wish.Addons.Select(addon => addon.Place));

    private static string Shown(string? code) => code is null ? "NULL" : TextRules.OneLine(code);

    private void Head(string kind)
    {
        Line($"apiVersion: {StrictFile.ApiVersion}");
        Line($"kind: {kind}");
    }

    private void Field(string key, string? value)
    {
        if (value is not null) Line($"{key}: {YamlText.Of(value)}");
    }

    private void Json(string key, string? json)
    {
        if (json is null) return;
        if (JsonYaml.TryWrite(json, out var yaml) is { } fault)
            faults.Add((current, $"The column {key} {fault}", "Correct the row."));
        else
            Line($"{key}: {yaml}");
    }

    private void Addons(InstanceRow row)
    {
        if (row.Addons.Rows.IsEmpty) return;
        Line("addons:");
        var code = Shown(row.Code);
        foreach (var addon in row.Addons.Rows)
        {
            current = new Place(AddonTableRow.Table, Key: string.Create(CultureInfo.InvariantCulture, $"{code}/{addon.Position}"));
            addons.Add(current);
            text.Append("- ");
            Braces(("code", addon.Code), ("source", addon.Source), ("image", addon.Image), ("version", addon.Version));
        }
    }

    private void CatalogEntry(string code, ImmutableArray<CatalogRow> rows)
    {
        current = new Place(CatalogRow.Table, Key: Shown(code));
        var first = rows[0];
        Line($"  {YamlText.Of(code)}:");
        (string Key, string? Text)[] fields =
        [
            ("source", first.Source), ("image", first.Image), ("requestedBy", first.Request.RequestedBy), ("reason", first.Request.Reason), ("ticket", first.Request.Ticket),
        ];
        foreach (var (key, field) in fields)
            if (!string.IsNullOrEmpty(field)) Field("    " + key, field);
        if (first.Series is null) return;
        Line("    series:");
        foreach (var row in rows)
        {
            current = new Place(CatalogRow.Table, Key: $"{Shown(code)}/{Shown(row.Series)}");
            text.Append("      ").Append(YamlText.Of(row.Series ?? string.Empty)).Append(": ");
            Braces(("version", row.SeriesVersion), ("image", row.SeriesImage));
        }
    }

    // Ends the line.
    private void Braces(params ReadOnlySpan<(string Key, string? Text)> fields)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, field) in fields)
        {
            if (field is null) continue;
            if (!first) text.Append(", ");
            first = false;
            text.Append(key).Append(": ").Append(YamlText.Of(field));
        }

        Line("}");
    }

    private void Line(string line)
    {
        text.Append(line).Append('\n');
        places.Add(current);
    }

    private RowText Done()
    {
        Bytes = Encoding.UTF8.GetBytes(text.ToString());
        Digest = Convert.ToHexStringLower(SHA256.HashData(Bytes.Span))[..40];
        return this;
    }
}
