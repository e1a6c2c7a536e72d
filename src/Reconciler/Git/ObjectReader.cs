using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>What an object is, without its bytes.</summary>
internal sealed record ObjectHeader(ObjectId Id, string Type, long Size);

/// <summary>
/// One git that answers questions about single objects as long as it lives, so that a question costs no process.
/// Questions wait for each other; one that is given up, or that fails, ends the git, and the next starts another.
/// </summary>
internal sealed class ObjectReader(GitProgram git, string folder) : IAsyncDisposable
{
    private const byte LineEnd = (byte)'\n';

    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private readonly GitCall _call = new()
    {
        Purpose = $"read objects of the cache {folder}",
        Arguments = ["cat-file", "--batch-command"],
        Folder = folder,
    };

    private readonly SemaphoreSlim _turn = new(1, 1);
    private GitProcess? _process;
    private ByteReader? _answers;

    /// <summary>Looks names up (ids, refs, <c>id:path</c>), in order; null: there is no such object.</summary>
    public Task<ObjectHeader?[]> FindAsync(IReadOnlyList<string> names, CancellationToken cancellation) => names.Count == 0
        ? Task.FromResult(Array.Empty<ObjectHeader?>())
        : AskAsync("info", names, async answers =>
        {
            var found = new ObjectHeader?[names.Count];
            for (var i = 0; i < found.Length; i++)
            {
                found[i] = ReadHeader(await answers.ReadToAsync(LineEnd, cancellation) ?? throw new EndOfStreamException("git gave no answer."));
            }

            return found;
        }, cancellation);

    /// <summary>The bytes of an object; null: there is no such object, or it is longer than <paramref name="longest"/>.</summary>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(ObjectId id, int longest, CancellationToken cancellation) =>
        AskAsync("contents", [id.Text], async answers =>
        {
            var header = ReadHeader(await answers.ReadToAsync(LineEnd, cancellation) ?? throw new EndOfStreamException("git gave no answer."));
            return header is null ? null : await ReadContentAsync(answers, header.Size, longest, cancellation);
        }, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            // An idle git ends by itself at the end of its input; to kill it takes a search through all processes.
            using var watch = git.Watch(_process, _call with { Limit = FarewellLimit }, CancellationToken.None);
            await _process.EndAsync();
        }

        await CloseAsync();
        _turn.Dispose();
    }

    /// <summary>Ends the git, so that the folder may be taken away; the next question starts another.</summary>
    public async Task CloseAsync()
    {
        var process = _process;
        (_process, _answers) = (null, null);
        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }

    /// <summary><c>id type size</c>, as git writes it before an object; null for <c>name missing</c> and <c>name ambiguous</c>.</summary>
    internal static ObjectHeader? ReadHeader(ReadOnlyMemory<byte> line)
    {
        var fields = Encoding.UTF8.GetString(line.Span).Split(' ');
        return fields.Length == 3 && ObjectId.TryParse(fields[0]) is { } id
            && long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? new ObjectHeader(id, fields[1], size)
            : null;
    }

    /// <summary>The object's bytes and the line end after them; null when they are too many.</summary>
    internal static async Task<ReadOnlyMemory<byte>?> ReadContentAsync(ByteReader answers, long size, int longest, CancellationToken cancellation)
    {
        var content = size <= longest ? new byte[size] : null;
        if (content is null)
        {
            await answers.SkipAsync(size, cancellation);
        }
        else
        {
            await answers.ReadExactlyAsync(content, cancellation);
        }

        await answers.SkipAsync(1, cancellation);

        // Anything shorter makes an empty memory of a null array, and an empty file of a blob that is too large.
        return content is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(content);
    }

    private async Task<T> AskAsync<T>(string verb, IReadOnlyList<string> names, Func<ByteReader, Task<T>> read, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        var answered = false;
        try
        {
            var answer = await AskNowAsync(string.Concat(names.Select(name => $"{verb} {name}\n")), read, cancellation);
            answered = true;
            return answer;
        }
        finally
        {
            if (!answered)
            {
                await CloseAsync();
            }

            _turn.Release();
        }
    }

    private async Task<T> AskNowAsync<T>(string questions, Func<ByteReader, Task<T>> read, CancellationToken cancellation)
    {
        _process ??= git.Start(_call);
        _answers ??= new ByteReader(_process.Output);
        using var watch = git.Watch(_process, _call, cancellation);
        try
        {
            // Both at once: with more questions and answers than the two pipes hold, one after the other would never end.
            var asking = _process.Input.WriteAsync(Encoding.UTF8.GetBytes(questions), cancellation).AsTask();
            var answer = await read(_answers);
            await asking;
            return answer;
        }
        catch (IOException)
        {
            throw git.FailureOf(_call, watch, _process, await _process.EndAsync());
        }
    }
}
