namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>A key and its value in a mapping. A value that is not there is a plain scalar that starts where it ends.</summary>
/// <param name="Key">Any node.</param>
/// <param name="Value">Any node.</param>
public readonly record struct YamlPair(YamlNode Key, YamlNode Value);

/// <summary>A node of a document, and where it stands. Offsets count bytes.</summary>
public readonly record struct YamlNode
{
    internal YamlNode(YamlDocument document, int index)
    {
        Document = document;
        Index = index;
    }

    /// <summary>What it is.</summary>
    public YamlKind Kind => Entry.Kind;

    /// <summary>How it is written.</summary>
    public YamlStyle Style => Entry.Style;

    /// <summary>The whole tag, such as <c>tag:yaml.org,2002:str</c>; null without one.</summary>
    public string? Tag => Document.PropertiesOf(Index).Tag;

    /// <summary>The anchor's name; for an alias the name it refers to; null without one.</summary>
    public string? Anchor => Document.PropertiesOf(Index).Anchor;

    /// <summary>Its first byte, anchor and tag included.</summary>
    public int Start => Entry.Start;

    /// <summary>The first byte of the content: the quote, the bracket, the first key or dash, the <c>|</c>.</summary>
    public int ContentStart => Entry.ContentStart;

    /// <summary>
    /// One past the last byte. A block collection ends with its last leaf, a flow collection behind its bracket, a block
    /// scalar behind its last text line, before that line's break.
    /// </summary>
    public int End => Entry.End;

    /// <summary>The dash of an item of a block sequence, else -1.</summary>
    public int IndicatorStart => Entry.IndicatorStart;

    /// <summary>Line of <see cref="ContentStart"/>, from 1.</summary>
    public int Line => Document.PositionOf(ContentStart).Line;

    /// <summary>Column of <see cref="ContentStart"/> in characters, from 1.</summary>
    public int Column => Document.PositionOf(ContentStart).Column;

    /// <summary>A scalar's text, unquoted and folded; empty for other nodes.</summary>
    public string Text => Kind is YamlKind.Scalar ? ScalarText.Decode(Document.Text.Span, Entry) : "";

    /// <summary>The items of a sequence, in order; none for other nodes.</summary>
    public IEnumerable<YamlNode> Items => Kind is YamlKind.Sequence ? Children() : [];

    /// <summary>The pairs of a mapping, in the order of the file, repeated keys included; none for other nodes.</summary>
    public IEnumerable<YamlPair> Pairs => Kind is YamlKind.Mapping ? ReadPairs() : [];

    internal YamlDocument Document { get; }

    internal int Index { get; }

    private ref readonly YamlEntry Entry => ref Document.Entry(Index);

    /// <summary>The value of the last pair whose key is a scalar with this text.</summary>
    /// <param name="key">The key's text.</param>
    /// <returns>Null when there is none.</returns>
    public YamlNode? Find(string key)
    {
        YamlNode? found = null;
        foreach (var pair in Pairs)
            if (pair.Key.Kind is YamlKind.Scalar && string.Equals(pair.Key.Text, key, StringComparison.Ordinal))
                found = pair.Value;
        return found;
    }

    private IEnumerable<YamlNode> Children()
    {
        var end = Entry.Next;
        for (var child = Index + 1; child < end; child = Document.Entry(child).Next)
            yield return new YamlNode(Document, child);
    }

    private IEnumerable<YamlPair> ReadPairs()
    {
        var end = Entry.Next;
        for (var key = Index + 1; key < end; key = Document.Entry(Document.Entry(key).Next).Next)
            yield return new YamlPair(new YamlNode(Document, key), new YamlNode(Document, Document.Entry(key).Next));
    }
}
