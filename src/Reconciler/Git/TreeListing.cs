using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Git;

internal enum EntryKind
{
    File,
    Executable,
    Symlink,

    /// <summary>A submodule's commit.</summary>
    Gitlink,

    /// <summary>A mode that git writes no longer, or not yet.</summary>
    Unknown,
}

/// <summary>One entry that is not a folder.</summary>
internal sealed record TreeEntry(string Path, EntryKind Kind, ObjectId Id)
{
    public bool IsRegular => Kind is EntryKind.File or EntryKind.Executable;
}

/// <summary>All entries of a tree or of a part of it, in git's order (by bytes).</summary>
internal sealed class TreeListing
{
    private readonly Dictionary<string, TreeEntry> _byPath;
    private readonly Lazy<Dictionary<string, string?>> _spellings;

    public TreeListing(ImmutableArray<TreeEntry> entries)
    {
        Entries = entries;
        _byPath = new Dictionary<string, TreeEntry>(entries.Length, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            // Names that are not UTF-8 may read alike; the first stands for them.
            _byPath.TryAdd(entry.Path, entry);
        }

        _spellings = new Lazy<Dictionary<string, string?>>(FindSpellings);
    }

    public ImmutableArray<TreeEntry> Entries { get; }

    public TreeEntry? Find(RepositoryPath path) => _byPath.GetValueOrDefault(path.Text);

    /// <summary>
    /// Why a file must not be read or written at this path, or null when it may: an entry on the way is a link, a submodule or a file,
    /// or differs from another by letter case alone.
    /// </summary>
    public string? ObstacleAt(RepositoryPath path)
    {
        for (var end = path.Text.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.Text.IndexOf('/', end + 1))
        {
            if (_byPath.TryGetValue(path.Text[..end], out var onTheWay))
            {
                return $"{onTheWay.Path} is {Describe(onTheWay.Kind)} where a folder should be";
            }
        }

        return Find(path) is { IsRegular: false } entry ? $"{entry.Path} is {Describe(entry.Kind)}"
            : TwinOf(path) is { } twin ? twin
            : !_byPath.ContainsKey(path.Text) && _spellings.Value.ContainsKey(path.Text) ? $"{path} is a folder"
            : null;
    }

    private string? TwinOf(RepositoryPath path)
    {
        foreach (var part in Prefixes(path.Text, 0))
        {
            if (_spellings.Value.TryGetValue(part, out var spelling) && !string.Equals(spelling, part, StringComparison.Ordinal))
            {
                return spelling is null ? $"{part} stands there in several spellings that differ by letter case alone"
                    : $"{part} differs by letter case alone from {spelling}";
            }
        }

        return null;
    }

    // Every file and folder by its name in any case, to its one spelling, or to null when there are several.
    private Dictionary<string, string?> FindSpellings()
    {
        var spellings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var before = string.Empty;
        foreach (var entry in Entries)
        {
            // Neighbours share their folders, which were seen with the first of them.
            foreach (var part in Prefixes(entry.Path, entry.Path.AsSpan().CommonPrefixLength(before)))
            {
                if (!spellings.TryAdd(part, part) && !string.Equals(spellings[part], part, StringComparison.Ordinal))
                {
                    spellings[part] = null;
                }
            }

            before = entry.Path;
        }

        return spellings;
    }

    // The path and its folders, but for those whose slash lies before a place.
    private static IEnumerable<string> Prefixes(string path, int from)
    {
        for (var end = path.IndexOf('/', from); end >= 0; end = path.IndexOf('/', end + 1))
        {
            yield return path[..end];
        }

        yield return path;
    }

    private static string Describe(EntryKind kind) => kind switch
    {
        EntryKind.Symlink => "a symbolic link",
        EntryKind.Gitlink => "a submodule",
        EntryKind.File or EntryKind.Executable => "a file",
        _ => "an entry of unknown kind",
    };
}
