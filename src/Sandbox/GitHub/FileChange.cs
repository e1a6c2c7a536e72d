using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>A commit that somebody makes on a branch.</summary>
/// <param name="Branch">The branch, made when it isn't there.</param>
/// <param name="Parent">The commit below, or null for the first one.</param>
/// <param name="Author">The author's login.</param>
/// <param name="Message">The message.</param>
/// <param name="Files">Path and text; a null text removes the file.</param>
internal sealed record FileChange(string Branch, string? Parent, string Author, string Message, ImmutableArray<(string Path, string? Text)> Files)
{
    /// <summary>What <c>git fast-import</c> reads.</summary>
    public ReadOnlyMemory<byte> Stream(DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"commit refs/heads/{Branch}\n");
        text.Append(CultureInfo.InvariantCulture, $"committer {Author} <{Author}@users.noreply.github.com> {now.ToUnixTimeSeconds()} +0000\n");
        Data(text, Message);
        if (Parent is not null) text.Append(CultureInfo.InvariantCulture, $"from {Parent}\n");
        foreach (var (path, content) in Files)
        {
            text.Append(content is null ? "D " : "M 100644 inline ").Append(path).Append('\n');
            if (content is not null) Data(text, content);
        }

        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    private static void Data(StringBuilder text, string content) =>
        text.Append(CultureInfo.InvariantCulture, $"data {Encoding.UTF8.GetByteCount(content)}\n").Append(content).Append('\n');
}
