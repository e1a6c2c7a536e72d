namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>What a text was read into. The arrays are rented: dispose of it.</summary>
internal struct YamlTable()
{
    private PooledList<YamlEntry> entries = new(512);

    public List<YamlProperties>? Properties { get; set; }

    /// <summary>Whether an alias stands somewhere.</summary>
    public bool HasAliases { get; set; }

    /// <summary>Whether there is a root: else the text holds only blanks and comments.</summary>
    public readonly bool HasRoot => entries.Count > 0;

    /// <summary>Where the text behind the root starts; the text's length when nothing is there.</summary>
    public int RestStart { get; set; }

    public bool HasSeveralDocuments { get; set; }

    public readonly int Count => entries.Count;

    public readonly ReadOnlySpan<YamlEntry> Entries => entries.Span;

    public readonly ref YamlEntry this[int index] => ref entries[index];

    public int Add(in YamlEntry entry)
    {
        entries.Add(entry);
        return entries.Count - 1;
    }

    public int AddProperties(YamlProperties properties)
    {
        Properties ??= [];
        Properties.Add(properties);
        return Properties.Count - 1;
    }

    public readonly void Release() => entries.Release();
}
