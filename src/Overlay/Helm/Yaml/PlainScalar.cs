namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>Text without quotes, over one line or several.</summary>
internal static class PlainScalar
{
    /// <summary>Reads from the first character to the last one that belongs to the text.</summary>
    /// <param name="cursor">On the first character; afterwards behind the white space that follows.</param>
    /// <param name="token">Knows the indentation around it; gets its end.</param>
    /// <param name="sink">Gets the text.</param>
    /// <param name="isFlow">Inside brackets or braces.</param>
    /// <returns>What is wrong.</returns>
    public static Fault Read(ref Cursor cursor, ref Token token, in ByteSink sink, bool isFlow)
    {
        int end = cursor.Position, firstLine = cursor.Line, lastLine = cursor.Line;
        while (!cursor.AtDocumentMark && cursor.Current != (byte)'#')
        {
            var start = cursor.Position;
            SkipRun(ref cursor, isFlow);
            if (cursor.Position > start)
            {
                sink.WriteFolded(cursor, end, start);
                sink.Write(cursor.Text[start..cursor.Position]);
                (end, lastLine) = (cursor.Position, cursor.Line);
            }

            if (!cursor.AtBlank && !cursor.AtBreak) break;
            if (!SkipWhite(ref cursor, token.Indent)) return Fault.TabIndentation;
            if (!isFlow && cursor.Column <= token.Indent) break;
        }

        token.End = end;
        token.Verbatim = lastLine == firstLine;
        token.EndsLine = cursor.Line > lastLine;
        return Fault.None;
    }

    private static void SkipRun(ref Cursor cursor, bool isFlow)
    {
        while (!cursor.AtEnd && !IsStop(cursor, isFlow)) cursor.Skip();
    }

    private static bool IsStop(in Cursor cursor, bool isFlow) => cursor.Current switch
    {
        (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' => true,
        (byte)':' => cursor.IsBlankBreakOrEnd(cursor.Position + 1),
        (byte)',' or (byte)'?' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' => isFlow,
        0xC2 or 0xE2 => cursor.AtBreak,
        _ => false,
    };

    private static bool SkipWhite(ref Cursor cursor, int indent)
    {
        var line = cursor.Line;
        while (true)
        {
            if (cursor.AtBreak) cursor.SkipBreak();
            else if (!cursor.AtBlank) return true;
            else if (cursor.Line > line && cursor.Column <= indent && cursor.Current == (byte)'\t') return false;
            else cursor.SkipAscii(1);
        }
    }
}
