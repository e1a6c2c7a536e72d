namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Finds what somebody meant who mistyped a key, a word or a code.</summary>
public static class NearestWord
{
    /// <summary>The known word with the fewest edits from what was written; letter case is no edit.</summary>
    /// <param name="written">What was written, of any length.</param>
    /// <param name="known">The words that would have been right; of equally near ones the first wins.</param>
    /// <returns>The word, or null when none is near: at most a third of its letters may differ, and at least one may.</returns>
    public static string? Of(string written, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        string? nearest = null;
        var fewest = int.MaxValue;
        foreach (var word in known)
        {
            if (Math.Abs(word.Length - written.Length) > word.Length) continue;
            var edits = Edits(written.ToUpperInvariant(), word.ToUpperInvariant());
            if (edits > Math.Max(1, word.Length / 3) || edits >= fewest) continue;
            (nearest, fewest) = (word, edits);
        }

        return nearest;
    }

    /// <summary>A remedy for an unknown word: the nearest one, or all there are.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="known">The words that would have been right.</param>
    /// <returns>One sentence.</returns>
    public static string Remedy(string written, IReadOnlyCollection<string> known) =>
        Of(written, known) is { } near ? $"Did you mean {near}?" : $"Known here: {string.Join(", ", known)}.";

    // Levenshtein's distance, and two neighbours that changed places count as one edit.
    private static int Edits(string left, string right)
    {
        var (before, above) = (new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++) above[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, above) = (above, row);
        }

        return above[right.Length];
    }
}
