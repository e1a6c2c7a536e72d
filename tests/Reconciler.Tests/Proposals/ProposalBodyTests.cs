using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Proposals;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proposals;

/// <summary>What a reviewer reads.</summary>
public sealed partial class ProposalBodyTests
{
    private static readonly ProposalContext Context = new(
        412, [new GuardResult("deletes", 0, 20), new GuardResult("changes", 3, -1), new GuardResult("restarts", 50, 41)], "Read from `desired/`.", ["- Merge it."]);

    [Fact]
    public void A_proposal_is_written_in_this_order()
    {
        var set = new ChangeSet("prod", "i-acme", [Changes.Update("acme")]);

        Assert.Equal(
            $$$"""
            Changes 1 overlay; merging it **restarts 1 of 412 instances**.

            | instance | change | from → to | restarts? | hash before → after |
            |---|---|---|---|---|
            | `acme` | update | `web_x 1.0 → 1.1` | yes | 0011223344556677 → 8899aabbccddeeff |

            Guards: deletes 0 of 20 allowed, changes 3 (fleet too small for a limit), restarts 50, over 41, approved by the plan's digest.

            <details><summary>acme: <code>instances/acme/values.yaml</code></summary>

            ```diff
            @@ -1,1 +1,1 @@
            -version: "1.0"
            +version: "1.1"
            ```

            </details>

            ### Where the desired state came from

            Read from `desired/`.

            - `acme`: requested by `ann@x.example`; reason `a fix`; ticket `T-1`

            ### What to do next

            - Merge it.

            <!-- odoosky: {"v":1,"target":"prod","branch":"odoosky/prod/i-acme","content":"{{{set.ContentDigest}}}","changes":{"acme":"{{{set.Changes[0].Digest}}}"},"restarts":["acme"]} -->

            """,
            ProposalBody.Of(set, Context));
    }

    [Fact]
    public void The_verdict_counts_restarts_and_says_what_is_not_known()
    {
        var audit = Changes.Update("a") with { Forecast = Changes.Update("a").Forecast with { Restart = Restart.AuditOnly } };
        var unknown = audit with { Forecast = audit.Forecast with { Restart = Restart.Unknown } };

        Assert.StartsWith("Changes 1 overlay; merging it **restarts nothing**, and **1 instance stops for good**.", Body(Changes.Retire("a")));
        Assert.StartsWith("Changes 2 overlays; merging it **restarts 1 of 412 instances**, and 1 more may restart.", Body(audit, unknown));
    }

    [Fact]
    public void A_long_proposal_is_cut_at_a_section_s_edge_and_says_so()
    {
        var changes = Enumerable.Range(0, 500).Select(i => Changes.Update($"i{i:000}") with
        {
            Before = Lines(30, "old"), After = Lines(30, "new"),
        });
        var set = new ChangeSet("prod", "all-1", [.. changes]);

        var body = ProposalBody.Of(set, Context);

        Assert.InRange(body.Length, 40_000, 60_000);
        Assert.Equal(Count(body, "<details>"), Count(body, "</details>"));
        Assert.Equal(0, Count(body, "```") % 2);
        Assert.Matches(@"\nThe table is cut here: \d+ more instances can be read in the commits\.\n", body);
        Assert.Matches(@"\nThe text is cut here: \d+ more diffs can be read in the commits\.\n", body);
        Assert.Matches(@"\nThe list is cut here: \d+ more instances can be read in the commits\.\n", body);
        Assert.Contains("\n### What to do next\n", body);
        var marker = Marker().Match(body);
        Assert.True(marker.Success, "the marker stands whole at the end");
        Assert.Equal(set.ContentDigest, JsonNode.Parse(marker.Groups[1].Value)!["content"]!.GetValue<string>());
    }

    [Fact]
    public void One_diff_that_is_too_long_is_left_out()
    {
        var body = Body(Changes.Update("acme") with { Before = Lines(3000, "old old old old"), After = Lines(3000, "new new new new") });

        Assert.True(body.Length <= 60_000);
        Assert.Contains("The text is cut here: 1 more diff can be read in the commits.", body);
    }

    [Fact]
    public void A_marker_that_would_fill_the_page_leaves_the_change_digests_to_the_commits()
    {
        var set = new ChangeSet("prod", "all-1", [.. Enumerable.Range(0, 1000).Select(i => Changes.Update($"i{i:000}"))]);

        var body = ProposalBody.Of(set, Context);

        Assert.InRange(body.Length, 20_000, 60_000);
        var marker = JsonNode.Parse(Marker().Match(body).Groups[1].Value)!;
        Assert.Equal((set.ContentDigest, true), (marker["content"]!.GetValue<string>(), marker["changes"] is null));
    }

    [Fact]
    public void The_longest_fields_keep_the_limit_too()
    {
        var wide = new string('x', 5000);
        var rows = Enumerable.Range(0, 30).Select(i => (EditStep)new RowAdded(new AddonRow(wide + i, "oca", wide, wide))).ToImmutableArray();
        var changes = Enumerable.Range(0, 300).Select(i => Changes.Update($"i{i:000}") with { Steps = rows, Request = new Request(wide, wide, wide) });

        var body = ProposalBody.Of(new ChangeSet("prod", "all-1", [.. changes]), Context);

        Assert.True(body.Length <= 60_000, $"{body.Length} characters");
        Assert.Matches(Marker(), body);
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Numbers), MemberType = typeof(HostileTexts))]
    public void No_text_from_rows_changes_the_page_s_structure(int number)
    {
        var text = HostileTexts.All[number];
        var row = new AddonRow(text, text, text, text);
        var change = Changes.Update("acme") with
        {
            Steps = [new RowAdded(row), new RowRemoved(row), new RowChanged(row, row with { Version = "1" })],
            Request = new Request(text, text, text),
            Before = Encoding.UTF8.GetBytes("a: 1\n"),
            After = Encoding.UTF8.GetBytes(text + "\n"),
        };

        var skeleton = Skeleton(Body(change));

        Assert.Equal(Skeleton(Body(Changes.Update("acme"))), skeleton);
    }

    // What is left of a page when code is taken out as CommonMark takes it: fenced blocks first, then spans within a line.
    private static string Skeleton(string body)
    {
        var text = new StringBuilder();
        string? fence = null;
        foreach (var line in body.Split('\n'))
        {
            var run = line.TakeWhile(c => c == '`').Count();
            if (fence is not null)
            {
                if (run >= fence.Length && line.Trim('`', ' ').Length == 0) fence = null;
                continue;
            }

            if (run >= 3 && !line[run..].Contains('`', StringComparison.Ordinal))
            {
                fence = line[..run];
                text.Append("(block)\n");
                continue;
            }

            text.Append(line.StartsWith("| `", StringComparison.Ordinal) ? Row(line) : WithoutSpans(line)).Append('\n');
        }

        return Digest().Replace(text.ToString(), "(digest)");
    }

    // GitHub splits a row at each bar that has no backslash before it, before it looks for code.
    private static string Row(string line)
    {
        var cells = Bar().Split(line).Select(cell => WithoutSpans(cell.Replace("\\|", "|", StringComparison.Ordinal))).ToList();
        Assert.Equal(7, cells.Count);
        return string.Join('|', cells.Select((cell, i) => i == 3 ? "(steps)" + string.Concat(cell.Replace("(code)", string.Empty).Replace("<br>", string.Empty)) : cell));
    }

    private static string WithoutSpans(string line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < line.Length;)
        {
            if (line[i] != '`')
            {
                text.Append(line[i++]);
                continue;
            }

            var run = line[i..].TakeWhile(c => c == '`').Count();
            var close = Regex.Match(line[(i + run)..], $"(?<!`)`{{{run}}}(?!`)", RegexOptions.None, TimeSpan.FromSeconds(1));
            text.Append(close.Success ? "(code)" : line[i..(i + run)]);
            i += run + (close.Success ? close.Index + run : 0);
        }

        return Asked().Replace(text.ToString(), "(asked)");
    }

    private static string Body(params OverlayChange[] changes) => ProposalBody.Of(new ChangeSet("prod", "i-acme", [.. changes]), Context);

    private static byte[] Lines(int count, string word) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, count).Select(i => $"{word} {i}\n")));

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex(@"\n<!-- odoosky: (\{.*\}) -->\n$")]
    private static partial Regex Marker();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digest();

    // A text that is nothing but invisible characters leaves its words out.
    [GeneratedRegex(@"(?<=: )((requested by|reason|ticket) \(code\)(; )?)+$|nobody is named$")]
    private static partial Regex Asked();
}
