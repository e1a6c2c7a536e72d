using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// Files' histories as they were last read, for a process that is asked again: only what came since is read. What was read holds for
/// ever, since a commit's name is its content; it is used only for a head on whose first-parent line the earlier head stands.
/// </summary>
/// <param name="git">The git program.</param>
/// <param name="folder">The cache.</param>
internal sealed class KnownHistories(GitProgram git, string folder)
{
    private const int MostFiles = 256;

    // Beyond that, git reads the whole about as soon.
    private const int MostCommits = 1000;

    private readonly Dictionary<string, (ObjectId Head, ImmutableArray<PathChange> Changes)> known = new(StringComparer.Ordinal);

    /// <summary>Who changed a file on a branch's first-parent line; newest first.</summary>
    /// <param name="head">Where to begin.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The changes.</returns>
    public async Task<ImmutableArray<PathChange>> ReadAsync(ObjectId head, RepositoryPath path, CancellationToken cancellation)
    {
        var asked = new HistoryQuestion(head, [path]);
        var changes = known.TryGetValue(path.Text, out var before)
            ? await FurtherAsync(asked, before, cancellation)
            : await PathHistory.ReadAsync(git, folder, asked, cancellation);
        if (known.Count >= MostFiles) known.Clear();
        known[path.Text] = (head, changes);
        return changes;
    }

    private async Task<ImmutableArray<PathChange>> FurtherAsync(
        HistoryQuestion asked, (ObjectId Head, ImmutableArray<PathChange> Changes) before, CancellationToken cancellation)
    {
        if (before.Head == asked.Head) return before.Changes;
        if (!await FollowsAsync(asked.Head, before.Head, cancellation)) return await PathHistory.ReadAsync(git, folder, asked, cancellation);
        return [.. await PathHistory.ReadAsync(git, folder, asked with { Behind = before.Head }, cancellation), .. before.Changes];
    }

    // Reachable is not enough: a merge can have put the earlier head on another line.
    private async Task<bool> FollowsAsync(ObjectId head, ObjectId earlier, CancellationToken cancellation)
    {
        var call = new GitCall
        {
            Purpose = "see what a branch got since",
            Arguments = ["rev-list", "--first-parent", "--parents", $"--max-count={MostCommits}", "--end-of-options", head.Text, "^" + earlier.Text],
            Folder = folder,
        };
        var answer = await git.RunAsync(call, cancellation);
        var oldest = Encoding.ASCII.GetString(answer.Output.Span).TrimEnd().Split('\n')[^1];
        return oldest.Split(' ') is [_, var parent, ..] && parent == earlier.Text;
    }
}
