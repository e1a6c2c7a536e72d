namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>
/// Lines and columns for offsets, as an editor counts them: lines end at LF, CR or CRLF, columns count characters, both from 1.
/// </summary>
internal sealed class TextPlaces(ReadOnlyMemory<byte> text)
{
    private readonly Lazy<int[]> lineStarts = new(() => FindLines(text.Span));

    public (int Line, int Column) Of(int offset)
    {
        var found = Array.BinarySearch(lineStarts.Value, offset);
        var line = found >= 0 ? found : ~found - 1;
        var column = 1;
        foreach (var value in text.Span[lineStarts.Value[line]..Math.Min(offset, text.Length)])
            if ((value & 0xC0) != 0x80)
                column++;
        return (line + 1, column);
    }

    private static int[] FindLines(ReadOnlySpan<byte> text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'\n' || (text[i] == (byte)'\r' && (i + 1 == text.Length || text[i + 1] != (byte)'\n'))) starts.Add(i + 1);
        }

        return [.. starts];
    }
}
