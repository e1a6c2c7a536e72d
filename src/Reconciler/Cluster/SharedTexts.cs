using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>
/// Reads texts so that equal ones are one string where it can be had: a fleet's objects say the same reasons, messages, addresses and
/// commits thousands of times. It holds a bounded number of the last ones, and may be used by many threads.
/// </summary>
internal sealed class SharedTexts : JsonConverter<string>
{
    private const int Slots = 8192;
    private const int Longest = 256;

    /// <summary>A slot is read and written whole; whoever is overtaken makes a string of its own.</summary>
    private static readonly string?[] Known = new string?[Slots];

    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        IsPlain(reader) ? Of(reader.ValueSpan, ref reader) : reader.GetString();

    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options)!;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static bool IsPlain(in Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
        && !reader.HasValueSequence && !reader.ValueIsEscaped && reader.ValueSpan.Length is > 0 and <= Longest;

    private static string Of(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader)
    {
        ref var slot = ref Known[HashOf(utf8) % Slots];
        if (slot is { } known && Ascii.Equals(utf8, known)) return known;
        return slot = reader.GetString()!;
    }

    /// <summary>Of the length, the first eight bytes and the last eight: names differ at their ends, commits anywhere.</summary>
    private static uint HashOf(ReadOnlySpan<byte> utf8)
    {
        var (first, last) = (0UL, 0UL);
        if (utf8.Length >= sizeof(ulong)) (first, last) = (MemoryMarshal.Read<ulong>(utf8), MemoryMarshal.Read<ulong>(utf8[^sizeof(ulong)..]));
        else foreach (var one in utf8) first = (first << 8) | one;
        var mixed = ((first * 0x9E3779B97F4A7C15) ^ BitOperations.RotateLeft(last, 29) ^ (ulong)utf8.Length) * 0xD6E8FEB86659FD93;
        return (uint)(mixed >> 32);
    }
}
