using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>A commit of a branch's history.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">The committer's date.</param>
/// <param name="Message">Its message; bytes that are not UTF-8 are replaced.</param>
internal sealed record HistoryEntry(ObjectId Id, DateTimeOffset At, string Message);

/// <summary>Searches history by what commits say.</summary>
internal sealed class History(GitProgram git, string folder)
{
    private const char CommitEnd = '\x1e';

    /// <summary>The commits that a head reaches whose message has a text in it, each before what it builds on. One run of git.</summary>
    public async Task<ImmutableArray<HistoryEntry>> FindAsync(ObjectId head, string text, CancellationToken cancellation)
    {
        var call = new GitCall
        {
            Purpose = $"search the history of {head}",
            Arguments =
            [
                "log", "--topo-order", "--fixed-strings", "--grep", text, "--format=%H %ct%n%B%x1e", "--end-of-options", head.Text,
            ],
            Folder = folder,
        };
        var answer = await git.RunAsync(call, cancellation);
        var parts = Encoding.UTF8.GetString(answer.Output.Span).Split(CommitEnd, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. parts.Select(Read).OfType<HistoryEntry>()];
    }

    private static HistoryEntry? Read(string part)
    {
        var end = part.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || part[..end].Split(' ') is not [var id, var seconds] || ObjectId.TryParse(id) is not { } commit) return null;
        return long.TryParse(seconds, CultureInfo.InvariantCulture, out var at) ? new HistoryEntry(commit, new GitDate(at, "+0000").Time, part[(end + 1)..]) : null;
    }
}
