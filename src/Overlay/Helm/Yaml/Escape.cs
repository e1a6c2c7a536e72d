using System.Text;

namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Backslash escapes of double-quoted text.</summary>
internal static class Escape
{
    /// <summary>Reads one escape; a backslash at a line's end takes the break with it.</summary>
    /// <param name="cursor">On the backslash.</param>
    /// <param name="sink">Gets the character.</param>
    /// <returns>What is wrong.</returns>
    public static Fault Read(ref Cursor cursor, in ByteSink sink)
    {
        cursor.SkipAscii(1);
        if (cursor.AtBreak)
        {
            cursor.SkipBreak();
            return Fault.None;
        }

        var letter = cursor.Current;
        var digits = letter switch { (byte)'x' => 2, (byte)'u' => 4, (byte)'U' => 8, _ => 0 };
        if (digits > 0) return ReadHex(ref cursor, sink, digits);
        var meaning = Meaning(letter);
        if (meaning < 0) return Fault.BadEscape;
        cursor.SkipAscii(1);
        sink.Write(new Rune(meaning));
        return Fault.None;
    }

    private static Fault ReadHex(ref Cursor cursor, in ByteSink sink, int digits)
    {
        cursor.SkipAscii(1);
        var value = 0L;
        for (var i = 0; i < digits; i++)
        {
            var digit = Characters.HexValue(cursor.Peek(i));
            if (digit < 0) return Fault.BadEscape;
            value = (value << 4) + digit;
        }

        if (value > 0x10FFFF || !Rune.IsValid((int)value)) return Fault.BadEscape;
        cursor.SkipAscii(digits);
        sink.Write(new Rune((int)value));
        return Fault.None;
    }

    private static int Meaning(byte letter) => letter switch
    {
        (byte)'0' => 0,
        (byte)'a' => 7,
        (byte)'b' => 8,
        (byte)'t' or (byte)'\t' => 9,
        (byte)'n' => 10,
        (byte)'v' => 11,
        (byte)'f' => 12,
        (byte)'r' => 13,
        (byte)'e' => 27,
        (byte)' ' or (byte)'"' or (byte)'\'' or (byte)'\\' => letter,
        (byte)'N' => 0x85,
        (byte)'_' => 0xA0,
        (byte)'L' => 0x2028,
        (byte)'P' => 0x2029,
        _ => -1,
    };
}
