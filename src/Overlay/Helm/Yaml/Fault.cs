namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Why a text is not read.</summary>
internal enum Fault : byte
{
    None,
    BadCharacter,
    NotUtf8,
    BadStart,
    BadIndentation,
    TabIndentation,
    SequenceHere,
    KeyHere,
    ValueHere,
    KeyWithoutColon,
    EndInQuotes,
    MarkInQuotes,
    BadEscape,
    BadBlockHeader,
    BadDirective,
    BadTag,
    UnknownTagHandle,
    BadAnchor,
    UnknownAnchor,
    NoContent,
    NoDash,
    NoFlowEnd,
    OpenBracket,
    NoDocumentStart,

    /// <summary>From here on Helm might have a reading, but this program gives none.</summary>
    FirstRefusal,
    TooDeep,
    TooManyNodes,
    TooLarge,
    Utf16,
    ByteOrderMark,
    BadCharacterBehindTheRoot,
}
