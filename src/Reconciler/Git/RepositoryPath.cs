using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// A path inside a repository: parts with slashes between, never absolute, never up, never into a <c>.git</c> folder on
/// any file system. git's plumbing takes <c>../../x</c> and <c>.git/hooks/x</c> as they are, so there is this one gate.
/// </summary>
internal sealed record RepositoryPath
{
    private const int LongestPath = 4096;
    private const int LongestPart = 255;

    private RepositoryPath(string text) => Text = text;

    public string Text { get; }

    public static RepositoryPath? TryParse(string? text) =>
        text is not null && Encoding.UTF8.GetByteCount(text) <= LongestPath && !HasBadCharacter(text) && text.Split('/').All(IsPart)
            ? new RepositoryPath(text)
            : null;

    public override string ToString() => Text;

    // Format characters are invisible, and HFS+ ignores some of them: ".g\u200cit" is ".git" there.
    private static bool HasBadCharacter(string text) =>
        text.Contains('\\', StringComparison.Ordinal)
        || text.EnumerateRunes().Any(r => r == Rune.ReplacementChar
            || Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool IsPart(string part) =>
        part.Length > 0 && part is not ("." or "..") && Encoding.UTF8.GetByteCount(part) <= LongestPart && !IsGitFolder(part);

    // NTFS ignores blanks and dots at the end and takes what follows a colon for a stream; GIT~1 is its short name.
    private static bool IsGitFolder(string part)
    {
        var name = part.Split(':')[0].TrimEnd(' ', '.');
        return name.Equals(".git", StringComparison.OrdinalIgnoreCase) || name.Equals("git~1", StringComparison.OrdinalIgnoreCase);
    }
}
