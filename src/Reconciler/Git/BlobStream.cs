using System.Runtime.CompilerServices;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>A file's bytes; null when they are more than <see cref="GitLimits.BlobBytes"/>.</summary>
internal sealed record Blob(ObjectId Id, long Size, ReadOnlyMemory<byte>? Content);

/// <summary>Reads many blobs through one git, in the order asked for, while the caller works on those already read.</summary>
internal static class BlobStream
{
    private const int IdsPerWrite = 1000;
    private const byte LineEnd = (byte)'\n';

    public static async IAsyncEnumerable<Blob> ReadAsync(
        GitProgram git, string folder, IReadOnlyList<ObjectId> ids, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var call = new GitCall { Purpose = $"read blobs of the cache {folder}", Arguments = ["cat-file", "--batch", "--buffer"], Folder = folder };
        await using var process = git.Start(call);
        using var watch = git.Watch(process, call, cancellation);
        var asking = AskAsync(process, ids, cancellation);
        var answers = new ByteReader(process.Output);
        foreach (var id in ids)
        {
            yield return await NextAsync(answers, id, git.Limits.BlobBytes, cancellation)
                ?? throw git.FailureOf(call, watch, process, await process.EndAsync());
        }

        await asking;
    }

    private static async Task<Blob?> NextAsync(ByteReader answers, ObjectId id, int longest, CancellationToken cancellation)
    {
        try
        {
            if (await answers.ReadToAsync(LineEnd, cancellation) is not { } line)
            {
                return null;
            }

            var header = ObjectReader.ReadHeader(line)
                ?? throw new GitFailure(GitFailureKind.Corrupt, $"The cache has no object {id}.");
            return new Blob(id, header.Size, await ObjectReader.ReadContentAsync(answers, header.Size, longest, cancellation));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task AskAsync(GitProcess process, IReadOnlyList<ObjectId> ids, CancellationToken cancellation)
    {
        try
        {
            foreach (var chunk in ids.Chunk(IdsPerWrite))
            {
                await process.Input.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(chunk.Select(id => id.Text + "\n"))), cancellation);
            }

            process.Input.Close();
        }
        catch (IOException)
        {
            // git has ended; the reading side finds out and says why.
        }
    }
}
