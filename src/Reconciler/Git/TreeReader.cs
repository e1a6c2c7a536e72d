using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Lists trees, and what differs between two of them.</summary>
internal sealed class TreeReader(GitProgram git, string folder)
{
    private const byte PartEnd = 0;

    /// <summary>Every entry below <paramref name="path"/> (null: of the whole tree), folders entered and not listed.</summary>
    public async Task<TreeListing> ListAsync(ObjectId tree, RepositoryPath? path, CancellationToken cancellation)
    {
        ImmutableArray<string> arguments = ["ls-tree", "-r", "-z", "--full-tree", "--", tree.Text];
        var call = new GitCall
        {
            Purpose = $"list {(path is null ? "the files" : path.Text)} of {tree}",
            Arguments = path is null ? arguments : arguments.Add(path.Text),
            Folder = folder,
        };
        return new TreeListing(await git.TalkAsync(call, process => ReadEntriesAsync(process, cancellation), cancellation));
    }

    /// <summary>The paths whose entries are not the same in both trees, without rename guessing, in git's order.</summary>
    public async Task<ImmutableArray<string>> ChangedPathsAsync(ObjectId before, ObjectId after, CancellationToken cancellation)
    {
        var call = new GitCall
        {
            Purpose = $"compare {before} with {after}",
            Arguments = ["diff-tree", "-r", "-z", "--no-renames", "--name-only", "--end-of-options", before.Text, after.Text],
            Folder = folder,
        };
        var answer = await git.RunAsync(call, cancellation);
        return [.. Encoding.UTF8.GetString(answer.Output.Span).Split('\0', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static async Task<ImmutableArray<TreeEntry>> ReadEntriesAsync(GitProcess process, CancellationToken cancellation)
    {
        var parts = new ByteReader(process.Output);
        var entries = ImmutableArray.CreateBuilder<TreeEntry>();
        while (await parts.ReadToAsync(PartEnd, cancellation) is { } part)
        {
            entries.Add(ReadEntry(part.Span));
        }

        return entries.ToImmutable();
    }

    // "100644 blob <id>\t<path>"
    private static TreeEntry ReadEntry(ReadOnlySpan<byte> part)
    {
        var tab = part.IndexOf((byte)'\t');
        var path = tab < 0 ? "" : Encoding.UTF8.GetString(part[(tab + 1)..]);
        var kind = KindOf(part);
        return tab > 0 && ObjectId.TryParse(part[(part[..tab].LastIndexOf((byte)' ') + 1)..tab]) is { } id
            ? new TreeEntry(path, kind, id)
            : throw new IOException("git listed an entry that can't be read.");
    }

    private static EntryKind KindOf(ReadOnlySpan<byte> part) =>
        part.StartsWith("100755 "u8) ? EntryKind.Executable
        : part.StartsWith("120000 "u8) ? EntryKind.Symlink
        : part.StartsWith("160000 "u8) ? EntryKind.Gitlink
        : part.StartsWith("1006"u8) ? EntryKind.File
        : EntryKind.Unknown;
}
