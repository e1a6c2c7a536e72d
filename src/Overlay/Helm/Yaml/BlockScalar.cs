namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Lines behind <c>|</c> or <c>&gt;</c>.</summary>
internal ref struct BlockScalar
{
    private readonly ByteSink sink;
    private readonly bool isFolded;
    private int chomping;
    private int indent;

    public BlockScalar(ByteSink sink, bool isFolded)
    {
        this.sink = sink;
        this.isFolded = isFolded;
    }

    /// <summary>Reads from the indicator to the first character that is not the scalar's.</summary>
    /// <param name="cursor">On the indicator.</param>
    /// <param name="token">Knows the indentation around it; gets its end: behind the last line's text.</param>
    /// <returns>What is wrong.</returns>
    public Fault Read(ref Cursor cursor, ref Token token)
    {
        cursor.SkipAscii(1);
        var fault = ReadHeader(ref cursor, token.Indent);
        token.End = cursor.Position;
        if (fault is not Fault.None) return fault;
        cursor.SkipBlanks();
        cursor.SkipComment();
        if (!cursor.AtBreakOrEnd) return Fault.BadBlockHeader;
        if (cursor.AtBreak) cursor.SkipBreak();
        return ReadLines(ref cursor, ref token);
    }

    private Fault ReadHeader(ref Cursor cursor, int parentIndent)
    {
        ReadChomping(ref cursor);
        if (Characters.IsDigit(cursor.Current))
        {
            if (cursor.Current == (byte)'0') return Fault.BadBlockHeader;
            indent = Math.Max(parentIndent, 0) + cursor.Current - '0';
            cursor.SkipAscii(1);
            if (chomping == 0) ReadChomping(ref cursor);
        }

        return Fault.None;
    }

    private void ReadChomping(ref Cursor cursor)
    {
        chomping = cursor.Current switch { (byte)'+' => 1, (byte)'-' => -1, _ => 0 };
        if (chomping != 0) cursor.SkipAscii(1);
    }

    private Fault ReadLines(ref Cursor cursor, ref Token token)
    {
        int leadingBreak = -1, breaks = cursor.Position;
        var wasIndented = false;
        if (!SkipIndentation(ref cursor, token.Indent)) return Fault.TabIndentation;
        while (cursor.Column == indent && !cursor.AtEnd)
        {
            var isIndented = cursor.AtBlank;
            WriteBetween(cursor, leadingBreak, breaks, isFolded && !wasIndented && !isIndented);
            wasIndented = isIndented;
            var start = cursor.Position;
            while (!cursor.AtBreakOrEnd) cursor.Skip();
            sink.Write(cursor.Text[start..cursor.Position]);
            token.End = leadingBreak = cursor.Position;
            if (cursor.AtBreak) cursor.SkipBreak();
            breaks = cursor.Position;
            if (!SkipIndentation(ref cursor, token.Indent)) return Fault.TabIndentation;
        }

        if (chomping >= 0 && leadingBreak >= 0) sink.WriteBreak(cursor, leadingBreak);
        if (chomping > 0) sink.WriteBreaks(cursor, breaks, cursor.Position);
        return Fault.None;
    }

    private readonly void WriteBetween(in Cursor cursor, int leadingBreak, int breaks, bool folds)
    {
        if (leadingBreak < 0 || !folds || cursor.BreakWidth(leadingBreak) == 3)
        {
            if (leadingBreak >= 0) sink.WriteBreak(cursor, leadingBreak);
        }
        else if (!HasBreaks(cursor, breaks)) sink.Write((byte)' ');

        sink.WriteBreaks(cursor, breaks, cursor.Position);
    }

    private static bool HasBreaks(in Cursor cursor, int from)
    {
        for (var at = from; at < cursor.Position; at++)
            if (cursor.BreakWidth(at) > 0)
                return true;
        return false;
    }

    /// <summary>Over blank lines and up to the scalar's column, which the first text line decides when the header does not.</summary>
    private bool SkipIndentation(ref Cursor cursor, int parentIndent)
    {
        var widest = 0;
        while (true)
        {
            while ((indent == 0 || cursor.Column < indent) && cursor.Current == (byte)' ') cursor.SkipAscii(1);
            widest = Math.Max(widest, cursor.Column);
            if ((indent == 0 || cursor.Column < indent) && cursor.Current == (byte)'\t') return false;
            if (!cursor.AtBreak) break;
            cursor.SkipBreak();
        }

        if (indent == 0) indent = Math.Max(Math.Max(widest, parentIndent + 1), 1);
        return true;
    }
}
