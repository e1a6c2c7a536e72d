using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Strings as Go's encoding/json writes them, safe for HTML.</summary>
internal static class JsonText
{
    /// <summary>Writes a quoted string.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="json">Gets the string.</param>
    public static void Write(ReadOnlySpan<byte> text, ref PooledList<byte> json)
    {
        json.Add((byte)'"');
        while (true)
        {
            var plain = 0;
            while (plain < text.Length && !NeedsEscape(text, plain)) plain++;
            json.AddRange(text[..plain]);
            if (plain == text.Length) break;
            text = text[plain..];
            text = text[WriteEscape(text, ref json)..];
        }

        json.Add((byte)'"');
    }

    private static bool NeedsEscape(ReadOnlySpan<byte> text, int at) => text[at] switch
    {
        < 0x20 or (byte)'"' or (byte)'\\' or (byte)'<' or (byte)'>' or (byte)'&' => true,
        0xE2 => text[at + 1] == 0x80 && text[at + 2] is 0xA8 or 0xA9,
        _ => false,
    };

    private static int WriteEscape(ReadOnlySpan<byte> text, ref PooledList<byte> json)
    {
        var first = text[0];
        if (first == 0xE2)
        {
            json.AddRange(text[2] == 0xA8 ? "\\u2028"u8 : "\\u2029"u8);
            return 3;
        }

        var letter = Letter(first);
        json.Add((byte)'\\');
        if (letter != 0)
        {
            json.Add(letter);
            return 1;
        }

        json.AddRange("u00"u8);
        json.Add("0123456789abcdef"u8[first >> 4]);
        json.Add("0123456789abcdef"u8[first & 15]);
        return 1;
    }

    private static byte Letter(byte value) => value switch
    {
        (byte)'"' or (byte)'\\' => value,
        8 => (byte)'b',
        9 => (byte)'t',
        10 => (byte)'n',
        12 => (byte)'f',
        13 => (byte)'r',
        _ => 0,
    };
}
