namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>A body whose server must go on speaking: no byte for too long, or a broken connection, is a <see cref="ClusterFailure"/>.</summary>
internal sealed class SpokenStream : Stream
{
    private readonly HttpResponseMessage response;
    private readonly Stream body;
    private readonly TimeSpan patience;
    private readonly CancellationTokenSource silence;

    public SpokenStream(HttpResponseMessage response, Stream body, TimeSpan patience, TimeProvider time)
    {
        this.response = response;
        this.body = body;
        this.patience = patience;
        silence = new CancellationTokenSource(patience, time);
    }

    /// <summary>Whether a byte has come.</summary>
    public bool Spoke { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        silence.CancelAfter(patience);
        try
        {
            using var stopped = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), silence);
            var read = await body.ReadAsync(buffer, silence.Token);
            Spoke |= read > 0;
            return read;
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ClusterFailure(ClusterFailureKind.Silent, $"no byte for {patience.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw new ClusterFailure(ClusterFailureKind.Unreachable, $"the connection broke: {failure.Message}");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            silence.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
