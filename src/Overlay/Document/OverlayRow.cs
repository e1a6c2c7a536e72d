using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>One row of an overlay's list <c>addons</c>, as it stands in the file.</summary>
/// <param name="Row">The four managed fields; a missing field and null are the empty text, one that is not text is its source text.</param>
/// <param name="Fields">All fields as Helm types them, further keys included; all of them count in the hash.</param>
/// <param name="Typed">False when one of the four is neither text, null nor missing: such a row is never equal to a wished one.</param>
/// <param name="Place">Where the row starts.</param>
public sealed record OverlayRow(AddonRow Row, HelmMap Fields, bool Typed, Place Place);

/// <summary>A values file that was read, or the problems that prevent it.</summary>
/// <param name="Document">The file, or null when a problem is an error.</param>
/// <param name="Problems">Errors, or warnings beside a document.</param>
public sealed record OverlayReading(OverlayDocument? Document, ImmutableArray<Problem> Problems);
