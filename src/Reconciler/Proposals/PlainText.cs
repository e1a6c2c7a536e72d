using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>Makes text from rows harmless for one line: no breaks, control, bidi or other invisible characters.</summary>
internal static partial class PlainText
{
    private const int Longest = 300;

    /// <summary>One line of visible text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text with breaks and blanks folded to one space, invisible characters dropped, at most 300 characters.</returns>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control) Space(line);
            else if (IsVisible(rune)) line.Append(rune);
        }

        var folded = line.ToString().Trim();
        return folded.Length <= Longest ? folded : string.Concat(folded.AsSpan(0, Whole(folded)), "…");
    }

    /// <summary>
    /// One line of visible text that no forge takes for an order: a closing word is parted from what it would close by a comma, and
    /// a mention from its name by a blank. For commit messages, which know no code spans.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <returns>The line; an e-mail address, and a ticket's number alone, stay as they are.</returns>
    public static string Quiet(string text) => Mention().Replace(ClosingWord().Replace(Line(text), "${word}, "), "@ ");

    [GeneratedRegex(@"(?<word>\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?))\s*:?\s+(?=(?:[\w.-]+/[\w.-]+)?#\d|GH-\d|https?:)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClosingWord();

    [GeneratedRegex(@"(?<![\w.+-])@(?=\w)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mention();

    private static void Space(StringBuilder line)
    {
        if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static int Whole(string text) => char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
}
