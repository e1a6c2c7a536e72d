using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>What an edit gives.</summary>
/// <param name="Text">
/// The whole new file, read back and compared with the wish; the very old bytes when nothing differs; null when a problem is an error.
/// </param>
/// <param name="Steps">What differs, rows first, in the order of the new list; empty when nothing differs.</param>
/// <param name="Problems">Why there is no text, or warnings.</param>
public sealed record EditResult(ReadOnlyMemory<byte>? Text, ImmutableArray<EditStep> Steps, ImmutableArray<Problem> Problems);

/// <summary>One difference between an overlay and its wish.</summary>
public abstract record EditStep
{
    private protected EditStep()
    {
    }
}

/// <summary>A row comes.</summary>
/// <param name="Row">The new row.</param>
public sealed record RowAdded(AddonRow Row) : EditStep;

/// <summary>A row goes.</summary>
/// <param name="Row">The row as it was.</param>
public sealed record RowRemoved(AddonRow Row) : EditStep;

/// <summary>Fields of a row change where they stand; its further keys stay.</summary>
/// <param name="Before">The row as it was.</param>
/// <param name="After">The row as wished.</param>
public sealed record RowChanged(AddonRow Before, AddonRow After) : EditStep;

/// <summary>A value is set.</summary>
/// <param name="Path">Where.</param>
/// <param name="Before">What stood there, or null when the key was missing.</param>
/// <param name="After">What stands there now; a map only when it replaces something that was no map, or when it is empty.</param>
public sealed record ValueSet(ValuePath Path, HelmValue? Before, HelmValue After) : EditStep;

/// <summary>A key is removed.</summary>
/// <param name="Path">Where.</param>
/// <param name="Before">What stood there.</param>
public sealed record ValueUnset(ValuePath Path, HelmValue Before) : EditStep;
