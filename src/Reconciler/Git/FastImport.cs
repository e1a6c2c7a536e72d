using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Writes chains of commits through <c>git fast-import</c>, without a work tree and without a file of our own.</summary>
internal static class FastImport
{
    private const int FlushAt = 128 * 1024;
    private const byte LineEnd = (byte)'\n';

    /// <summary>The new commits' ids. Either all of them exist afterwards and the work ref points at the last, or the ref has not moved.</summary>
    public static Task<ImmutableArray<ObjectId>> RunAsync(GitProgram git, string folder, CommitChain chain, CancellationToken cancellation)
    {
        if (chain.Commits.IsEmpty || chain.Commits.Any(c => c.Message.Contains('\0', StringComparison.Ordinal)))
        {
            throw new ArgumentException("A chain has at least one commit, and no message holds a NUL.", nameof(chain));
        }

        var purpose = $"write {chain.Commits.Length.ToString(CultureInfo.InvariantCulture)} commits for {chain.Target}";
        return git.TalkAsync(Call(folder, purpose), process => TalkAsync(process, chain, cancellation), cancellation);
    }

    // Without --done an input that is cut short would be taken for a whole one.
    internal static GitCall Call(string folder, string purpose) =>
        new() { Purpose = purpose, Arguments = ["fast-import", "--quiet", "--done", "--force", "--date-format=raw"], Folder = folder };

    // fast-import answers while it reads; an answer that nobody takes would stop it once the pipe is full.
    private static async Task<ImmutableArray<ObjectId>> TalkAsync(GitProcess process, CommitChain chain, CancellationToken cancellation)
    {
        var ids = ReadIdsAsync(process, chain.Commits.Length, cancellation);
        await WriteAsync(process.Input, chain, cancellation);
        return await ids;
    }

    private static async Task<ImmutableArray<ObjectId>> ReadIdsAsync(GitProcess process, int count, CancellationToken cancellation)
    {
        var answers = new ByteReader(process.Output);
        var ids = ImmutableArray.CreateBuilder<ObjectId>(count);
        while (ids.Count < count)
        {
            var line = await answers.ReadToAsync(LineEnd, cancellation) ?? throw new EndOfStreamException("git named fewer commits than it was given.");
            ids.Add(ObjectId.TryParse(line.Span) ?? throw new IOException("git named a commit by something that is no id."));
        }

        return ids.MoveToImmutable();
    }

    private static async Task WriteAsync(Stream input, CommitChain chain, CancellationToken cancellation)
    {
        var text = new ArrayBufferWriter<byte>(2 * FlushAt);
        Write(text, $"reset {chain.Target.Work}\n\n");
        for (var i = 0; i < chain.Commits.Length; i++)
        {
            WriteHead(text, chain, i);
            foreach (var change in chain.Commits[i].Changes)
            {
                WriteChange(text, change);
                if (text.WrittenCount >= FlushAt)
                {
                    await FlushAsync(input, text, cancellation);
                }
            }

            Write(text, $"\nget-mark :{i + 1}\n");
        }

        Write(text, "done\n");
        await FlushAsync(input, text, cancellation);
        input.Close();
    }

    private static async Task FlushAsync(Stream input, ArrayBufferWriter<byte> text, CancellationToken cancellation)
    {
        await input.WriteAsync(text.WrittenMemory, cancellation);
        text.ResetWrittenCount();
    }

    private static void WriteHead(ArrayBufferWriter<byte> text, CommitChain chain, int index)
    {
        var parent = index == 0 ? chain.Parent?.Text : string.Create(CultureInfo.InvariantCulture, $":{index}");
        Write(text, $"commit {chain.Target.Work}\nmark :{index + 1}\nauthor {chain.Identity} {chain.Date}\ncommitter {chain.Identity} {chain.Date}\n");
        WriteData(text, Encoding.UTF8.GetBytes(chain.Commits[index].Message));
        Write(text, parent is null ? "" : $"from {parent}\n");
    }

    private static void WriteChange(ArrayBufferWriter<byte> text, FileChange change)
    {
        var path = Quote(change.Path);
        if (change.Content is not { } content)
        {
            Write(text, $"D {path}\n");
            return;
        }

        Write(text, $"M {(change.IsExecutable ? "100755" : "100644")} inline {path}\n");
        WriteData(text, content.Span);
    }

    private static void WriteData(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> data)
    {
        Write(text, $"data {data.Length}\n");
        text.Write(data);
        Write(text, "\n");
    }

    // A path never holds a backslash or a control character, so that a quote is all there is to escape.
    private static string Quote(RepositoryPath path) => $"\"{path.Text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static void Write(ArrayBufferWriter<byte> text, FormattableString line) => Write(text, line.ToString(CultureInfo.InvariantCulture));

    private static void Write(ArrayBufferWriter<byte> text, string line) => Encoding.UTF8.GetBytes(line, text);
}
