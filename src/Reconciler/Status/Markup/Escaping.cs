using System.Buffers;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Status.Markup;

/// <summary>Makes any text harmless in HTML, as text and between quotes.</summary>
internal static class Escaping
{
    /// <summary>Stands for what must not be seen: control characters, and those that turn the direction of what follows.</summary>
    private const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. "&<>\"'", .. Enumerable.Range(0, 32).Select(i => (char)i).Where(c => c is not ('\n' or '\t')), .. Enumerable.Range(0x7F, 33).Select(i => (char)i), .. "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"]);

    /// <summary>Appends a text.</summary>
    /// <param name="to">Where.</param>
    /// <param name="value">The text.</param>
    public static void Append(StringBuilder to, ReadOnlySpan<char> value)
    {
        for (var rest = value; ;)
        {
            var at = rest.IndexOfAny(Special);
            to.Append(at < 0 ? rest : rest[..at]);
            if (at < 0) return;
            Append(to, rest[at]);
            rest = rest[(at + 1)..];
        }
    }

    private static void Append(StringBuilder to, char c) => _ = c switch
    {
        '&' => to.Append("&amp;"),
        '<' => to.Append("&lt;"),
        '>' => to.Append("&gt;"),
        '"' => to.Append("&quot;"),
        '\'' => to.Append("&#39;"),
        _ => to.Append(Replacement),
    };
}
