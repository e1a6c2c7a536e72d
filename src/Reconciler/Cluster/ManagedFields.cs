using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>
/// Empties the lists <c>managedFields</c> of served objects, often nine tenths of their bytes, before they are parsed: it counts
/// brackets outside of strings, 64 bytes at a time, and builds nothing. Works on a stream's pieces, wherever they are cut. What is
/// left parses to the same objects for a reader that does not look into <c>managedFields</c>; nonsense stays nonsense outside of them.
/// </summary>
internal sealed class ManagedFields
{
    private const int Block = 64;

    /// <summary>Brackets that are open; 0 outside of the list.</summary>
    private int depth;
    private bool inString;
    private bool isEscaped;

    /// <summary>
    /// As the API server writes the beginning of the list. An unescaped quote before a colon ends a key, so this stands in no string.
    /// </summary>
    private static ReadOnlySpan<byte> Beginning => "managedFields\":[{\"m"u8;

    /// <summary>How much of <see cref="Beginning"/> stays.</summary>
    private static int Kept => "managedFields\":["u8.Length;

    /// <summary>Moves the bytes that stay to the front.</summary>
    /// <param name="bytes">The next bytes of the stream, behind those that were left over.</param>
    /// <param name="isLast">Whether the stream ends with them.</param>
    /// <returns>How many bytes stay, and how many at the end must come again in front of the next ones.</returns>
    public (int Kept, int Left) Cut(Span<byte> bytes, bool isLast)
    {
        var (from, to) = (0, 0);
        while (from < bytes.Length)
        {
            if (depth > 0)
            {
                from += ToEnd(bytes[from..]);
                continue;
            }

            var rest = bytes[from..];
            var at = rest.IndexOf(Beginning);
            var left = at < 0 && !isLast ? BegunAtEnd(rest) : 0;
            var stays = at < 0 ? rest.Length - left : at + Kept;
            rest[..stays].CopyTo(bytes[to..]);
            to += stays;
            from += stays;
            if (at < 0) return (to, left);
            (depth, inString, isEscaped) = (1, false, false);
        }

        return (to, 0);
    }

    private static int BegunAtEnd(ReadOnlySpan<byte> bytes)
    {
        for (var length = Math.Min(Beginning.Length - 1, bytes.Length); length > 0; length--)
            if (bytes.EndsWith(Beginning[..length])) return length;
        return 0;
    }

    /// <summary>Where the list's own closing bracket stands; the length when it does not stand here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ToEnd(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        Span<byte> last = stackalloc byte[Block];
        for (; at < bytes.Length; at += Block)
        {
            var block = bytes[at..];
            if (block.Length < Block)
            {
                // Blanks behind the end change nothing but what a backslash there means.
                last.Fill((byte)' ');
                block.CopyTo(last);
                var found = InBlock(last, block.Length);
                return Math.Min(at + found, bytes.Length);
            }

            if (InBlock(block, Block) is var end and < Block) return at + end;
        }

        return bytes.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int InBlock(ReadOnlySpan<byte> block, int length)
    {
        var marks = Marks.In(block);
        var quotes = marks.Quotes & ~Escaped(marks.Slashes, length);
        var inside = PrefixXor(quotes) ^ (inString ? ulong.MaxValue : 0);
        inString = (inside >> (Block - 1)) != 0;
        var (opening, closing) = (marks.Opening & ~inside, marks.Closing & ~inside);
        var closes = BitOperations.PopCount(closing);
        if (closes >= depth) return Walk(opening, closing);
        depth += BitOperations.PopCount(opening) - closes;
        return Block;
    }

    private int Walk(ulong opening, ulong closing)
    {
        for (var either = opening | closing; either != 0; either &= either - 1)
        {
            depth += (opening & either & (0 - either)) != 0 ? 1 : -1;
            if (depth == 0) return BitOperations.TrailingZeroCount(either);
        }

        return Block;
    }

    private ulong Escaped(ulong slashes, int length)
    {
        var escaped = isEscaped ? 1UL : 0;
        slashes &= ~escaped;
        isEscaped = false;
        while (slashes != 0)
        {
            var at = BitOperations.TrailingZeroCount(slashes);
            if (at == length - 1) isEscaped = true;
            else escaped |= 2UL << at;
            slashes &= at == Block - 1 ? 0 : ~(3UL << at);
        }

        return escaped;
    }

    /// <summary>Bit by bit, whether an odd number of bits up to here is set.</summary>
    private static ulong PrefixXor(ulong bits)
    {
        for (var shift = 1; shift < Block; shift *= 2) bits ^= bits << shift;
        return bits;
    }

    /// <summary>Where in a block what stands: a bit for each byte.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly ref struct Marks
    {
        public ulong Slashes { get; init; }

        public ulong Quotes { get; init; }

        public ulong Opening { get; init; }

        public ulong Closing { get; init; }

        public static Marks In(ReadOnlySpan<byte> block)
        {
            var two = MemoryMarshal.Cast<byte, Vector256<byte>>(block);
            var (low, high) = (two[0], two[1]);

            // { and [ differ in one bit, as } and ] do.
            var (lowBrace, highBrace) = (low | Vector256.Create((byte)0x20), high | Vector256.Create((byte)0x20));
            return new Marks
            {
                Slashes = Bits(low, high, (byte)'\\'),
                Quotes = Bits(low, high, (byte)'"'),
                Opening = Bits(lowBrace, highBrace, (byte)'{'),
                Closing = Bits(lowBrace, highBrace, (byte)'}'),
            };
        }

        private static ulong Bits(Vector256<byte> low, Vector256<byte> high, byte wanted) =>
            Vector256.Equals(low, Vector256.Create(wanted)).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(high, Vector256.Create(wanted)).ExtractMostSignificantBits() << 32);
    }
}
