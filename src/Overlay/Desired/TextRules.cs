using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>What may stand in a text that reaches an overlay, a commit, a branch name or a page.</summary>
internal static class TextRules
{
    public const int MaximumContainerName = 63;
    private const int MaximumAddonCode = 128;
    private const int MaximumLabel = 63;
    private const int MaximumTag = 128;

    private static readonly SearchValues<char> WordCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    private static readonly SearchValues<char> TagCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

    private static readonly SearchValues<char> NeverInImages = SearchValues.Create(" {}\"'<>");

    private static readonly SearchValues<char> SourceCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    // Embeddings, overrides and isolates: they let a text look like another one.
    public static bool TurnsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    public static char? FirstControl(string text, bool lines)
    {
        foreach (var c in text)
            if (TurnsDirection(c) || (char.IsControl(c) && !(lines && c is '\n' or '\t'))) return c;
        return null;
    }

    public static bool IsSource(string text) =>
        text.Length > 0 && char.IsAsciiLetterLower(text[0]) && !text.AsSpan().ContainsAnyExcept(SourceCharacters);

    public static bool IsAddonCode(string text) =>
        text.Length is > 0 and <= MaximumAddonCode && char.IsAsciiLetterOrDigit(text[0]) && !text.AsSpan().ContainsAnyExcept(WordCharacters);

    // Kubernetes' label form, and what Git takes as a part of a branch name.
    public static bool IsLabel(string text) =>
        text.Length is > 0 and <= MaximumLabel
        && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && !text.AsSpan().ContainsAnyExcept(TagCharacters)
        && !text.Contains("..", StringComparison.Ordinal) && !text.EndsWith(".lock", StringComparison.Ordinal);

    public static bool IsTag(string text) =>
        text.Length is > 0 and <= MaximumTag && text[0] is not ('.' or '-') && !text.AsSpan().ContainsAnyExcept(TagCharacters);

    public static bool IsImage(string text) => !text.AsSpan().ContainsAny(NeverInImages);

    // DNS-1123, as Kubernetes demands of a container's name.
    public static bool IsContainerName(string text) =>
        text.Length is > 0 and <= MaximumContainerName && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    // A reason may stand on several lines of YAML; it is one line wherever it goes.
    public static string OneLine(string text) =>
        string.Join(' ', text.Split(['\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public static string Name(char c) => string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");

    // What was written, short enough and clean enough for a message.
    public static string Quote(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text.AsSpan()[..Math.Min(text.Length, 60)])
            shown.Append(char.IsControl(c) || TurnsDirection(c) ? Name(c) : c);
        return text.Length > 60 ? $"\"{shown}...\"" : $"\"{shown}\"";
    }

    public static string List(IEnumerable<string> words) => string.Join(", ", words.ToImmutableArray());
}
