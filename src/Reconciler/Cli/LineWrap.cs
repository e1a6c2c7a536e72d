namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>
/// Breaks a line that is wider than the terminal at blanks, and lets what follows begin where the line's last column does, so that a
/// table stays one. A word that is too long is left whole: an address that is cut is none.
/// </summary>
internal static class LineWrap
{
    private const int Indent = 2;

    /// <summary>Breaks a line.</summary>
    /// <param name="line">One line; what holds line breaks is a document, and left as it is.</param>
    /// <param name="width">Columns of the terminal, or null: then nothing is broken.</param>
    /// <returns>One line or more.</returns>
    public static IEnumerable<string> At(string line, int? width)
    {
        if (width is not { } most || line.Length <= most || line.Contains('\n', StringComparison.Ordinal)) return [line];
        var hang = new string(' ', HangOf(line, most));
        var lines = new List<string>();
        for (var rest = line; ;)
        {
            var cut = CutOf(rest, most, lines.Count == 0 ? LeadOf(rest) : hang.Length);
            lines.Add((cut < 0 ? rest : rest[..cut]).TrimEnd());
            if (cut < 0) return lines;
            rest = hang + rest[cut..].TrimStart();
        }
    }

    private static int LeadOf(string line) => line.Length - line.AsSpan().TrimStart().Length;

    // The last blank that still fits, else the first one after; none: the rest is one word.
    private static int CutOf(string line, int most, int start)
    {
        if (line.Length <= most) return -1;
        var last = line.LastIndexOf(' ', most);
        return last > start ? last : line.IndexOf(' ', Math.Max(start, most));
    }

    // Columns are two blanks apart, or more.
    private static int HangOf(string line, int most)
    {
        var lead = LeadOf(line);
        for (var i = Math.Min(most / 2, line.Length - 1); i > lead + 1; i--)
            if (line[i] != ' ' && line[i - 1] == ' ' && line[i - 2] == ' ') return i;
        return lead + Indent;
    }
}
