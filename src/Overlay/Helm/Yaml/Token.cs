namespace OdooSky.GitOps.Overlay.Helm.Yaml;

internal enum TokenKind : byte
{
    End,
    Directive,
    DocumentStart,
    DocumentEnd,
    BlockSequence,
    BlockMapping,
    BlockEnd,
    FlowSequence,
    FlowSequenceEnd,
    FlowMapping,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
}

/// <summary>A piece of text with a meaning; an inserted token (a mapping's start, a key) has no bytes of its own.</summary>
internal struct Token
{
    public TokenKind Kind;
    public YamlStyle Style;

    /// <summary>Whether the scalar's text is its bytes as they stand (between the quotes).</summary>
    public bool Verbatim;

    /// <summary>Whether a plain scalar's following white space held a line break, so that a key may follow.</summary>
    public bool EndsLine;
    public int Start;
    public int End;

    /// <summary>The indentation around a scalar, which reading its text needs again.</summary>
    public int Indent;
}
