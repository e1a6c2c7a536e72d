using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Completes one instance's rows from the catalogue; a row's own field beats the catalogue's.</summary>
internal sealed class AddonCompletion(InstanceWish wish, CatalogFile? catalog, DesiredRules rules)
{
    private readonly List<Problem> problems = [];
    private readonly Dictionary<string, string> containers = new(StringComparer.Ordinal);
    private readonly ImmutableSortedDictionary<string, Request>.Builder requests =
        ImmutableSortedDictionary.CreateBuilder<string, Request>(StringComparer.Ordinal);

    public IReadOnlyList<Problem> Problems => problems;

    public ImmutableSortedDictionary<string, Request> CatalogRequests => requests.ToImmutable();

    public ImmutableArray<AddonRow> Rows()
    {
        var rows = ImmutableArray.CreateBuilder<AddonRow>(wish.Addons.Length);
        foreach (var addon in wish.Addons)
        {
            var row = Recurring.Rows.Of(Complete(addon, catalog?.Entries.GetValueOrDefault(addon.Code)));
            rows.Add(row);

            // An absent instance's rows reach no overlay; what the catalogue lost must not keep it alive.
            if (addon.Sound && wish.State != InstanceState.Absent) Check(addon, row);
        }

        return rows.MoveToImmutable();
    }

    private AddonRow Complete(AddonWish addon, CatalogEntry? entry)
    {
        var source = addon.Source ?? entry?.Source ?? string.Empty;

        // Whoever writes a version into the row asked for it, whatever else the catalogue completes.
        if (addon.Version is null && entry is not null && entry.Request != Request.None) requests[addon.Code] = entry.Request;
        if (source == AddonRow.BuiltinSource) return new AddonRow(addon.Code, source, addon.Image ?? string.Empty, addon.Version ?? string.Empty);
        var column = wish.Series is { } series ? entry?.Series.GetValueOrDefault(series) : null;
        var image = addon.Image ?? column?.Image ?? entry?.Image ?? string.Empty;
        return new AddonRow(addon.Code, source, image, addon.Version ?? column?.Version ?? string.Empty);
    }

    private void Check(AddonWish addon, AddonRow row)
    {
        if (row.Source.Length > 0 && !rules.Sources.IsEmpty && !rules.Sources.Contains(row.Source, StringComparer.Ordinal))
            Error(
                DesiredCodes.SourceNotAllowed,
                addon,
                $"The source {row.Source} of {row.Code} is not allowed here.",
                NearestWord.Remedy(row.Source, rules.Sources));
        if (row.Source == AddonRow.BuiltinSource) CheckBuiltin(addon, row);
        else if (catalog is not { Broken: true }) CheckComplete(addon, row);
        if (row.MakesInitContainer) CheckContainer(addon, row);
    }

    private void CheckBuiltin(AddonWish addon, AddonRow row)
    {
        if (row.Image.Length + row.Version.Length > 0)
            Error(
                DesiredCodes.BuiltinWithImage,
                addon,
                $"{row.Code} ships with Odoo ({AddonRow.BuiltinSource}), but the row names an image or a version.",
                "Take image and version out, or correct the source.");
    }

    private void CheckComplete(AddonWish addon, AddonRow row)
    {
        string[] missing = [.. Lacking(row)];
        if (missing.Length > 0)
            Error(
                DesiredCodes.IncompleteAddon,
                addon,
                $"{row.Code} has no {string.Join(" and no ", missing)}: {Why(row.Code)}.",
                "Write it into the row or the catalogue, or write source: odoo-builtin if it ships with Odoo.");
        if ((row.Version.Length > 0 && !TextRules.IsTag(row.Version)) || !TextRules.IsImage(row.Image))
            problems.Add(new Problem(
                DesiredCodes.UnlikelyImage,
                Severity.Warning,
                $"No registry takes {TextRules.Quote($"{row.Image}:{row.Version}")} for {row.Code}.",
                "Look at image and version.",
                addon.Place,
                wish.Code.Text));
    }

    private static IEnumerable<string> Lacking(AddonRow row)
    {
        if (row.Source.Length == 0) yield return "source";
        if (row.Image.Length == 0) yield return "image";
        if (row.Version.Length == 0) yield return "version";
    }

    private string Why(string code)
    {
        if (catalog is null) return "the row does not say, and there is no catalogue";
        if (catalog.Entries.GetValueOrDefault(code) is not { } entry) return $"the row does not say, and {catalog.Path} does not list it";
        if (wish.Series is null) return $"the row does not say, and without the key odoo no series of {catalog.Path} can be chosen";
        if (entry.Series.ContainsKey(wish.Series)) return $"neither the row nor {catalog.Path} says";
        var known = entry.Series.IsEmpty ? "none" : TextRules.List(entry.Series.Keys);
        return $"the row does not say, and {catalog.Path} has no series {wish.Series} of it (it has {known})";
    }

    private void CheckContainer(AddonWish addon, AddonRow row)
    {
        var name = row.InitContainerName;
        if (!TextRules.IsContainerName(name))
            Error(
                DesiredCodes.ContainerName,
                addon,
                $"{TextRules.Quote(row.Code)} would make the init container {TextRules.Quote(name)} of {name.Length} characters, which Kubernetes refuses.",
                $"Use a code of at most {TextRules.MaximumContainerName - "addon-".Length} characters that ends in a letter or digit.");
        else if (!containers.TryAdd(name, row.Code))
            Error(
                DesiredCodes.ContainerCollision,
                addon,
                $"{row.Code} and {containers[name]} would both make the init container {name}.",
                "Rename one of the two addons.");
    }

    private void Error(string code, AddonWish addon, string message, string remedy) =>
        problems.Add(new Problem(code, Severity.Error, message, remedy, addon.Place, wish.Code.Text));
}
