using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>A connection whose answers can be made to end after any byte.</summary>
/// <param name="connection">Kestrel's connection.</param>
internal sealed class CuttingPipe(ConnectionContext connection) : IDuplexPipe
{
    private readonly Writer writer = new(connection.Transport.Output);

    public PipeReader Input { get; } = connection.Transport.Input;

    public PipeWriter Output => writer;

    /// <summary>Lets so many bytes pass from now on, then ends the connection.</summary>
    public void CutAfter(int bytes) => writer.Left = bytes;

    private sealed class Writer(PipeWriter inner) : PipeWriter
    {
        private bool ended;

        public int? Left { get; set; }

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes)
        {
            var passed = Left is { } left ? Math.Min(left, bytes) : bytes;
            if (Left is not null) Left -= passed;
            inner.Advance(passed);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            if (ended) return new FlushResult(isCanceled: false, isCompleted: true);
            var result = await inner.FlushAsync(cancellationToken);
            if (Left is not 0) return result;
            ended = true;
            await inner.CompleteAsync();
            return new FlushResult(isCanceled: false, isCompleted: true);
        }
    }
}
