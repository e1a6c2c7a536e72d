namespace OdooSky.GitOps.Bench;

/// <summary>The page of figures in docs/, whose measured parts stand between two comments and are replaced as a whole.</summary>
internal static class Publication
{
    /// <summary>Where plots are kept.</summary>
    public static string Plots => Path.Combine(Docs(), "reference", "figures");

    /// <summary>Replaces one part of the page.</summary>
    /// <param name="name">The part's name: the command that prints it.</param>
    /// <param name="text">Markdown.</param>
    public static void Replace(string name, string text)
    {
        var page = Path.Combine(Docs(), "reference", "figures.md");
        var old = File.ReadAllText(page);
        string begin = $"<!-- {name} -->\n", end = $"<!-- end of {name} -->";
        int from = old.IndexOf(begin, StringComparison.Ordinal) + begin.Length, to = old.IndexOf(end, StringComparison.Ordinal);
        if (from < begin.Length || to < from) throw new InvalidOperationException($"{page} has no part for {name}.");
        File.WriteAllText(page, $"{old[..from]}\n{text.Trim()}\n\n{old[to..]}");
    }

    private static string Docs()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "docs", "reference", "figures.md")))
                return Path.Combine(folder.FullName, "docs");
        throw new InvalidOperationException("There is no docs/reference/figures.md above the program.");
    }
}
