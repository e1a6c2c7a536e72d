using System.Text;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>Puts text from rows into Markdown so that it stays text: no markup, mention, link or closing word works in it.</summary>
internal static class Markdown
{
    // GitHub's renderer knows code spans with at most 80 backticks around them.
    private const int LongestKnownRun = 79;

    /// <summary>A code span for one line of text; also fit for a table's cell.</summary>
    /// <param name="text">Any text; of more than 79 backticks in a row the rest is left out.</param>
    /// <returns>The span, or nothing for an empty text.</returns>
    public static string Code(string text)
    {
        var line = Shortened(PlainText.Line(text));
        if (line.Length == 0) return string.Empty;
        var fence = new string('`', LongestRun(line) + 1);
        var pad = line[0] == '`' || line[^1] == '`' ? " " : string.Empty;
        return $"{fence}{pad}{line}{pad}{fence}".Replace("|", "\\|", StringComparison.Ordinal);
    }

    /// <summary>A fenced block.</summary>
    /// <param name="language">The fence's language.</param>
    /// <param name="text">Lines of text.</param>
    /// <returns>The block, its fence longer than any in the text.</returns>
    public static string Block(string language, string text)
    {
        var fence = new string('`', Math.Max(3, LongestRun(text) + 1));
        return $"{fence}{language}\n{text.TrimEnd('\n')}\n{fence}\n";
    }

    private static string Shortened(string line)
    {
        var shown = new StringBuilder(line.Length);
        var run = 0;
        foreach (var c in line)
        {
            run = c == '`' ? run + 1 : 0;
            if (run <= LongestKnownRun) shown.Append(c);
        }

        return shown.ToString();
    }

    private static int LongestRun(string text)
    {
        int longest = 0, run = 0;
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
