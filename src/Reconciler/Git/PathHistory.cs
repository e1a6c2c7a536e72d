using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>A commit of a branch's first-parent line that changed a file.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Path">The file.</param>
/// <param name="Before">What stood there in the first parent, or null.</param>
/// <param name="After">What stands there now, or null.</param>
internal sealed record PathChange(ObjectId Commit, string Path, ObjectId? Before, ObjectId? After)
{
    /// <summary>The committer's date: when it came to the branch, as the commit claims.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>Which part of a history is asked for.</summary>
/// <param name="Head">Where to begin.</param>
/// <param name="Paths">Files, or folders for all files in them; none for the whole tree.</param>
internal sealed record HistoryQuestion(ObjectId Head, ImmutableArray<RepositoryPath> Paths)
{
    /// <summary>How many commits at most, the newest first; null: all.</summary>
    public int? Most { get; init; }

    /// <summary>A commit; what it reaches is left out. Null: nothing is.</summary>
    public ObjectId? Behind { get; init; }

    /// <summary>Only commits that say that they are not older; null: all. A commit with a wrong date hides none behind it.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>Who changed a file on a branch, commit by commit of its first-parent line: what was merged, and not how it came about.</summary>
internal static class PathHistory
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>Reads a history, newest first.</summary>
    /// <param name="git">The git program.</param>
    /// <param name="folder">The cache.</param>
    /// <param name="asked">Which part of the history.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The changes.</returns>
    public static Task<ImmutableArray<PathChange>> ReadAsync(GitProgram git, string folder, HistoryQuestion asked, CancellationToken cancellation)
    {
        var call = new GitCall
        {
            Purpose = $"read the history of {(asked.Paths is [var only] ? only.Text : "the files")}",
            Arguments =
            [
                "-c", "core.quotePath=true", "log", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "--no-renames", "--root",
                .. asked.Most is { } most ? (string[])[string.Create(CultureInfo.InvariantCulture, $"--max-count={most}")] : [],
                .. asked.Since is { } since ? (string[])[string.Create(CultureInfo.InvariantCulture, $"--since-as-filter={since.ToUnixTimeSeconds()}")] : [],
                "--format=%H %ct", "--end-of-options", asked.Head.Text, .. asked.Behind is { } behind ? (string[])["^" + behind.Text] : [],
                "--", .. asked.Paths.Select(path => path.Text),
            ],
            Folder = folder,
        };
        return git.TalkAsync(call, process => ReadAsync(process, cancellation), cancellation);
    }

    /// <summary>The newest commit of a branch's first-parent line that is not younger than a time.</summary>
    /// <param name="git">The git program.</param>
    /// <param name="folder">The cache.</param>
    /// <param name="head">Where to begin.</param>
    /// <param name="at">The time.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The commit, or null when all are younger.</returns>
    public static async Task<ObjectId?> FindNewestAsync(GitProgram git, string folder, ObjectId head, DateTimeOffset at, CancellationToken cancellation)
    {
        var until = string.Create(CultureInfo.InvariantCulture, $"--until={at.ToUnixTimeSeconds()}");
        var call = new GitCall
        {
            Purpose = "find a commit by its time", Arguments = ["rev-list", "--first-parent", "--max-count=1", until, "--end-of-options", head.Text], Folder = folder,
        };
        var answer = await git.RunAsync(call, cancellation);
        return ObjectId.TryParse(Encoding.UTF8.GetString(answer.Output.Span).Trim());
    }

    private static async Task<ImmutableArray<PathChange>> ReadAsync(GitProcess process, CancellationToken cancellation)
    {
        var lines = new ByteReader(process.Output);
        var changes = ImmutableArray.CreateBuilder<PathChange>();
        var (commit, at) = ((ObjectId?)null, default(DateTimeOffset));
        while (await lines.ReadToAsync(LineEnd, cancellation) is { } line)
        {
            if (line.Length == 0) continue;
            if (line.Span[0] == (byte)':') changes.Add(Change(commit!, Encoding.UTF8.GetString(line.Span)) with { At = at });
            else (commit, at) = Commit(Encoding.ASCII.GetString(line.Span));
        }

        return changes.ToImmutable();
    }

    // "<id> <seconds since 1970>"
    private static (ObjectId Commit, DateTimeOffset At) Commit(string line) =>
        line.Split(' ') is [var id, var seconds] && ObjectId.TryParse(id) is { } commit && long.TryParse(seconds, CultureInfo.InvariantCulture, out var at)
            ? (commit, new GitDate(at, "+0000").Time)
            : throw new IOException("git named a commit by something that is no id.");

    // ":100644 100644 <before> <after> M\t<path>"
    private static PathChange Change(ObjectId commit, string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        var fields = tab < 0 ? [] : line[1..tab].Split(' ');
        if (fields.Length != 5) throw new IOException("git told a change that can't be read.");
        return new PathChange(commit, line[(tab + 1)..], Blob(fields[0], fields[2]), Blob(fields[1], fields[3]));
    }

    private static ObjectId? Blob(string mode, string id) => mode == "000000" ? null : ObjectId.TryParse(id);
}
