namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>
/// One node in a flat table. A collection's children follow it, each with its own children behind it; <see cref="Next"/>
/// jumps over them:
/// <code>
/// a: [1, 2]     0 mapping Next=5 · 1 "a" Next=2 · 2 sequence Next=5 · 3 "1" Next=4 · 4 "2" Next=5
/// </code>
/// </summary>
internal struct YamlEntry
{
    public const int None = -1;

    public YamlKind Kind;
    public YamlStyle Style;

    /// <summary>Whether a scalar's text is its bytes as they stand (between the quotes).</summary>
    public bool Verbatim;

    /// <summary>Whether it stands in brackets or braces.</summary>
    public bool InFlow;

    public int Start;
    public int ContentStart;
    public int End;
    public int IndicatorStart;

    /// <summary>The entry behind this one and all its children.</summary>
    public int Next;

    /// <summary>The place of tag and anchor in the list of properties, or <see cref="None"/>.</summary>
    public int Properties;

    /// <summary>Of a scalar: the indentation around it. Of an alias: the entry that it stands for.</summary>
    public int Detail;

    /// <summary>The scalar's bytes when they are verbatim: without the quotes.</summary>
    public readonly ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> text) =>
        Style is YamlStyle.SingleQuoted or YamlStyle.DoubleQuoted ? text[(ContentStart + 1)..(End - 1)] : text[ContentStart..End];
}

/// <summary>Tag and anchor of a node, which few nodes have.</summary>
internal readonly record struct YamlProperties(string? Tag, string? Anchor);
