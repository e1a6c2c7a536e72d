using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>How Helm 4 cuts a file into documents.</summary>
public sealed class DocumentSplitterTests
{
    private static readonly (string File, string Documents)[] Cuts =
    [
        ("", ""), ("a", "0<a|>"), ("a\n", "0<a|>"), ("a\nb", "0<a|b|>"), ("\n", "0<|>"), ("\na\n", "0<|a|>"),
        ("a\r\nb\r\n", "0<a|b|>"), ("\r\n", "0<|>"), ("a\r", "0<a^|>"), ("a\r\r\n", "0<a^|>"), ("a\rb\n", "0<a^b|>"),
        ("---\na\n", "0<---|a|>"), ("a\n---\nb\n", "0<a|> 2<b|>"), ("a\n--- # c\nb", "0<a|> 2<b|>"), ("a\n---#c\nb\n", "0<a|> 2<b|>"),
        ("a\n---  \t \nb\n", "0<a|> 2<b|>"),
        ("a\n---\n---\nb\n", "0<a|> 2<---|b|>"), ("a\n---\n", "0<a|>"), ("a\n---", "0<a|>"), ("---\n---\n", "0<---|>"),
        ("---\n---\n---\n", "0<---|> 2<---|>"),
        ("a\n\n---\n\nb\n---\nc", "0<a||> 3<|b|> 6<c|>"), ("a\n --- x\n--\n", "0<a| --- x|--|>"), ("a\r\n---\r\nb", "0<a|> 2<b|>"),
        ("--- x\n", "document-separator 1:1"), ("a\n----\n", "0<a|> document-separator 2:1"),
        ("a\n---b\nc\n", "0<a|> document-separator 2:1"), ("a\n---\nb\n--- {}\n", "0<a|> 2<b|> document-separator 4:1"),
    ];

    private static readonly (string Start, int Length, string Outcome)[] LastLines =
    [
        ("x", 4095, "kept"), ("x", 4096, "lost"), ("x", 4097, "kept"), ("x", 8191, "kept"), ("x", 8192, "lost"), ("x", 0, "lost"),
        ("x\r", 4094, "kept"), ("x\r", 4095, "last-line-4096 2:1"), ("x\r", 5000, "last-line-4096 2:1"),
        ("---", 4094, "document-separator 2:1"), ("---", 4095, "last-line-4096 2:1"), ("---", 4096, "last-line-4096 2:1"),
    ];

    [Fact]
    public void Lines_that_start_with_three_dashes_cut() => Shown.Holds(Cuts, Cut);

    [Fact]
    public void A_last_line_without_its_end_is_lost_where_it_fills_the_buffer() =>
        Shown.Holds(LastLines.Select(row => ("a\n" + row.Start.PadRight(row.Length, 'x')[..row.Length], row.Outcome)).ToArray(), file =>
        {
            var cut = Cut(file);
            return cut is "0<a|>" ? "lost" : cut.StartsWith("0<a|> ", StringComparison.Ordinal) ? cut[6..] : "kept";
        });

    [Fact]
    public void Ten_thousand_documents_are_read_and_no_more()
    {
        Assert.Null(Split(string.Concat(Enumerable.Repeat("a\n---\n", 10_000))).Failure);
        var (documents, failure) = Split(string.Concat(Enumerable.Repeat("a\n---\n", 10_001)));
        Assert.Equal(("too-many-documents", FailureKind.Refused, 20_002), (failure!.Rule, failure.Kind, failure.Line));
        Assert.Equal(10_001, documents.Count);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("a\n", true)]
    [InlineData("a\r\n", true)]
    [InlineData(" ---\n", true)]
    [InlineData("a: ---\n--\n", true)]
    [InlineData("a", false)]
    [InlineData("a\r", false)]
    [InlineData("---\na\n", false)]
    [InlineData("---", false)]
    [InlineData("a\n---\n", false)]
    [InlineData("a\n---x\n", false)]
    [InlineData("a\r\r\n", false)]
    public void A_file_without_cuts_that_ends_its_last_line_reads_alike_in_all_versions(string file, bool isWhole) =>
        Assert.Equal(isWhole, DocumentSplitter.IsWhole(Encoding.UTF8.GetBytes(file)));

    [Theory]
    [InlineData("--- x\n", "Helm 4 takes a line that starts with '---' as the start of a document, and allows only a comment behind it.")]
    public void Why_a_file_cannot_be_cut_is_said(string file, string message) => Assert.Equal((message, FailureKind.HelmFails), (Split(file).Failure!.Message, Split(file).Failure!.Kind));

    [Fact]
    public void What_is_refused_says_the_remedy()
    {
        var failure = Split("a\n---" + new string(' ', 5000)).Failure!;
        Assert.Equal((FailureKind.Refused, "The last line has no line end and fills Helm's buffer; add the line end."), (failure.Kind, failure.Message));
        Assert.Equal("The file has more documents than this program reads.", Split(string.Concat(Enumerable.Repeat("a\n---\n", 10_001))).Failure!.Message);
    }

    private static (IReadOnlyList<SplitDocument> Documents, HelmFailure? Failure) Split(string file) => new DocumentSplitter(Encoding.UTF8.GetBytes(file)).Split();

    private static string Cut(string file)
    {
        var (documents, failure) = Split(file);
        var shown = documents.Select(each => each.FirstLine + "<" + Encoding.UTF8.GetString(each.Text.Span).Replace('\n', '|').Replace('\r', '^') + ">");
        return string.Join(" ", failure is null ? shown : shown.Append(Shown.Place(failure)));
    }
}
