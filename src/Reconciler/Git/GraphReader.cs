using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Reads a history's commits and parents with one git.</summary>
internal sealed class GraphReader(GitProgram git, string folder)
{
    private const string ShallowFile = "shallow";
    private const byte LineEnd = (byte)'\n';

    /// <summary>All that <paramref name="head"/> and <paramref name="others"/> reach; all of them are here.</summary>
    public async Task<CommitGraph> ReadAsync(ObjectId head, ImmutableArray<ObjectId> others, CancellationToken cancellation)
    {
        var call = new GitCall { Purpose = $"read the history of {head}", Arguments = ["rev-list", "--parents", "--stdin"], Folder = folder };
        var commits = await git.TalkAsync(call, process => ReadAsync(process, others.Insert(0, head), cancellation), cancellation);
        return new CommitGraph(commits, head, ReadCuts());
    }

    private static async Task<List<(ObjectId Commit, ObjectId[] Parents)>> ReadAsync(GitProcess process, ImmutableArray<ObjectId> heads, CancellationToken cancellation)
    {
        await process.Input.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(heads.Select(head => head.Text + "\n"))), cancellation);
        process.Input.Close();
        var known = new Dictionary<string, ObjectId>(StringComparer.Ordinal);
        var commits = new List<(ObjectId Commit, ObjectId[] Parents)>();
        var lines = new ByteReader(process.Output);
        while (await lines.ReadToAsync(LineEnd, cancellation) is { } line)
        {
            var ids = Encoding.ASCII.GetString(line.Span).Split(' ').Select(text => Read(text, known)).ToArray();
            commits.Add((ids[0], ids[1..]));
        }

        return commits;
    }

    // Each id is met as a commit and as a parent, and kept once.
    private static ObjectId Read(string text, Dictionary<string, ObjectId> known)
    {
        if (!known.TryGetValue(text, out var id))
        {
            id = ObjectId.TryParse(text) ?? throw new IOException("git listed a commit that can't be read.");
            known.Add(text, id);
        }

        return id;
    }

    private ImmutableArray<ObjectId> ReadCuts()
    {
        var file = Path.Combine(folder, ShallowFile);
        return File.Exists(file) ? [.. File.ReadLines(file).Select(ObjectId.TryParse).OfType<ObjectId>()] : [];
    }
}
