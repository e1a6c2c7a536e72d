using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>A path of keys from the root of a values file, such as <c>resources.odoo.limits.cpu</c>.</summary>
/// <param name="Keys">At least one key, from the root down.</param>
public sealed record ValuePath(ImmutableArray<string> Keys) : IComparable<ValuePath>
{
    /// <summary>Key by key.</summary>
    /// <param name="other">The other path.</param>
    /// <returns>Whether both name the same place.</returns>
    public bool Equals(ValuePath? other) => other is not null && Keys.AsSpan().SequenceEqual(other.Keys.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Keys.Aggregate(Keys.Length, (hash, key) => HashCode.Combine(hash, StringComparer.Ordinal.GetHashCode(key)));

    /// <summary>Whether this path is the other one or lies above it.</summary>
    /// <param name="other">The other path.</param>
    /// <returns>True when all of this path's keys begin the other one.</returns>
    public bool Covers(ValuePath other) => Keys.Length <= other.Keys.Length && Keys.AsSpan().SequenceEqual(other.Keys.AsSpan()[..Keys.Length]);

    /// <inheritdoc/>
    public int CompareTo(ValuePath? other) => string.CompareOrdinal(ToString(), other?.ToString());

    /// <summary>The keys joined by dots; a key that holds a dot is quoted.</summary>
    /// <returns>The path as it is written in <c>unset</c> and <c>restart-paths.yaml</c>.</returns>
    public override string ToString() => string.Join('.', Keys.Select(key => key.Contains('.', StringComparison.Ordinal) ? $"\"{key}\"" : key));

    /// <summary>Ordinal order of the written form.</summary>
    public static bool operator <(ValuePath left, ValuePath right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order of the written form.</summary>
    public static bool operator >(ValuePath left, ValuePath right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order of the written form.</summary>
    public static bool operator <=(ValuePath left, ValuePath right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order of the written form.</summary>
    public static bool operator >=(ValuePath left, ValuePath right) => left.CompareTo(right) >= 0;
}
