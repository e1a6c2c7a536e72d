using System.Buffers;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>The bytes of one page of a list, in a buffer that is given back with this.</summary>
internal sealed class PageBytes : IDisposable
{
    private const int FirstSize = 1024 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int length;

    /// <summary>What was read.</summary>
    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False: it has more.</returns>
    public async Task<bool> FillAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is var read and > 0)
        {
            length += read;
            if (length > most) return false;
            if (length == buffer.Length) Grow();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
