using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>What the catalogue says of one addon.</summary>
/// <param name="Code">The addon's code.</param>
/// <param name="Source">The source of rows that name none, or null.</param>
/// <param name="Image">The image of rows and series that name none, or null.</param>
/// <param name="Series">The version for each Odoo series.</param>
/// <param name="Request">Who asked for the entry's last change, and why.</param>
public sealed record CatalogEntry(
    string Code,
    string? Source,
    string? Image,
    ImmutableSortedDictionary<string, CatalogVersion> Series,
    Request Request);

/// <summary>An addon's version for one Odoo series.</summary>
/// <param name="Version">The image's tag.</param>
/// <param name="Image">The image for this series, or null for the entry's.</param>
public sealed record CatalogVersion(string Version, string? Image);
