using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>
/// Empties parts of served objects that nobody reads, often most of their bytes, before they are parsed: it counts brackets outside
/// of strings, 64 bytes at a time, and builds nothing. Works on a stream's pieces, wherever they are cut. What is left parses to the
/// same objects for a reader that does not look into those parts; nonsense stays nonsense outside of them.
/// </summary>
/// <param name="beginnings">
/// How the parts begin, as an API server writes them: <c>"key":[{</c> for a list, <c>"key":{"</c> for a map, <c>"key":"</c> for a
/// text. A quote inside a string is escaped, so none of these stands in one.
/// </param>
internal sealed class UnreadParts(ImmutableArray<byte[]> beginnings)
{
    private readonly int longest = beginnings.Max(one => one.Length);
    private BracketScan? open;

    /// <summary>Moves the bytes that stay to the front.</summary>
    /// <param name="bytes">The next bytes of the stream, behind those that were left over.</param>
    /// <param name="isLast">Whether the stream ends with them.</param>
    /// <returns>How many bytes stay, and how many at the end must come again in front of the next ones.</returns>
    public (int Kept, int Left) Cut(Span<byte> bytes, bool isLast)
    {
        var (from, to) = (0, 0);
        Span<int> found = stackalloc int[beginnings.Length];
        found.Fill(-1);
        while (from < bytes.Length)
        {
            if (open is { } scan)
            {
                from += scan.ToEnd(bytes[from..], out var isClosed);
                if (isClosed) open = null;
                continue;
            }

            var (at, part) = Next(bytes, from, found);
            var left = part < 0 && !isLast ? BegunAtEnd(bytes[from..]) : 0;
            var end = part < 0 ? bytes.Length - left : at + KeptOf(beginnings[part]);
            bytes[from..end].CopyTo(bytes[to..]);
            to += end - from;
            from = end;
            if (part < 0) return (to, left);
            open = new BracketScan(IsText(beginnings[part]));
        }

        return (to, 0);
    }

    private static bool IsText(byte[] beginning) => beginning[^2] == ':';

    // A text's opening quote stays, and of "key":[{ and "key":{" all but the last byte, which is the part's own.
    private static int KeptOf(byte[] beginning) => IsText(beginning) ? beginning.Length : beginning.Length - 1;

    /// <summary>The first beginning at or behind a place; of each one the next place is kept, so that all are searched for once.</summary>
    private (int At, int Part) Next(ReadOnlySpan<byte> bytes, int from, Span<int> found)
    {
        var (first, part) = (int.MaxValue, -1);
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] < from)
            {
                var at = bytes[from..].IndexOf(beginnings[i]);
                found[i] = at < 0 ? int.MaxValue : from + at;
            }

            if (found[i] < first) (first, part) = (found[i], i);
        }

        return (first, part);
    }

    private int BegunAtEnd(ReadOnlySpan<byte> bytes)
    {
        for (var length = Math.Min(longest - 1, bytes.Length); length > 0; length--)
            foreach (var beginning in beginnings)
                if (length < beginning.Length && bytes.EndsWith(beginning.AsSpan(0, length))) return length;
        return 0;
    }
}
