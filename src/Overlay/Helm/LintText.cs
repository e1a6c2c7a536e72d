using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Traps in the text around the values: what stands behind them, and line breaks that nobody sees.</summary>
internal static class LintText
{
    public const string RestIgnored = "rest-ignored";

    public static IEnumerable<LintFinding> Look(YamlDocument document, HelmVersion? version) =>
        Behind(document, version).Concat(HiddenBreaks(document));

    private static IEnumerable<LintFinding> Behind(YamlDocument document, HelmVersion? version)
    {
        if (document.RestStart >= document.Text.Length) yield break;
        if (FirstIgnored(document, version) is not { } offset) yield break;
        var (line, column) = document.PositionOf(offset);
        yield return new(
            RestIgnored,
            line,
            column,
            "text behind the end of the values",
            "nothing: Helm stops here",
            document.HasSeveralDocuments ? "Remove it, or put it above the line that ends the values" : "Indent it like the rest, or remove it")
        {
            Sentence = "Helm reads nothing from here on: the values end above",
        };
    }

    /// <summary>
    /// Where the text starts that is not read. Behind <c>...</c> all is ignored up to the next cut, and behind that cut by Helm 3;
    /// where no version is named, the second is found by reading the file both ways.
    /// </summary>
    private static int? FirstIgnored(YamlDocument document, HelmVersion? version)
    {
        if (!document.HasSeveralDocuments) return document.RestStart;
        var text = document.Text.Span;
        for (var start = document.RestStart; start < text.Length;)
        {
            var length = text[start..].IndexOfAny((byte)'\n', (byte)'\r');
            var line = length < 0 ? text[start..] : text.Slice(start, length);
            var isCut = line.StartsWith("---"u8);
            if (isCut && version is not { Major: 3 }) return null;
            var content = isCut || line.StartsWith("..."u8) ? line[3..].Trim(" \t"u8) : line.Trim(" \t"u8);
            if (!content.IsEmpty && content[0] != (byte)'#') return start + line.IndexOf(content[..1]);
            start += line.Length + 1;
        }

        return null;
    }

    /// <summary>U+0085, U+2028 and U+2029 end a line for Helm; behind them a comment is over, and editors show one line.</summary>
    private static List<LintFinding> HiddenBreaks(YamlDocument document)
    {
        var findings = new List<LintFinding>();
        var text = document.Text.Span;
        var entry = 0;
        for (var at = NextBreak(text, 0); at < document.RestStart; at = NextBreak(text, at + 2))
        {
            while (entry < document.Entries.Length && (document.Entries[entry].Kind is not YamlKind.Scalar || document.Entries[entry].End <= at)) entry++;
            if (entry < document.Entries.Length && document.Entries[entry].ContentStart <= at) continue;
            var width = text[at] == 0xC2 ? 2 : 3;
            var rest = text[(at + width)..].TrimStart(" \t"u8);
            if (rest.IsEmpty || rest[0] is (byte)'#' or (byte)'\n' or (byte)'\r' || IsBreak(rest)) continue;
            var name = width == 2 ? "U+0085" : text[at + 2] == 0xA8 ? "U+2028" : "U+2029";
            var (line, column) = document.PositionOf(at);
            findings.Add(new("hidden-line-break", line, column, name, "a line break", "Remove it, or make it a line break that editors show")
            {
                Sentence = $"The invisible character {name} ends the line for Helm: what follows it is no comment",
            });
        }

        return findings;
    }

    private static int NextBreak(ReadOnlySpan<byte> text, int from)
    {
        for (var at = from; at < text.Length; at++)
            if (text[at] is 0xC2 or 0xE2 && IsBreak(text[at..]))
                return at;
        return text.Length;
    }

    private static bool IsBreak(ReadOnlySpan<byte> text) =>
        text.StartsWith((ReadOnlySpan<byte>)[0xC2, 0x85]) || (text.Length > 2 && text[0] == 0xE2 && text[1] == 0x80 && text[2] is 0xA8 or 0xA9);
}
