using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>What an overlay shall hold. Everything that it does not name belongs to people and keeps its bytes.</summary>
/// <param name="Code">The instance's code; written only into a new overlay.</param>
/// <param name="CloneFrom">The instance whose database a new instance takes over, or null; written only into a new overlay.</param>
/// <param name="Addons">All rows; a new row goes behind its predecessor here, rows that are there already keep their place.</param>
/// <param name="Values">Further values: maps merge, each other value replaces what stands at its path.</param>
/// <param name="Unset">
/// Paths that shall not be there. A map that loses its last key becomes <c>{}</c>: a bare key would be null, with which Helm drops the
/// chart's own values.
/// </param>
public sealed record OverlayWish(
    InstanceCode Code, InstanceCode? CloneFrom, ImmutableArray<AddonRow> Addons, HelmMap Values, ImmutableArray<ValuePath> Unset)
{
    /// <summary>The Helm version that reads the overlay; null: all supported ones must read it alike.</summary>
    public HelmVersion? Helm { get; init; }
}
