namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Text in single or double quotes; its further lines need no indentation.</summary>
internal static class QuotedScalar
{
    /// <summary>Reads from the opening quote to behind the closing one.</summary>
    /// <param name="cursor">On the opening quote.</param>
    /// <param name="token">Knows its style; gets its end.</param>
    /// <param name="sink">Gets the text.</param>
    /// <returns>What is wrong.</returns>
    public static Fault Read(ref Cursor cursor, ref Token token, in ByteSink sink)
    {
        var quote = cursor.Current;
        cursor.SkipAscii(1);
        token.Verbatim = true;
        while (true)
        {
            if (cursor.AtDocumentMark) return Fault.MarkInQuotes;
            if (cursor.AtEnd) return Fault.EndInQuotes;
            var fault = ReadRun(ref cursor, ref token, sink, out var joined);
            if (fault is not Fault.None) return fault;
            if (cursor.Current == quote) break;
            SkipWhite(ref cursor, ref token, sink, joined);
        }

        cursor.SkipAscii(1);
        token.End = cursor.Position;
        return Fault.None;
    }

    private static Fault ReadRun(ref Cursor cursor, ref Token token, in ByteSink sink, out bool joined)
    {
        joined = false;
        var isSingle = token.Style is YamlStyle.SingleQuoted;
        while (!cursor.IsBlankBreakOrEnd(cursor.Position))
        {
            var start = cursor.Position;
            SkipPlain(ref cursor, isSingle);
            sink.Write(cursor.Text[start..cursor.Position]);
            var current = cursor.Current;
            if (current == (byte)'\\' && !isSingle)
            {
                token.Verbatim = false;
                joined = cursor.BreakWidth(cursor.Position + 1) > 0;
                var fault = Escape.Read(ref cursor, sink);
                if (joined || fault is not Fault.None) return fault;
            }
            else if (current == (byte)'\'' && isSingle && cursor.Peek(1) == (byte)'\'') ReadTwin(ref cursor, ref token, sink);
            else if (current is (byte)'\'' or (byte)'"') return Fault.None;
        }

        return Fault.None;
    }

    private static void ReadTwin(ref Cursor cursor, ref Token token, in ByteSink sink)
    {
        token.Verbatim = false;
        sink.Write((byte)'\'');
        cursor.SkipAscii(2);
    }

    private static void SkipPlain(ref Cursor cursor, bool isSingle)
    {
        while (!cursor.IsBlankBreakOrEnd(cursor.Position))
        {
            if (isSingle ? cursor.Current == (byte)'\'' : cursor.Current is (byte)'"' or (byte)'\\') return;
            cursor.Skip();
        }
    }

    /// <summary>Behind a backslash at a line's end all breaks count and blanks do not; else white space folds.</summary>
    private static void SkipWhite(ref Cursor cursor, ref Token token, in ByteSink sink, bool joined)
    {
        int start = cursor.Position, line = cursor.Line;
        while (cursor.AtBlank || cursor.AtBreak)
        {
            if (cursor.AtBreak) cursor.SkipBreak();
            else cursor.SkipAscii(1);
        }

        if (cursor.Line > line) token.Verbatim = false;
        if (joined) sink.WriteBreaks(cursor, start, cursor.Position);
        else sink.WriteFolded(cursor, start, cursor.Position);
    }
}
