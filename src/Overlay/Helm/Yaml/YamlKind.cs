namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>What a node is.</summary>
public enum YamlKind
{
    /// <summary>A text of any style, or an empty value.</summary>
    Scalar,

    /// <summary>A list.</summary>
    Sequence,

    /// <summary>Pairs of keys and values.</summary>
    Mapping,

    /// <summary><c>*name</c>.</summary>
    Alias,
}

/// <summary>How a node is written.</summary>
public enum YamlStyle
{
    /// <summary>A scalar without quotes, an empty value, or an alias.</summary>
    Plain,

    /// <summary><c>'text'</c>.</summary>
    SingleQuoted,

    /// <summary><c>"text"</c>.</summary>
    DoubleQuoted,

    /// <summary><c>|</c> and lines.</summary>
    Literal,

    /// <summary><c>&gt;</c> and lines.</summary>
    Folded,

    /// <summary>A collection by indentation.</summary>
    Block,

    /// <summary>A collection in brackets or braces.</summary>
    Flow,
}
