using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>The keys that a map in a strict file may have; the JSON Schemas list the same.</summary>
/// <param name="Keys">Every known key, in the order in which people write them.</param>
/// <param name="Required">Those of them that must be there.</param>
public sealed record StrictShape(ImmutableArray<string> Keys, ImmutableArray<string> Required)
{
    /// <summary>A shape of keys; a trailing <c>!</c> marks one that must be there.</summary>
    /// <param name="keys">The keys.</param>
    /// <returns>The shape.</returns>
    public static StrictShape Of(params string[] keys) =>
        new([.. keys.Select(key => key.TrimEnd('!'))], [.. keys.Where(key => key.EndsWith('!')).Select(key => key.TrimEnd('!'))]);
}
