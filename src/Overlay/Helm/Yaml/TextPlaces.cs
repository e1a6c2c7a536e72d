namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>
/// Lines and columns for offsets, as an editor counts them: lines end at LF, CR or CRLF, columns count characters, both from 1.
/// Many offsets of one long line cost no more than as many of short ones.
/// </summary>
internal sealed class TextPlaces(ReadOnlyMemory<byte> text)
{
    /// <summary>Bytes between two counts of characters.</summary>
    private const int Stride = 256;

    private readonly Lazy<int[]> lineStarts = new(() => FindLines(text.Span));
    private readonly Lazy<int[]> counts = new(() => CountStrides(text.Span));

    public (int Line, int Column) Of(int offset)
    {
        var found = Array.BinarySearch(lineStarts.Value, offset);
        var line = found >= 0 ? found : ~found - 1;
        int start = lineStarts.Value[line], end = Math.Min(offset, text.Length);
        var characters = end - start <= Stride ? Count(text.Span[start..Math.Max(start, end)]) : CountUpTo(end) - CountUpTo(start);
        return (line + 1, characters + 1);
    }

    /// <summary>Characters that start before an offset.</summary>
    private int CountUpTo(int offset) => counts.Value[offset / Stride] + Count(text.Span[(offset / Stride * Stride)..offset]);

    private static int[] CountStrides(ReadOnlySpan<byte> text)
    {
        var upTo = new int[(text.Length / Stride) + 1];
        for (var i = 1; i < upTo.Length; i++) upTo[i] = upTo[i - 1] + Count(text.Slice((i - 1) * Stride, Stride));
        return upTo;
    }

    private static int Count(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var value in text)
            if ((value & 0xC0) != 0x80)
                count++;
        return count;
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
