using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>A file of the wish as it stands in a tree.</summary>
/// <param name="PathInFolder">Its path below the folder of the wish.</param>
/// <param name="Path">Its path in the repository, as problems print it.</param>
/// <param name="Blob">Its blob id.</param>
internal sealed record DesiredEntry(string PathInFolder, string Path, string Blob);

/// <summary>The wish from a folder of YAML files. A file that was read once is not read again while its blob id stays.</summary>
internal sealed class DesiredFiles
{
    private readonly CompletionMemory completions = new();
    private Dictionary<(string Path, string Blob), InstanceFile> instances = [];
    private (DesiredEntry Entry, CatalogFile File)? catalog;
    private (DesiredEntry[] Entries, DesiredRules Rules, DesiredState State)? combined;

    /// <summary>The instance files that the last reading used.</summary>
    public IReadOnlyCollection<InstanceFile> Files => instances.Values;

    /// <summary>Takes files as an earlier process read them.</summary>
    /// <param name="files">The files.</param>
    public void Recall(IReadOnlyList<InstanceFile> files)
    {
        foreach (var file in files) instances.TryAdd((file.Path, file.BlobId), file);
    }

    /// <summary>Whether a file's text is needed.</summary>
    /// <param name="entry">The file.</param>
    /// <returns>False when it was read before, or when its text does not matter.</returns>
    public bool Needs(DesiredEntry entry) => DesiredFolder.KindOf(entry.PathInFolder) switch
    {
        DesiredFileKind.Instance => !instances.ContainsKey((entry.Path, entry.Blob)),
        DesiredFileKind.Catalog => catalog?.Entry != entry,
        _ => false,
    };

    /// <summary>Begins to read instance files before all of them are there.</summary>
    /// <param name="entries">All files below the folder.</param>
    /// <returns>Where their texts are to be put as they come.</returns>
    public DesiredAhead Ahead(IEnumerable<DesiredEntry> entries) =>
        new(entries.Where(entry => DesiredFolder.KindOf(entry.PathInFolder) == DesiredFileKind.Instance && Needs(entry)));

    /// <summary>Keeps what was read ahead, for <see cref="Read"/>.</summary>
    /// <param name="ahead">All that was begun.</param>
    /// <returns>A task.</returns>
    public async Task TakeAsync(DesiredAhead ahead)
    {
        foreach (var file in await ahead.EndAsync()) instances[(file.Path, file.BlobId)] = file;
    }

    /// <summary>Reads the wish.</summary>
    /// <param name="entries">All files below the folder.</param>
    /// <param name="text">Gives a blob's bytes.</param>
    /// <param name="rules">What the settings say.</param>
    /// <returns>The wish with all its problems.</returns>
    public DesiredState Read(IReadOnlyCollection<DesiredEntry> entries, Func<string, ReadOnlyMemory<byte>> text, DesiredRules rules)
    {
        if (combined is { } known && known.Rules.SaysTheSameAs(rules) && entries.SequenceEqual(known.Entries)) return known.State;
        var files = entries.AsParallel().AsOrdered().Select(entry => InstanceOf(entry, text)).OfType<InstanceFile>().ToList();
        instances = files.Where(file => file.BlobId.Length > 0).ToDictionary(file => (file.Path, file.BlobId));
        var state = DesiredState.Combine(files, CatalogOf(entries, text), rules, completions);
        combined = ([.. entries], rules, state);
        return state;
    }

    private InstanceFile? InstanceOf(DesiredEntry entry, Func<string, ReadOnlyMemory<byte>> text) =>
        DesiredFolder.KindOf(entry.PathInFolder) switch
        {
            DesiredFileKind.Instance => instances.TryGetValue((entry.Path, entry.Blob), out var known)
                ? known
                : InstanceFile.Read(entry.Path, text(entry.Blob), entry.Blob),
            DesiredFileKind.Misplaced => InstanceFile.Misplaced(entry.Path),
            _ => null,
        };

    private CatalogFile? CatalogOf(IEnumerable<DesiredEntry> entries, Func<string, ReadOnlyMemory<byte>> text)
    {
        var entry = entries.FirstOrDefault(entry => DesiredFolder.KindOf(entry.PathInFolder) == DesiredFileKind.Catalog);
        if (entry is null) return null;
        if (catalog?.Entry != entry) catalog = (entry, CatalogFile.Read(entry.Path, text(entry.Blob), entry.Blob));
        return catalog?.File;
    }
}
