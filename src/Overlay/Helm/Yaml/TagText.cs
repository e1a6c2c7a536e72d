using System.Buffers;
using System.Text;

namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Tags: <c>!!int</c>, <c>!local</c>, <c>!handle!suffix</c>, <c>!&lt;uri&gt;</c>, <c>!</c>.</summary>
internal static class TagText
{
    private const int WidthUnknown = -1;

    /// <summary>Reads a tag and looks at its form only.</summary>
    /// <param name="cursor">On the exclamation mark; afterwards behind the tag.</param>
    /// <returns>What is wrong.</returns>
    public static Fault Skip(ref Cursor cursor)
    {
        bool isWhole;
        if (cursor.Peek(1) == (byte)'<')
        {
            cursor.SkipAscii(2);
            isWhole = SkipUri(ref cursor, 1) && cursor.Current == (byte)'>';
            if (isWhole) cursor.SkipAscii(1);
        }
        else
        {
            isWhole = SkipUri(ref cursor, SkipHandle(ref cursor) ? 1 : 0);
        }

        return isWhole && cursor.IsBlankBreakOrEnd(cursor.Position) ? Fault.None : Fault.BadTag;
    }

    /// <summary>Over <c>!</c>, <c>!!</c> or <c>!name!</c>.</summary>
    /// <param name="cursor">On the exclamation mark.</param>
    /// <returns>Whether a second mark closed the handle.</returns>
    public static bool SkipHandle(ref Cursor cursor)
    {
        cursor.SkipAscii(1);
        while (Characters.IsWord(cursor.Current)) cursor.SkipAscii(1);
        if (cursor.Current != (byte)'!') return false;
        cursor.SkipAscii(1);
        return true;
    }

    /// <summary>Over the characters a tag may have.</summary>
    /// <param name="cursor">On the first of them.</param>
    /// <param name="least">How many there must be.</param>
    /// <returns>Whether the form is right.</returns>
    public static bool SkipUri(ref Cursor cursor, int least)
    {
        var start = cursor.Position;
        while (IsUri(cursor.Current))
        {
            if (cursor.Current != (byte)'%') cursor.SkipAscii(1);
            else if (!SkipEscapes(ref cursor)) return false;
        }

        return cursor.Position - start >= least;
    }

    /// <summary>The text of a form that was skipped before.</summary>
    public static string Decode(ReadOnlySpan<byte> uri)
    {
        if (!uri.Contains((byte)'%')) return Encoding.UTF8.GetString(uri);
        var bytes = new ArrayBufferWriter<byte>(uri.Length);
        for (var i = 0; i < uri.Length; i++)
        {
            var value = uri[i];
            if (value == (byte)'%')
            {
                value = (byte)((Characters.HexValue(uri[i + 1]) << 4) + Characters.HexValue(uri[i + 2]));
                i += 2;
            }

            bytes.Write([value]);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static bool IsUri(byte value) =>
        Characters.IsWord(value) || ";/?:@&=+$,.!~*'()[]%"u8.Contains(value);

    /// <summary>The escapes of one character must stand together: its first byte says how many.</summary>
    private static bool SkipEscapes(ref Cursor cursor)
    {
        for (var left = WidthUnknown; left != 0; left--)
        {
            int high = Characters.HexValue(cursor.Peek(1)), low = Characters.HexValue(cursor.Peek(2));
            if (cursor.Current != (byte)'%' || high < 0 || low < 0) return false;
            var value = (high << 4) + low;
            if (left == WidthUnknown) left = WidthOf(value);
            else if ((value & 0xC0) != 0x80) return false;
            if (left == WidthUnknown) return false;
            cursor.SkipAscii(3);
        }

        return true;
    }

    private static int WidthOf(int value) => value switch
    {
        < 0x80 => 1,
        >= 0xC0 and < 0xE0 => 2,
        >= 0xE0 and < 0xF0 => 3,
        >= 0xF0 and < 0xF8 => 4,
        _ => WidthUnknown,
    };
}
