using System.Text;

namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>
/// Where a scalar's text goes. While a text is scanned nobody wants it yet, so that the same rules serve scanning (without
/// a buffer) and reading a value (with one).
/// </summary>
internal ref struct ByteSink
{
    private readonly ref PooledList<byte> bytes;
    private readonly bool keeps;

    public ByteSink(ref PooledList<byte> bytes)
    {
        this.bytes = ref bytes;
        keeps = true;
    }

    public readonly void Write(ReadOnlySpan<byte> text)
    {
        if (keeps) bytes.AddRange(text);
    }

    public readonly void Write(byte value)
    {
        if (keeps) bytes.Add(value);
    }

    public readonly void Write(Rune rune)
    {
        if (!keeps) return;
        Span<byte> encoded = stackalloc byte[4];
        bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
    }

    /// <summary>One line break: CR, LF, CRLF and NEL read as LF; LS and PS stay.</summary>
    public readonly void WriteBreak(in Cursor text, int at)
    {
        var width = text.BreakWidth(at);
        if (width == 3) Write(text.Text.Slice(at, width));
        else if (width > 0) Write((byte)'\n');
    }

    /// <summary>All line breaks between two places, without the blanks between them.</summary>
    public readonly void WriteBreaks(in Cursor text, int from, int to)
    {
        if (!keeps) return;
        for (var at = from; at < to; at += Math.Max(1, text.BreakWidth(at))) WriteBreak(text, at);
    }

    /// <summary>White space inside a scalar: kept on one line, folded where it has breaks.</summary>
    public readonly void WriteFolded(in Cursor text, int from, int to)
    {
        if (!keeps) return;
        var first = from;
        while (first < to && text.BreakWidth(first) == 0) first++;
        if (first == to)
        {
            Write(text.Text[from..to]);
            return;
        }

        var rest = first + text.BreakWidth(first);
        if (text.BreakWidth(first) == 3) WriteBreaks(text, first, to);
        else if (!HasBreak(text, rest, to)) Write((byte)' ');
        else WriteBreaks(text, rest, to);
    }

    private static bool HasBreak(in Cursor text, int from, int to)
    {
        for (var at = from; at < to; at++)
            if (text.BreakWidth(at) > 0)
                return true;
        return false;
    }
}
