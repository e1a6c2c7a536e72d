using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>An instance as a database's row states it; null where the column is NULL.</summary>
public sealed record InstanceRow
{
    /// <summary>What problems call the rows of instances.</summary>
    public const string Table = "instances";

    /// <summary>The instance's code.</summary>
    public required string? Code { get; init; }

    /// <summary><c>present</c>, <c>suspended</c> or <c>absent</c>.</summary>
    public string? State { get; init; }

    /// <summary>The target's name.</summary>
    public string? Target { get; init; }

    /// <summary>Labels: a JSON object of texts.</summary>
    public string? Labels { get; init; }

    /// <summary>The Odoo series, such as <c>17.0</c>.</summary>
    public string? Odoo { get; init; }

    /// <summary>The instance whose database a new instance takes over.</summary>
    public string? CloneFromCode { get; init; }

    /// <summary>Further managed values: a JSON object.</summary>
    public string? Values { get; init; }

    /// <summary>Managed paths to remove: a JSON list of texts.</summary>
    public string? Unset { get; init; }

    /// <summary>Who asked.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>A ticket's name.</summary>
    public string? Ticket { get; init; }

    /// <summary>When the row was last changed, as the database writes it; null when it does not say.</summary>
    public string? UpdatedAt { get; init; }

    /// <summary>The instance's addons in the order of their positions.</summary>
    public AddonRows Addons { get; init; } = AddonRows.None;
}

/// <summary>An instance's addon rows; equal when all rows are.</summary>
/// <param name="Rows">In the order of their positions.</param>
public sealed record AddonRows(ImmutableArray<AddonTableRow> Rows)
{
    /// <summary>No row.</summary>
    public static AddonRows None { get; } = new([]);

    /// <inheritdoc/>
    public bool Equals(AddonRows? other) => other is not null && Rows.SequenceEqual(other.Rows);

    /// <inheritdoc/>
    public override int GetHashCode() => Rows.Length == 0 ? 0 : HashCode.Combine(Rows.Length, Rows[0], Rows[^1]);
}

/// <summary>An addon of an instance as a database's row states it; null or "" where the catalogue shall say.</summary>
/// <param name="Position">Its place among the instance's rows; names the row in problems.</param>
/// <param name="Code">The addon's code.</param>
/// <param name="Source">Its source.</param>
/// <param name="Image">Its image.</param>
/// <param name="Version">Its version.</param>
public sealed record AddonTableRow(long Position, string? Code, string? Source, string? Image, string? Version)
{
    /// <summary>What problems call the rows of addons.</summary>
    public const string Table = "addons";
}

/// <summary>What the catalogue says of one addon, for one series of Odoo, as a database's row states it.</summary>
/// <param name="Code">The addon's code.</param>
/// <param name="Source">The source of rows that name none.</param>
/// <param name="Image">The image of rows and series that name none.</param>
/// <param name="Request">Who asked for the entry's last change, and why.</param>
public sealed record CatalogRow(string Code, string? Source, string? Image, Request Request)
{
    /// <summary>What problems call the rows of the catalogue.</summary>
    public const string Table = "catalog";

    /// <summary>The series, such as <c>17.0</c>, or null when the addon has none.</summary>
    public string? Series { get; init; }

    /// <summary>The version for that series.</summary>
    public string? SeriesVersion { get; init; }

    /// <summary>The image for that series, or null for the entry's.</summary>
    public string? SeriesImage { get; init; }
}
