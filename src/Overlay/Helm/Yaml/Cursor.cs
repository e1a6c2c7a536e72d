namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>
/// A place in a text that was checked for valid characters before. Columns count characters, not bytes; lines end at
/// CR, LF, CRLF, NEL (U+0085), LS (U+2028) and PS (U+2029), as in libyaml.
/// </summary>
internal ref struct Cursor(ReadOnlySpan<byte> text, int position, int column)
{
    private int origin = position - column;

    public readonly ReadOnlySpan<byte> Text { get; } = text;

    public int Position { get; private set; } = position;

    public int Line { get; private set; }

    public readonly int Column => Position - origin;

    public readonly bool AtEnd => Position >= Text.Length;

    /// <summary>The byte here; 0 at the end, which no valid text contains.</summary>
    public readonly byte Current => Position < Text.Length ? Text[Position] : (byte)0;

    public readonly bool AtBlank => Current is (byte)' ' or (byte)'\t';

    public readonly bool AtBreak => BreakWidth(Position) > 0;

    public readonly bool AtBreakOrEnd => AtEnd || BreakWidth(Position) > 0;

    /// <summary>At the first column, on <c>---</c> or <c>...</c> followed by a blank, a break or the end.</summary>
    public readonly bool AtDocumentMark =>
        Column == 0
        && (Text[Position..].StartsWith("---"u8) || Text[Position..].StartsWith("..."u8))
        && IsBlankBreakOrEnd(Position + 3);

    public readonly byte Peek(int distance) => Position + distance < Text.Length ? Text[Position + distance] : (byte)0;

    public readonly bool IsBlankBreakOrEnd(int at) =>
        at >= Text.Length || Text[at] is (byte)' ' or (byte)'\t' || BreakWidth(at) > 0;

    /// <summary>Bytes of the line break at a place, CRLF being one; 0 when there is none.</summary>
    public readonly int BreakWidth(int at) => at >= Text.Length ? 0 : Text[at] switch
    {
        (byte)'\n' => 1,
        (byte)'\r' => at + 1 < Text.Length && Text[at + 1] == (byte)'\n' ? 2 : 1,
        0xC2 => at + 1 < Text.Length && Text[at + 1] == 0x85 ? 2 : 0,
        0xE2 => IsUnicodeBreak(at) ? 3 : 0,
        _ => 0,
    };

    /// <summary>Over one character of any width.</summary>
    public void Skip()
    {
        var width = Characters.Width(Text[Position]);
        Position += width;
        origin += width - 1;
    }

    /// <summary>Over bytes that are all ASCII and no breaks.</summary>
    public void SkipAscii(int count) => Position += count;

    public void SkipBreak()
    {
        Position += BreakWidth(Position);
        origin = Position;
        Line++;
    }

    /// <summary>The end of the text ends its last line, so that no key on it can wait for a colon any longer.</summary>
    public void EndLine()
    {
        if (Column == 0) return;
        origin = Position;
        Line++;
    }

    public void SkipBlanks()
    {
        while (AtBlank) Position++;
    }

    /// <summary>Over a comment, if one starts here, to the end of its line.</summary>
    public void SkipComment()
    {
        if (Current != (byte)'#') return;
        while (!AtBreakOrEnd) Skip();
    }

    private readonly bool IsUnicodeBreak(int at) =>
        at + 2 < Text.Length && Text[at + 1] == 0x80 && Text[at + 2] is 0xA8 or 0xA9;
}
