using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>What happens to one key of a map.</summary>
/// <param name="Key">The key.</param>
internal abstract record KeyChange(string Key);

/// <summary>The key gets a value, whatever stood there.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The new value.</param>
/// <param name="IsRows">Whether the value is the list of addons, whose fields have an order of their own.</param>
internal sealed record SetKey(string Key, HelmValue Value, bool IsRows = false) : KeyChange(Key);

/// <summary>The key goes.</summary>
/// <param name="Key">The key.</param>
internal sealed record RemoveKey(string Key) : KeyChange(Key);

/// <summary>Only keys inside its map change.</summary>
/// <param name="Key">The key.</param>
/// <param name="Changes">What changes inside.</param>
internal sealed record ChangeMap(string Key, ImmutableArray<KeyChange> Changes) : KeyChange(Key);

/// <summary>Only rows inside its list change.</summary>
/// <param name="Key">The key.</param>
/// <param name="Plan">Which.</param>
internal sealed record ChangeRows(string Key, RowPlan Plan) : KeyChange(Key);
