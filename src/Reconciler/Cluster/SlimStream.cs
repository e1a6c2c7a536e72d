using System.Buffers;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>A list's body as it is parsed: without the parts that nobody reads.</summary>
/// <param name="body">The body; not disposed of with this.</param>
/// <param name="parts">Empties them.</param>
internal sealed class SlimStream(Stream body, UnreadParts parts) : Stream
{
    private const int Size = 256 * 1024;

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(Size);

    /// <summary>What stays of the bytes that were read, and those that must be looked at again.</summary>
    private (int From, int To) ready;
    private (int From, int To) left;
    private bool ended;
    private bool disposed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        while (ready.From == ready.To && !ended) await FillAsync(cancellationToken);
        var taken = Math.Min(ready.To - ready.From, destination.Length);
        buffer.AsSpan(ready.From, taken).CopyTo(destination.Span);
        ready.From += taken;
        return taken;
    }

    public override Task<int> ReadAsync(byte[] destination, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(destination.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override int Read(byte[] destination, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] source, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !disposed) ArrayPool<byte>.Shared.Return(buffer);
        disposed = true;
        base.Dispose(disposing);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var again = left.To - left.From;
        buffer.AsSpan(left.From, again).CopyTo(buffer);
        var read = await body.ReadAsync(buffer.AsMemory(again), cancellationToken);
        ended = read == 0;
        var (kept, behind) = parts.Cut(buffer.AsSpan(0, again + read), ended);
        (ready, left) = ((0, kept), (again + read - behind, again + read));
    }
}
