using System.Text;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Reconciler.Tests.House;

namespace OdooSky.GitOps.Reconciler.Tests.Docs;

/// <summary>A block between fences, as it stands there, without the indentation of its first fence.</summary>
internal sealed record FencedBlock(string Page, int Line, string Language, string Text);

/// <summary>A Markdown page for people: README.md, or one below docs/.</summary>
internal sealed partial record DocPage(string Path, string[] Lines)
{
    public static IReadOnlyList<DocPage> All { get; } =
    [
        .. Directory.EnumerateFiles(System.IO.Path.Combine(SourceFile.Repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(System.IO.Path.Combine(SourceFile.Repository, "README.md"))
            .Order(StringComparer.Ordinal)
            .Select(path => new DocPage(System.IO.Path.GetRelativePath(SourceFile.Repository, path), File.ReadAllLines(path))),
    ];

    public static DocPage Of(string path) => All.Single(page => page.Path == path);

    public string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.Combine(SourceFile.Repository, Path))!;

    public IEnumerable<FencedBlock> Blocks()
    {
        for (var i = 0; i < Lines.Length; i++)
        {
            var open = Fence().Match(Lines[i]);
            if (!open.Success) continue;
            var indent = open.Groups[1].Length;
            var (start, text) = (i + 1, new StringBuilder());
            for (i++; !Fence().IsMatch(Lines[i]); i++) text.Append(Lines[i].Length < indent ? string.Empty : Lines[i][indent..]).Append('\n');
            yield return new FencedBlock(Path, start, open.Groups[2].Value, text.ToString());
        }
    }

    /// <summary>The lines outside of fences, by their number.</summary>
    public IEnumerable<(int Line, string Text)> Prose()
    {
        var fenced = false;
        for (var i = 0; i < Lines.Length; i++)
            if (Fence().IsMatch(Lines[i])) fenced = !fenced;
            else if (!fenced) yield return (i + 1, Lines[i]);
    }

    /// <summary>All that is shown as code: spans in prose, and the lines of fenced blocks.</summary>
    public IEnumerable<string> Code() => Prose().SelectMany(line => Span().Matches(line.Text).Select(span => span.Groups[1].Value))
        .Concat(Blocks().SelectMany(block => block.Text.Split('\n')));

    [GeneratedRegex("^( *)```([a-z]*)")]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();
}
