using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>Finds where a list, a map or a text that has begun ends, in pieces of JSON wherever they are cut.</summary>
/// <param name="isText">Whether it is a text: the next quote that is not escaped ends it.</param>
internal sealed class BracketScan(bool isText)
{
    private const int Block = 64;

    private int depth = 1;
    private bool inString;
    private bool isEscaped;

    /// <summary>Where the closing bracket or quote stands.</summary>
    /// <param name="bytes">The next piece.</param>
    /// <param name="isClosed">Whether it stands in this piece.</param>
    /// <returns>Its index; the piece's length when it does not stand here.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int ToEnd(ReadOnlySpan<byte> bytes, out bool isClosed)
    {
        isClosed = true;
        var at = 0;
        for (; at <= bytes.Length - Block; at += Block)
            if (InBlock(bytes.Slice(at, Block), Block) is var end and < Block) return at + end;
        if (at < bytes.Length)
        {
            // Blanks behind the end change nothing but what a backslash there means.
            Span<byte> last = stackalloc byte[Block];
            last.Fill((byte)' ');
            bytes[at..].CopyTo(last);
            if (InBlock(last, bytes.Length - at) is var end and < Block) return at + end;
        }

        isClosed = false;
        return bytes.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int InBlock(ReadOnlySpan<byte> block, int length)
    {
        var marks = Marks.In(block);
        var quotes = marks.Quotes & ~Escaped(marks.Slashes, length);
        if (isText) return BitOperations.TrailingZeroCount(quotes);
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
