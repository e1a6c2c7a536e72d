using System.Buffers;
using System.IO.Pipelines;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>Cuts a watch's stream into lines, wherever its chunks end. A last line without its end is no line.</summary>
internal static class WatchLines
{
    /// <summary>Reads to the end of the stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="longest">The longest line, in bytes.</param>
    /// <param name="take">Gets each line; false ends the reading.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ClusterFailure">A line is longer, or the stream broke.</exception>
    public static async Task ReadAsync(Stream stream, int longest, Func<ReadOnlySequence<byte>, bool> take, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancellationToken);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    if (end.Equals(rest.Start) || take(rest.Slice(0, end))) rest = rest.Slice(rest.GetPosition(1, end));
                    else return;
                }

                if (rest.Length > longest) throw new ClusterFailure(ClusterFailureKind.Garbled, $"an event is longer than {longest} bytes");
                pipe.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted) return;
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }
}
