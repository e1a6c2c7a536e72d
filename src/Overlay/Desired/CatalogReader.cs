using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Reads the catalogue from its root down.</summary>
internal sealed class CatalogReader(StrictFile file)
{
    private readonly AddonRowReader rows = new(file);

    public ImmutableSortedDictionary<string, CatalogEntry> Read()
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, CatalogEntry>(StringComparer.Ordinal);
        if (file.RootOf(DesiredShapes.Catalog, "AddonCatalog") is { } root)
            foreach (var entry in root.Entries("addons"))
                if (rows.CheckCode(entry.Key, entry.Place) && entry.Value.Map(DesiredShapes.CatalogEntry) is { } map)
                    entries[entry.Key] = ReadEntry(entry, map);
        return entries.ToImmutable();
    }

    private CatalogEntry ReadEntry(StrictEntry entry, StrictMap map)
    {
        var sound = true;
        AddonRowReader.CheckSource(map);
        var (source, image) = (AddonRowReader.Optional(map, "source", ref sound), AddonRowReader.Optional(map, "image", ref sound));
        var series = ReadSeries(map);
        if (source == AddonRow.BuiltinSource && (image is not null || !series.IsEmpty))
            file.Error(
                DesiredCodes.BuiltinWithImage,
                entry.Place,
                $"{entry.Key} ships with Odoo, but the catalogue names an image or a version for it.",
                "Take image and series out, or correct the source.");
        return new CatalogEntry(entry.Key, source, image, series, RequestFields.Read(map));
    }

    private static ImmutableSortedDictionary<string, CatalogVersion> ReadSeries(StrictMap map)
    {
        var series = ImmutableSortedDictionary.CreateBuilder<string, CatalogVersion>(StringComparer.Ordinal);
        foreach (var column in map.Entries("series"))
        {
            if (!OdooSeries.IsSeries(column.Key))
                column.Value.File.Error(
                    DesiredCodes.WrongValue,
                    column.Place,
                    $"{TextRules.Quote(column.Key)} is no Odoo series.",
                    "Write a series such as \"17.0\".");
            if (ReadVersion(column.Value) is { } version) series[column.Key] = version;
        }

        return series.ToImmutable();
    }

    private static CatalogVersion? ReadVersion(StrictNode node)
    {
        var (map, image, sound) = (node.IsMap ? node.Map(DesiredShapes.CatalogVersion) : null, (string?)null, true);
        if (map is not null) image = AddonRowReader.Optional(map, "image", ref sound);
        var value = node.IsMap ? map?.Find("version") : node;
        if (value?.Text() is not { } version) return null;
        if (version.Length > 0) return new CatalogVersion(version, image);
        value.Wrong("a version");
        return null;
    }
}
