namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>The rule and the words for each fault.</summary>
internal static class Faults
{
    public static FailureKind Kind(Fault fault) => fault > Fault.FirstRefusal ? FailureKind.Refused : FailureKind.HelmFails;

    public static string Rule(Fault fault) => Describe(fault).Rule;

    public static string Message(Fault fault) => Describe(fault).Message;

    private static (string Rule, string Message) Describe(Fault fault) => fault switch
    {
        Fault.BadCharacter => ("yaml-character", "YAML does not allow this control character; write it as an escape in double quotes."),
        Fault.NotUtf8 => ("yaml-character", "This byte is no UTF-8; save the file as UTF-8."),
        Fault.BadStart => ("yaml-start", "No value can start with this character; quote the value."),
        Fault.BadIndentation => ("yaml-indentation", "This line's indentation fits nothing above it, or a key is missing."),
        Fault.TabIndentation => ("yaml-tab", "A tab stands where only spaces may indent; write spaces."),
        Fault.SequenceHere => ("yaml-sequence-here", "A list item cannot stand here; start it on a line of its own."),
        Fault.KeyHere => ("yaml-key-here", "A '?' key cannot stand here."),
        Fault.ValueHere => ("yaml-value-here", "A ': ' cannot stand here; quote the text, or put the key on a line of its own (a key has at most 1,024 characters)."),
        Fault.KeyWithoutColon => ("yaml-key-without-colon", "This line should be a key, but it has no ':'."),
        Fault.EndInQuotes => ("yaml-open-quote", "This quote is never closed."),
        Fault.MarkInQuotes => ("yaml-mark-in-quotes", "A line that starts with '---' or '...' stands inside quotes."),
        Fault.BadEscape => ("yaml-escape", "This escape does not exist in YAML 1.1, or names no character (\\/ and surrogate pairs are errors)."),
        Fault.BadBlockHeader => ("yaml-block-header", "Behind '|' or '>' only '+', '-', a digit from 1 to 9 and a comment may follow."),
        Fault.BadDirective => ("yaml-directive", "This directive is unknown, incomplete or repeated."),
        Fault.BadTag => ("yaml-tag", "This tag is incomplete or has a character that tags cannot have."),
        _ => DescribeMore(fault),
    };

    private static (string Rule, string Message) DescribeMore(Fault fault) => fault switch
    {
        Fault.UnknownTagHandle => ("yaml-tag-handle", "No %TAG directive declares this tag's handle."),
        Fault.BadAnchor => ("yaml-anchor", "An anchor's name has only letters, digits, '_' and '-'."),
        Fault.UnknownAnchor => ("yaml-unknown-anchor", "No anchor of this name stands above this alias in the document."),
        Fault.NoContent => ("yaml-no-content", "A value was expected here."),
        Fault.NoDash => ("yaml-no-dash", "A '-' was expected here: the line belongs to the list above it by its indentation."),
        Fault.NoFlowEnd => ("yaml-flow", "A ',' or the closing bracket was expected here; inside brackets quote a text that holds '?', ':', ',' or brackets."),
        Fault.OpenBracket => ("yaml-open-bracket", "This bracket is never closed."),
        Fault.NoDocumentStart => ("yaml-no-document", "A directive must be followed by '---'."),
        Fault.TooDeep => ("too-deep", "The nesting is deeper than this program reads."),
        Fault.TooManyNodes => ("too-many-nodes", "The text has more values than this program reads."),
        Fault.TooLarge => ("too-large", "The text is larger than this program reads."),
        Fault.Utf16 => ("utf-16", "The text is UTF-16; save it as UTF-8."),
        Fault.ByteOrderMark => ("byte-order-mark", "A byte order mark (U+FEFF) stands inside the text, where Helm's reading depends on its buffers; remove it."),
        Fault.BadCharacterBehindTheRoot => ("character-behind-the-end", "Behind the part that Helm reads there is a byte that YAML does not allow; whether Helm notices depends on its buffers."),
        _ => ("yaml", "The text is not valid YAML."),
    };
}
