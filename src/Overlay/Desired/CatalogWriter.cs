using System.Text;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Writes the catalogue's file, so that the strict reader reads back the same entries.</summary>
internal static class CatalogWriter
{
    public static string Write(IEnumerable<CatalogEntry> entries)
    {
        var text = new StringBuilder($"apiVersion: {StrictFile.ApiVersion}\nkind: AddonCatalog\n");
        var sorted = entries.OrderBy(entry => entry.Code, StringComparer.Ordinal).ToList();
        text.Append(sorted.Count == 0 ? "addons: {}\n" : "addons:\n");
        foreach (var entry in sorted) Write(entry, text);
        return text.ToString();
    }

    private static void Write(CatalogEntry entry, StringBuilder text)
    {
        (string Key, string? Text)[] fields =
        [
            ("source", entry.Source), ("image", entry.Image),
            ("requestedBy", entry.Request.RequestedBy), ("reason", entry.Request.Reason), ("ticket", entry.Request.Ticket),
        ];
        var lines = fields.Where(field => !string.IsNullOrEmpty(field.Text)).Select(field => $"    {field.Key}: {YamlText.Of(field.Text!)}\n").ToList();
        if (!entry.Series.IsEmpty) lines.Add("    series:\n" + string.Concat(entry.Series.Select(Column)));
        text.Append("  ").Append(YamlText.Of(entry.Code)).Append(lines.Count == 0 ? ": {}\n" : ":\n").AppendJoin(string.Empty, lines);
    }

    private static string Column(KeyValuePair<string, CatalogVersion> column) => column.Value.Image is { } image
        ? $"      {YamlText.Of(column.Key)}: {{version: {YamlText.Of(column.Value.Version)}, image: {YamlText.Of(image)}}}\n"
        : $"      {YamlText.Of(column.Key)}: {YamlText.Of(column.Value.Version)}\n";
}
