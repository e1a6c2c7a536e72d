namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>A revision as a person names it: an id (or its start), a branch, a full ref; with <c>~1</c> or <c>^2</c> after it.</summary>
internal static class Revision
{
    private const int ShortestId = 4;

    /// <summary>The names to look for in the cache, most exact first; none when the text can't be a revision.</summary>
    public static IReadOnlyList<string> NamesOf(string revision)
    {
        var end = revision.IndexOfAny(['~', '^']);
        var (name, steps) = end < 0 ? (revision, "") : (revision[..end], revision[end..]);
        if (!steps.All(c => c is '~' or '^' || char.IsAsciiDigit(c)))
        {
            return [];
        }

        var isId = name.Length is >= ShortestId and <= 64 && name.All(char.IsAsciiHexDigitLower);
        return [.. new[] { RefName.TryParse(name)?.InCache, RefName.TryBranch(name)?.InCache, isId ? name : null }
            .OfType<string>().Select(found => $"{found}{steps}^{{commit}}")];
    }
}
