using System.Buffers;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>
/// An instance's code: a lower-case DNS label of at most 40 characters that starts with a letter. It goes into paths,
/// branch names, shell, SQL and DNS, so there is one validator, and everything else takes this type. It names a database, so
/// PostgreSQL's own (<c>postgres</c>, <c>template0</c>, <c>template1</c>) are no codes.
/// </summary>
public sealed record InstanceCode : IComparable<InstanceCode>
{
    /// <summary>The longest code, in characters.</summary>
    public const int MaximumLength = 40;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private InstanceCode(string text) => Text = text;

    /// <summary>The code as text.</summary>
    public string Text { get; }

    /// <summary>Reads a code.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The code, or null when the text is not one.</returns>
    public static InstanceCode? TryParse(string? text) =>
        text is not null && IsLabel(text) ? new InstanceCode(text) : null;

    /// <inheritdoc/>
    public int CompareTo(InstanceCode? other) => string.CompareOrdinal(Text, other?.Text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(InstanceCode left, InstanceCode right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(InstanceCode left, InstanceCode right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(InstanceCode left, InstanceCode right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(InstanceCode left, InstanceCode right) => left.CompareTo(right) >= 0;

    private static bool IsLabel(string text) =>
        text.Length is >= 1 and <= MaximumLength
        && char.IsAsciiLetterLower(text[0])
        && text[^1] != '-'
        && text is not ("postgres" or "template0" or "template1")
        && !text.AsSpan().ContainsAnyExcept(Characters);
}
