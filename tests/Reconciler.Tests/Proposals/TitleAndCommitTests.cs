using System.Diagnostics;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Proposals;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proposals;

/// <summary>Titles and commit messages, the latter as real git reads them.</summary>
public sealed class TitleAndCommitTests
{
    private static readonly AddonRow Row = new("a", "oca", "r/a", "1");

    [Fact]
    public void A_title_counts_what_changes()
    {
        var change = Changes.Update("acme");

        Assert.Equal("odoosky(prod): acme ~1 addon", ProposalTitle.Of("prod", change));
        Assert.Equal("odoosky(prod): retire acme", ProposalTitle.Of("prod", Changes.Retire("acme")));
        Assert.Equal(
            "odoosky(prod): acme +2 −1 addons",
            ProposalTitle.Of("prod", change with { Steps = [new RowAdded(Row), new RowAdded(Row), new RowRemoved(Row)] }));
        Assert.Equal(
            "odoosky(prod): create acme +1 addon, 2 values",
            ProposalTitle.Of("prod", change with { Action = ChangeAction.Create, Steps = [new RowAdded(Row), Value, Value] }));
        Assert.Equal("odoosky(prod): acme 1 value", ProposalTitle.Of("prod", change with { Steps = [Value] }));
        Assert.Equal(
            "odoosky(prod): r-main: 2 instances",
            ProposalTitle.Of(new ChangeSet("prod", "r-main", [Changes.Update("a"), Changes.Update("b")])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void A_title_has_at_most_72_characters(int length)
    {
        var target = new string('t', length);
        var change = Changes.Update(new string('a', 40)) with { Action = ChangeAction.Create, Steps = [new RowAdded(Row), new RowRemoved(Row), new RowChanged(Row, Row), Value] };

        string[] titles =
        [
            ProposalTitle.Of(target, change), ProposalTitle.Of(target, change with { Action = ChangeAction.Retire }),
            ProposalTitle.Of(new ChangeSet(target, "r-" + new string('x', 63), [change, change])),
        ];

        Assert.All(titles, title => Assert.InRange(title.Length, 20, 72));
        if (length == 40) Assert.All(titles, title => Assert.EndsWith("…", title));
    }

    [Fact]
    public void Git_reads_every_trailer_of_a_commit()
    {
        var set = new ChangeSet("prod", "i-acme", [Changes.Update("acme")]);

        var message = CommitMessage.Of(set, set.Changes[0]);

        Assert.StartsWith("odoosky(prod): acme ~1 addon\n\nweb_x 1.0 → 1.1; the odoo pod restarts (1 init container changes).\n\nOdoosky-Instance: acme\n", message);
        Assert.Equal(
            $"""
            Odoosky-Instance: acme
            Odoosky-Addons-Hash: 0011223344556677..8899aabbccddeeff
            Odoosky-Restart: yes
            Odoosky-Desired-Revision: aaaa+bbbb
            Odoosky-Requested-By: ann@x.example
            Odoosky-Reason: a fix
            Odoosky-Ticket: T-1
            Odoosky-Change: {set.Changes[0].Digest}
            Odoosky-Content: {set.ContentDigest}

            """,
            Trailers(message));
        Assert.Equal(set.ContentDigest, CommitMessage.ContentIn(message));
    }

    [Fact]
    public void What_nobody_said_makes_no_trailer() => Assert.DoesNotContain(
        "Requested-By", CommitMessage.Of(new ChangeSet("prod", "i-acme", [Changes.Retire("acme")]), Changes.Retire("acme")));

    [Fact]
    public void A_retired_instance_has_no_hash_after() => Assert.Contains(
        "\nOdoosky-Addons-Hash: 0011223344556677..none\nOdoosky-Restart: no\n",
        CommitMessage.Of(new ChangeSet("prod", "i-acme", [Changes.Retire("acme")]), Changes.Retire("acme")));

    [Fact]
    public void One_commit_for_many_carries_all_trailers()
    {
        var set = new ChangeSet("prod", "all-1", [.. Enumerable.Range(0, 501).Select(i => Changes.Update($"i{i:000}"))]);

        var trailers = Trailers(CommitMessage.Of(set)).Split('\n');

        Assert.Equal(501, trailers.Count(line => line.StartsWith("Odoosky-Instance: ", StringComparison.Ordinal)));
        Assert.Equal((501 * 8) + 1, trailers.Count(line => line.Length > 0));
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Numbers), MemberType = typeof(HostileTexts))]
    public void No_text_forges_a_trailer_or_ends_the_block(int number)
    {
        var text = HostileTexts.All[number];
        var plain = new ChangeSet("prod", "i-acme", [Changes.Update("acme")]);
        var change = plain.Changes[0] with { Sentence = text, DesiredRevision = text, Request = new Request(text, text, text) };

        var message = CommitMessage.Of(plain with { Changes = [change] }, change);

        var expected = Trailers(CommitMessage.Of(plain, plain.Changes[0])).Split('\n');
        var kept = Trailers(message).Split('\n').Where(line => !FromRows(line));
        Assert.Equal(expected.Where(line => !FromRows(line)), kept);
        Assert.True(Trailers(message).Split('\n').Count(FromRows) <= 4);
        Assert.DoesNotContain(message, c => char.IsControl(c) && c != '\n');
        Assert.Equal(plain.ContentDigest, CommitMessage.ContentIn(message));

        static bool FromRows(string line) => ((string[])["Desired-Revision", "Requested-By", "Reason", "Ticket"])
            .Any(name => line.StartsWith($"Odoosky-{name}: ", StringComparison.Ordinal));
    }

    private static ValueSet Value => new(ValuePath.TryParse("a.b")!, null, Overlay.Helm.HelmNull.Instance);

    private static string Trailers(string message)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["interpret-trailers", "--parse", "--no-divider"])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new System.Text.UTF8Encoding(false),
        })!;
        git.StandardInput.Write(message);
        git.StandardInput.Close();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return output;
    }
}
