using System.Buffers;
using System.Text;

namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Which bytes a YAML text may hold: strict UTF-8 of the code points that YAML 1.1 calls printable.</summary>
internal static class Characters
{
    private const int ByteOrderMark = 0xFEFF;

    /// <summary>Bytes of a character by its first byte; the text is known to be valid.</summary>
    public static int Width(byte first) => first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    public static bool IsWord(byte value) =>
        value is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (byte)'_' or (byte)'-';

    public static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexValue(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        _ => -1,
    };

    /// <summary>Looks at every character.</summary>
    /// <param name="text">Without a byte order mark at its start.</param>
    /// <param name="offset">Of the first byte that is not allowed, or the text's length.</param>
    /// <returns>What is wrong there.</returns>
    public static Fault Check(ReadOnlySpan<byte> text, out int offset)
    {
        offset = 0;
        while (true)
        {
            var run = text[offset..].IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E);
            if (run < 0) break;
            offset += run;
            var fault = CheckOne(text[offset..], out var width);
            if (fault is not Fault.None) return fault;
            offset += width;
        }

        offset = text.Length;
        return Fault.None;
    }

    private static Fault CheckOne(ReadOnlySpan<byte> text, out int width)
    {
        width = 1;
        if (text[0] is (byte)'\n' or (byte)'\r' or (byte)'\t') return Fault.None;
        if (Rune.DecodeFromUtf8(text, out var rune, out width) != OperationStatus.Done) return Fault.NotUtf8;
        if (rune.Value == ByteOrderMark) return Fault.ByteOrderMark;
        return rune.Value is 0x85 or >= 0xA0 and not 0xFFFE and not 0xFFFF ? Fault.None : Fault.BadCharacter;
    }
}
