using System.Buffers;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>The name of a Git object: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits, never the null id.</summary>
internal sealed record ObjectId : IComparable<ObjectId>
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private ObjectId(string text) => Text = text;

    public string Text { get; }

    public bool IsSha256 => Text.Length == 64;

    public static ObjectId? TryParse(string? text) =>
        text is { Length: 40 or 64 } && !text.AsSpan().ContainsAnyExcept(Digits) && text.AsSpan().ContainsAnyExcept('0') ? new ObjectId(text) : null;

    public static ObjectId? TryParse(ReadOnlySpan<byte> text) =>
        text.Length is 40 or 64 ? TryParse(Encoding.ASCII.GetString(text)) : null;

    public int CompareTo(ObjectId? other) => string.CompareOrdinal(Text, other?.Text);

    public override string ToString() => Text;

    public static bool operator <(ObjectId left, ObjectId right) => left.CompareTo(right) < 0;

    public static bool operator >(ObjectId left, ObjectId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ObjectId left, ObjectId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ObjectId left, ObjectId right) => left.CompareTo(right) >= 0;
}
