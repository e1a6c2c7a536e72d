using System.Text;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>A text's lines, found when asked for. A line ends with CR, LF or CRLF; a byte order mark stands before the first.</summary>
internal sealed class TextLines(ReadOnlyMemory<byte> text)
{
    private ReadOnlySpan<byte> Bytes => text.Span;

    /// <summary>The first byte behind the byte order mark.</summary>
    public int Origin => Bytes.StartsWith("\uFEFF"u8) ? 3 : 0;

    public int Length => text.Length;

    /// <summary>Whether text that is added at the end needs a break first.</summary>
    public bool EndsInsideLine => Length > Origin && !IsBreak(Bytes[^1]);

    public byte this[int offset] => Bytes[offset];

    public int StartOf(int offset)
    {
        while (offset > Origin && !IsBreak(Bytes[offset - 1])) offset--;
        return offset;
    }

    /// <summary>Where the line's break stands, or the text ends.</summary>
    public int EndOf(int offset)
    {
        var length = Bytes[offset..].IndexOfAny((byte)'\r', (byte)'\n');
        return length < 0 ? Length : offset + length;
    }

    /// <summary>The first byte of the next line, or the text's end.</summary>
    public int After(int offset)
    {
        var end = EndOf(offset);
        return end + BreakLength(end);
    }

    /// <summary>The start of the line above a line's start, or -1.</summary>
    public int Above(int lineStart)
    {
        if (lineStart <= Origin) return -1;
        var end = lineStart - 1;
        if (end > Origin && Bytes[end] == '\n' && Bytes[end - 1] == '\r') end--;
        return StartOf(end);
    }

    /// <summary>The break that ends the line, else the file's first, else LF.</summary>
    public string BreakAt(int offset)
    {
        var end = EndOf(offset);
        if (BreakLength(end) == 0) end = EndOf(Origin);
        return BreakLength(end) == 0 ? "\n" : Encoding.ASCII.GetString(Bytes.Slice(end, BreakLength(end)));
    }

    public int IndentOf(int lineStart)
    {
        var at = lineStart;
        while (at < Length && IsBlank(Bytes[at])) at++;
        return at - lineStart;
    }

    /// <summary>The offset's distance from its line's start.</summary>
    public int ColumnOf(int offset) => offset - StartOf(offset);

    public bool IsBlankLine(int lineStart)
    {
        var at = lineStart + IndentOf(lineStart);
        return lineStart < Length && (at == Length || IsBreak(Bytes[at]));
    }

    public bool IsCommentLine(int lineStart)
    {
        var at = lineStart + IndentOf(lineStart);
        return at < Length && Bytes[at] == '#';
    }

    /// <summary>The first byte at or behind the offset that is neither space nor tab.</summary>
    public int SkipBlanks(int offset)
    {
        while (offset < Length && IsBlank(Bytes[offset])) offset++;
        return offset;
    }

    /// <summary>Whether only blanks, and perhaps a comment, follow on the line.</summary>
    public bool RestIsEmpty(int offset)
    {
        var at = SkipBlanks(offset);
        return at == Length || IsBreak(Bytes[at]) || (Bytes[at] == '#' && at > offset);
    }

    /// <summary>Whether nothing but blanks stands before the offset on its line.</summary>
    public bool StartsLine(int offset)
    {
        var start = StartOf(offset);
        return start + IndentOf(start) == offset;
    }

    private static bool IsBreak(byte value) => value is (byte)'\r' or (byte)'\n';

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';

    private int BreakLength(int end) =>
        end >= Length ? 0 : Bytes[end] == '\r' && end + 1 < Length && Bytes[end + 1] == '\n' ? 2 : 1;
}
