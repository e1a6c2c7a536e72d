using System.Buffers;
using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>
/// Writes scalars so that Helm reads the same value back. Texts are always double-quoted, with the escapes that goyaml v2
/// knows: no <c>\/</c>, and characters beyond U+FFFF raw, because it refuses escaped surrogates.
/// </summary>
internal static class ScalarWriter
{
    // What YAML 1.1 reads as something else than text when it stands unquoted as a key.
    private static readonly SearchValues<string> Words =
        SearchValues.Create(["y", "n", "yes", "no", "on", "off", "true", "false", "null"], StringComparison.OrdinalIgnoreCase);

    public static string Of(HelmValue scalar) => scalar switch
    {
        HelmText text => Quoted(text.Value),
        HelmBoolean boolean => boolean.Value ? "true" : "false",
        HelmNumber number => Number(number.Value),
        HelmInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        _ => "null",
    };

    /// <summary>A key: plain where it is a word that can't be read as anything else.</summary>
    public static string Key(string key, bool quoted) => quoted || !IsPlainWord(key) ? Quoted(key) : key;

    public static string Quoted(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
            if (Escape(c) is { } escape) result.Append(escape);
            else result.Append(c);
        return result.Append('"').ToString();
    }

    /// <summary>Whether an unquoted scalar is this text, for YAML 1.1 and for any reader.</summary>
    public static bool IsPlainWord(string key) =>
        key.Length > 0
        && (char.IsAsciiLetter(key[0]) || key[0] == '_')
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
        && !Words.Contains(key);

    private static string Number(double value)
    {
        // Helm reads -0 as the integer 0, and all other numbers as Go's JSON writes them.
        var text = Encoding.UTF8.GetString(GoJson.Write(new HelmNumber(value)));
        return text == "-0" ? "-0.0" : text;
    }

    private static string? Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\0' => "\\0",
        '\a' => "\\a",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\v' => "\\v",
        '\f' => "\\f",
        '\r' => "\\r",
        '\e' => "\\e",
        '\u0085' => "\\N",
        '\u2028' => "\\L",
        '\u2029' => "\\P",
        _ when NeedsNumber(c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
        _ => null,
    };

    // Control characters, the byte order mark, non-characters, and what turns the reading direction: a reviewer must see it.
    private static bool NeedsNumber(char c) =>
        char.IsControl(c) || c is '\uFEFF' or '\uFFFE' or '\uFFFF' or '\u200E' or '\u200F' or '\u061C'
            or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
