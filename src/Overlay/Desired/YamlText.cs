using System.Buffers;
using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Writes scalars that Helm reads back as the same text or number.</summary>
internal static class YamlText
{
    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./@");

    private static readonly HashSet<string> Words =
        new(StringComparer.OrdinalIgnoreCase) { "y", "yes", "n", "no", "on", "off", "true", "false", "null" };

    /// <summary>Plain only where no reader sees anything but text; in double quotes otherwise.</summary>
    public static string Of(string text) => IsPlain(text) ? text : Quoted(text);

    /// <summary>A number with all its digits; a minus before zero is kept.</summary>
    public static string Of(double number) =>
        number == 0 && double.IsNegative(number) ? "-0.0" : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Whether a plain scalar of this text is text to every reader; false where that takes a closer look.</summary>
    public static bool IsPlain(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && !text.AsSpan().ContainsAnyExcept(PlainCharacters) && !Words.Contains(text);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '"' or '\\') quoted.Append('\\').Append((char)rune.Value);
            else if (rune.Value == '\n') quoted.Append("\\n");
            else if (rune.Value == '\t') quoted.Append("\\t");
            else if (MustEscape(rune.Value)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            else quoted.Append(rune.ToString());
        return quoted.Append('"').ToString();
    }

    // What YAML forbids raw, what it breaks lines at, and what only begins a file.
    private static bool MustEscape(int rune) =>
        rune is < 0x20 or (>= 0x7F and < 0xA0) or 0x2028 or 0x2029 or 0xFEFF or 0xFFFE or 0xFFFF;
}
