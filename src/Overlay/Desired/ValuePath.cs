using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>A path of keys from the root of a values file, such as <c>resources.odoo.limits.cpu</c>.</summary>
/// <param name="Keys">At least one key, from the root down.</param>
public sealed record ValuePath(ImmutableArray<string> Keys) : IComparable<ValuePath>
{
    private static readonly SearchValues<char> Special = SearchValues.Create(". \t\"\\[]");

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

    /// <summary>The keys joined by dots; a key that could be misread is put in double quotes.</summary>
    /// <returns>The path as it is written in <c>unset</c> and <c>restart-paths.yaml</c>.</returns>
    public override string ToString() => string.Join('.', Keys.Select(Write));

    /// <summary>Reads a path: keys joined by dots, each plain or in double quotes with <c>\"</c> and <c>\\</c> as escapes.</summary>
    /// <param name="text">Such as <c>resources.odoo.limits.cpu</c> or <c>ingress.annotations."example.org/class"</c>.</param>
    /// <returns>The path, or null when the text is none: an empty key, a stray quote, or an index such as <c>[0]</c>.</returns>
    public static ValuePath? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var keys = ImmutableArray.CreateBuilder<string>();
        for (var at = 0; ; at++)
        {
            if (NextKey(text, ref at) is not { } key) return null;
            keys.Add(key);
            if (at == text.Length) return new ValuePath(keys.ToImmutable());
            if (text[at] != '.') return null;
        }
    }

    /// <summary>Ordinal order of the written form.</summary>
    public static bool operator <(ValuePath left, ValuePath right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order of the written form.</summary>
    public static bool operator >(ValuePath left, ValuePath right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order of the written form.</summary>
    public static bool operator <=(ValuePath left, ValuePath right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order of the written form.</summary>
    public static bool operator >=(ValuePath left, ValuePath right) => left.CompareTo(right) >= 0;

    private static string Write(string key) =>
        IsPlain(key) ? key : "\"" + key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    // A bracket is an index elsewhere; lists are whole here, so that such a key must be quoted to be meant.
    private static bool IsPlain(string key) => key.Length > 0 && !key.AsSpan().ContainsAny(Special);

    private static string? NextKey(string text, ref int at)
    {
        if (at < text.Length && text[at] == '"') return QuotedKey(text, ref at);
        var start = at;
        while (at < text.Length && text[at] != '.') at++;
        return IsPlain(text[start..at]) ? text[start..at] : null;
    }

    private static string? QuotedKey(string text, ref int at)
    {
        var key = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && (++at == text.Length || text[at] is not ('"' or '\\'))) return null;
            key.Append(text[at]);
        }

        return at++ < text.Length ? key.ToString() : null;
    }
}
