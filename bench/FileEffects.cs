namespace OdooSky.GitOps.Bench;

/// <summary>What a job did to the files beyond what it was asked for.</summary>
/// <param name="Files">How many files it changed.</param>
/// <param name="Lines">Lines that are gone or new, over all files; the wish is one of each in each file.</param>
/// <param name="Untouched">Files whose bytes around the changed version are all as they were.</param>
/// <param name="Comments">Comments that are left of those before.</param>
/// <param name="Quoted">Quoted scalars that are left of those before.</param>
internal sealed record FileEffects(int Files, int Lines, int Untouched, (int Left, int Before) Comments, (int Left, int Before) Quoted)
{
    /// <summary>Compares folders file by file.</summary>
    /// <param name="before">The overlays' folder before.</param>
    /// <param name="after">The same after the job.</param>
    /// <param name="old">The text that was to be replaced, once in each file.</param>
    /// <param name="now">The text to replace it by.</param>
    public static FileEffects Between(string before, string after, string old, string now)
    {
        var sum = new FileEffects(0, 0, 0, (0, 0), (0, 0));
        foreach (var file in Directory.EnumerateFiles(before, "*.yaml", SearchOption.AllDirectories))
        {
            var (was, became) = (File.ReadAllText(file), File.ReadAllText(Path.Combine(after, Path.GetRelativePath(before, file))));
            sum = sum.And(was, became, was.Replace(old, now, StringComparison.Ordinal));
        }

        return sum;
    }

    private FileEffects And(string was, string became, string wished) => new(
        Files + (was == became ? 0 : 1),
        Lines + Differences(was.Split('\n'), became.Split('\n')),
        Untouched + (became == wished ? 1 : 0),
        (Comments.Left + Count(became, '#'), Comments.Before + Count(was, '#')),
        (Quoted.Left + (Count(became, '"') / 2), Quoted.Before + (Count(was, '"') / 2)));

    private static int Count(string text, char sign) => text.Count(each => each == sign);

    // Lines in one and not in the other, counted; good enough where lines are not moved about.
    private static int Differences(string[] one, string[] other)
    {
        var left = one.GroupBy(line => line, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var fresh = 0;
        foreach (var line in other)
        {
            if (left.GetValueOrDefault(line) > 0) left[line]--;
            else fresh++;
        }

        return left.Values.Sum() + fresh;
    }
}
