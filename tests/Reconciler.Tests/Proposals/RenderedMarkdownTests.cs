using System.Text;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Proposals;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proposals;

/// <summary>Bodies as a real renderer of GitHub's Markdown reads them: no text from a row adds a node to the document.</summary>
public sealed partial class RenderedMarkdownTests
{
    private static readonly ProposalContext Context = new(412, [new GuardResult("deletes", 0, 20)], "Read from `desired/`.", ["- Merge it."]);

    [Theory]
    [MemberData(nameof(HostileTexts.Numbers), MemberType = typeof(HostileTexts))]
    public async Task A_hostile_row_makes_the_same_document_as_a_harmless_one(int number)
    {
        var text = HostileTexts.All[number];
        var harmless = PlainText.Line(text).Length == 0 ? string.Empty : "harmless";

        Assert.Equal(await NodesAsync(Body(harmless)), await NodesAsync(Body(text)));
    }

    [Fact]
    public async Task The_renderer_tells_a_link_from_the_code_that_shows_one() =>
        Assert.NotEqual(await NodesAsync("`[l](https://evil.example)`\n"), await NodesAsync("[l](https://evil.example)\n"));

    private static string Body(string text)
    {
        var row = new AddonRow(text, text, text, text);
        var change = Changes.Update("acme") with
        {
            Steps = [new RowAdded(row), new ValueSet(ValuePath.TryParse("a.b")!, new Overlay.Helm.HelmText(text), new Overlay.Helm.HelmText(text))],
            Request = new Request(text, text, text),
            Before = Encoding.UTF8.GetBytes("a: 1\n"),
            After = Encoding.UTF8.GetBytes(text + "\n"),
            Digest = new string('0', 64),
        };
        return ProposalPage.Put(string.Empty, ProposalBody.Of(new ChangeSet("prod", "i-acme", [change]), Context));
    }

    // What stands in code is the text itself, and the marker has a digest of the bytes.
    private static async Task<string> NodesAsync(string body)
    {
        var run = await TestProgram.RunAsync("cmark-gfm", ["-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tasklist", "--to", "xml"], body);
        return run.ExitCode == 0 ? Digest().Replace(Code().Replace(run.Output, "<${kind}>"), "(digest)") : throw new InvalidOperationException(run.Errors);
    }

    [GeneratedRegex(@"<(?<kind>code|code_block)( [^>]*)?>[^<]*</\k<kind>>", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.ExplicitCapture)]
    private static partial Regex Digest();
}
