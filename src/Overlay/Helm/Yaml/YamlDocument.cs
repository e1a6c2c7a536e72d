using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>
/// A YAML text as Helm's parser reads it: its first document, with the place of every node. Offsets count bytes. Immutable.
/// </summary>
public sealed class YamlDocument
{
    private readonly YamlEntry[] entries;
    private readonly ImmutableArray<YamlProperties> properties;
    private readonly TextPlaces places;

    private YamlDocument(ReadOnlyMemory<byte> text, in YamlTable table)
    {
        Text = text;
        places = new(text);
        entries = table.Entries.ToArray();
        properties = table.Properties is null ? [] : [.. table.Properties];
        RestStart = table.RestStart;
        HasSeveralDocuments = table.HasSeveralDocuments;
    }

    /// <summary>The whole text.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>The first document's node; null when the text holds only blanks and comments.</summary>
    public YamlNode? Root => entries.Length == 0 ? null : new YamlNode(this, 0);

    /// <summary>
    /// Where Helm's parser stopped looking; the text's length when all was read, that is when only blanks, comments and
    /// <c>...</c> stand behind the root.
    /// </summary>
    public int RestStart { get; }

    /// <summary>Whether <c>---</c> or <c>...</c> stands behind the root.</summary>
    public bool HasSeveralDocuments { get; }

    internal ReadOnlySpan<YamlEntry> Entries => entries;

    /// <summary>Reads a text's first document. Source of the rules: libyaml as in gopkg.in/yaml.v2, which Helm 3 and 4 use.</summary>
    /// <param name="text">UTF-8; a byte order mark at its start is skipped.</param>
    /// <param name="limits">What is refused.</param>
    /// <returns>The document, or the first thing that is wrong.</returns>
    public static HelmReading<YamlDocument> Read(ReadOnlyMemory<byte> text, YamlLimits limits)
    {
        var fault = YamlReader.Read(text.Span, limits, out var table);
        if (fault is { } found) return new(found.ToFailure(new TextPlaces(text)));
        var document = new YamlDocument(text, table);
        table.Release();
        return new(document);
    }

    /// <summary>Line and column of an offset, as an editor counts them.</summary>
    /// <param name="offset">In bytes.</param>
    /// <returns>Both from 1; the column counts characters.</returns>
    public (int Line, int Column) PositionOf(int offset) => places.Of(offset);

    internal ref readonly YamlEntry Entry(int index) => ref entries[index];

    internal YamlProperties PropertiesOf(int index) =>
        entries[index].Properties == YamlEntry.None ? default : properties[entries[index].Properties];
}
