using System.Text.RegularExpressions;

namespace OdooSky.GitOps.Reconciler.Tests.House;

/// <summary>A file of the program as the house rules see it: its room, what it uses, its lines.</summary>
internal sealed partial record SourceFile(string Path, string Room, string[] Lines)
{
    private const string Root = "OdooSky.GitOps.";

    public static string Repository { get; } = FindRepository();

    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Directory.EnumerateFiles(System.IO.Path.Combine(Repository, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split('/').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <summary>Other rooms that this file names, either by a using line or by a qualified name.</summary>
    public IEnumerable<string> RoomsUsed => Lines
        .Select(line => UsingLine().Match(line))
        .Where(match => match.Success && match.Groups[1].Value.StartsWith(Root, StringComparison.Ordinal))
        .Select(match => match.Groups[1].Value[Root.Length..])
        .Where(room => room != Room);

    public IEnumerable<string> LibrariesUsed => Lines
        .Select(line => UsingLine().Match(line))
        .Where(match => match.Success && !match.Groups[1].Value.StartsWith(Root, StringComparison.Ordinal))
        .Select(match => match.Groups[1].Value);

    /// <summary>Members with a body: name and number of lines from its first to its last brace.</summary>
    public IEnumerable<(string Member, int Length)> Members()
    {
        for (var i = 1; i < Lines.Length; i++)
        {
            var open = MemberOpen().Match(Lines[i]);
            if (!open.Success || TypeLine().IsMatch(HeadOf(i))) continue;
            var end = Array.FindIndex(Lines, i, line => line.StartsWith(open.Groups[1].Value + "}", StringComparison.Ordinal));
            if (Lines[end] != open.Groups[1].Value + "}") continue;
            yield return (HeadOf(i).Trim(), end - i - 1);
        }
    }

    private string HeadOf(int brace)
    {
        var line = brace - 1;
        while (line > 0 && Depth(Lines[line]) > Depth(Lines[brace])) line--;
        return Lines[line];
    }

    private static int Depth(string line) => line.Length == 0 ? 0 : line.Length - line.TrimStart().Length;

    private static SourceFile Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var space = lines.Select(line => NamespaceLine().Match(line)).FirstOrDefault(match => match.Success);
        var room = space is null ? string.Empty : space.Groups[1].Value[Root.Length..];
        return new SourceFile(System.IO.Path.GetRelativePath(Repository, path), room, lines);
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "OdooSky.GitOps.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside a clone of the repository.");
    }

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?([\w.]+);")]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"^namespace ([\w.]+);")]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^((?:    ){1,2})\{$")]
    private static partial Regex MemberOpen();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\b|^\s*(get|set|init|if|else|for|foreach|while|using|switch|do|try|catch|finally|return|case|var|default|lock|fixed|checked|unchecked)\b|=>|=\s*$|= new|\($")]
    private static partial Regex TypeLine();
}
