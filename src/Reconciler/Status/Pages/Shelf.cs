using System.Collections.Concurrent;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>A page as it is sent.</summary>
/// <param name="IsThere">Whether there is such a page; else it says that there is none.</param>
/// <param name="Bytes">What is sent.</param>
internal sealed record MadePage(bool IsThere, byte[] Bytes);

/// <summary>Pages that were made for the newest board, at most 256, so that many readers of one page cost one.</summary>
internal sealed class Shelf
{
    private const int Most = 256;
    private Contents now = new(string.Empty);

    /// <summary>A page, made once.</summary>
    /// <param name="edition">What it was made of; when that is another one, all others go.</param>
    /// <param name="key">Which page.</param>
    /// <param name="make">Makes it.</param>
    /// <returns>The page.</returns>
    public MadePage Of(string edition, string key, Func<MadePage> make)
    {
        var contents = Volatile.Read(ref now);
        if (contents.Edition != edition) Volatile.Write(ref now, contents = new Contents(edition));
        if (contents.Pages.TryGetValue(key, out var known)) return known;
        var made = make();
        if (made.IsThere && contents.Pages.Count < Most) contents.Pages[key] = made;
        return made;
    }

    private sealed record Contents(string Edition)
    {
        public ConcurrentDictionary<string, MadePage> Pages { get; } = new(StringComparer.Ordinal);
    }
}
