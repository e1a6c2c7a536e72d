using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Tests.Audit;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Promotion;

/// <summary>Promotions on a real repository whose desired state is in files.</summary>
public sealed class PromotionTests : IDisposable
{
    private const string Branch = "odoosky-promotions/prod.beta";

    // Kept by people, with everything that a careless writer would lose.
    private const string Target =
        "# beta, kept by people\napiVersion: odoosky.io/v1\nkind: Instance\ncode: beta   # never changes\nodoo: \"17.0\"\n\naddons:\n"
        + "- {code: sale, source: odoo-builtin}   # ships with Odoo\n- code: web_x\n  source: oca\n  image: registry.example/web_x\n  version: '1.0' # pinned\n"
        + "- code: own\n  source: vendor\n  image: registry.example/own\n  version: \"7\"\nreason: Begin\nticket: T-1\n";

    private readonly StoryFleet story = new();

    private TestFleet Fleet => story.Fleet;

    public void Dispose() => story.Dispose();

    [Fact]
    public async Task A_proven_set_of_addons_is_shown_then_proposed_with_every_other_byte_kept_and_proposed_once()
    {
        await LiveAsync("2.0");
        var refs = Fleet.Refs();

        var shown = await PromoteAsync();
        var before = Fleet.Refs();
        var made = await PromoteAsync("--yes", "--requested-by", "jane@example.com", "--ticket", "OPS-9");
        var after = Fleet.Refs();
        var again = await PromoteAsync("--yes", "--requested-by", "jane@example.com", "--ticket", "OPS-9");

        Assert.Equal((0, refs), (shown.Exit, before));
        Assert.Equal("Nothing was written; --yes makes it.\n", shown.Messages);
        Assert.StartsWith($"acme -> beta: hash {Hash()}, live since 2023-11-14T", shown.Output, StringComparison.Ordinal);
        Assert.Contains("\n  ~ web_x 1.0 → 2.0\n  only beta has, and keeps: own\n  then: ", shown.Output, StringComparison.Ordinal);
        Assert.Equal((0, string.Empty), (made.Exit, made.Messages));
        var live = Live();
        Assert.Equal(
            Target.Replace("'1.0' # pinned", "\"2.0\" # pinned", StringComparison.Ordinal).Replace("reason: Begin\nticket: T-1\n", $"reason: \"Promoted from acme at hash {Hash()}, live since {live}\"\nticket: \"OPS-9\"\nrequestedBy: \"jane@example.com\"\n", StringComparison.Ordinal),
            Fleet.Show(Branch, "desired/instances/beta.yaml") + "\n");
        var message = Fleet.Git("-C", Fleet.Remote, "log", "-1", "--format=%B", Branch);
        Assert.StartsWith("odoosky(prod): promote 1 addon from acme to beta\n\n~ web_x 1.0 → 2.0\n\nThe next pass proposes for beta: ", message, StringComparison.Ordinal);
        Assert.EndsWith($"\nOdoosky-Promoted-From: acme\nOdoosky-Promoted-To: beta\nOdoosky-Promoted-Hash: {Hash()}\nOdoosky-Promoted-Verdict: live since {live}\nOdoosky-Requested-By: jane@example.com\nOdoosky-Ticket: OPS-9", message.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal((0, after), (again.Exit, Fleet.Refs()));
        Assert.StartsWith("unchanged  odoosky-promotions/prod.beta  ", again.Output.Split('\n')[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merged_it_becomes_the_overlay_s_own_proposal_which_says_where_it_came_from()
    {
        await LiveAsync("2.0");
        Assert.Equal(0, (await PromoteAsync("--yes")).Exit);

        var merged = await Fleet.RunAsync("merge", Branch);
        var applied = await Fleet.RunAsync("apply");
        var nothing = await PromoteAsync("--yes");

        Assert.True(merged.Exit == 0, merged.Messages);
        Assert.True(applied.Exit == 0, applied.Messages);
        Assert.Contains($"\nOdoosky-Reason: Promoted from acme at hash {Hash()}, live since ", Fleet.Git("-C", Fleet.Remote, "log", "-1", "--format=%B", "odoosky/prod/i-beta"), StringComparison.Ordinal);
        Assert.Contains("\nNothing to promote: beta is to have all of it already.\n", nothing.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Branch, Fleet.Refs(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Fleet.Proposals, Branch + ".md")));
    }

    [Fact]
    public async Task What_is_not_proven_live_is_held_unless_a_reason_forces_it()
    {
        await LandAsync("2.0");

        var unknown = await PromoteAsync("--yes");
        await story.NoteAsync(story.Landings[^1], story.Note(NoteEvent.Landed, 1), story.Note(NoteEvent.Failed, 5));
        var failed = await PromoteAsync("--yes", "-o", "json");
        var other = await PromoteAsync("--yes", "--force");
        var held = Fleet.Refs();
        var forced = await PromoteAsync("--yes", "--force", "--reason", "Fix for the outage");

        Assert.Equal((3, 3, 1), (unknown.Exit, failed.Exit, other.Exit));
        Assert.DoesNotContain(Branch, held, StringComparison.Ordinal);
        Assert.Contains("OSG0711: acme is not proven live with the hash ", unknown.Messages, StringComparison.Ordinal);
        Assert.Contains(": not known: there are no notes.", unknown.Messages, StringComparison.Ordinal);
        Assert.StartsWith("failed at 2023-11-14T", (string)failed.Json["verdict"]!, StringComparison.Ordinal);
        Assert.Equal("odoosky: OSG0001: --force needs --reason.\n", other.Messages);
        Assert.Equal(0, forced.Exit);
        Assert.Matches("warning OSG0711: acme is not proven live [^\n]* It was forced\\.\n", forced.Messages);
        var message = Fleet.Git("-C", Fleet.Remote, "log", "-1", "--format=%B", Branch);
        Assert.Matches("\nOdoosky-Promoted-Verdict: failed at [^\n]+, forced\nOdoosky-Reason: Fix for the outage", message);
    }

    [Fact]
    public async Task A_hash_that_is_not_the_one_that_was_proven_is_not_live()
    {
        await LandAsync("2.0");
        await story.NoteAsync(story.Landings[^1], story.Note(NoteEvent.Live, 5) with { HashAfter = "0011223344556677" });

        Assert.Equal(3, (await PromoteAsync("--yes")).Exit);
    }

    [Fact]
    public async Task Chosen_addons_go_alone_built_in_rows_only_when_asked_for_and_an_unknown_one_is_named()
    {
        await LiveAsync("2.0");

        var one = await PromoteAsync("--addons", "web_x", "--include-builtin", "-o", "json");
        var all = await PromoteAsync("--include-builtin", "-o", "json");
        var typo = await PromoteAsync("--addons", "web_y", "--yes");

        Assert.Equal(["web_x"], Codes(one));
        Assert.Equal(["sale", "web_x"], Codes(all));
        Assert.Equal(1, typo.Exit);
        Assert.Contains("OSG0713: acme does not run web_y. Did you mean web_x?", typo.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_must_be_for_the_target_s_series_and_what_the_catalogue_says_stays_open()
    {
        await LiveAsync("2.0");
        Catalog("18.0");
        var fits = await PromoteAsync("--yes");
        var file = Fleet.Show(Branch, "desired/instances/beta.yaml");
        Catalog("16.0");
        var other = await PromoteAsync("--yes");
        Fleet.Wish("beta", "1.0", "odoo: \"15.0\"\n");
        Fleet.Push();
        var none = await PromoteAsync("--yes");

        Assert.Equal((0, 3, 3), (fits.Exit, other.Exit, none.Exit));
        Assert.Contains("addons:\n- code: sale\n  source: odoo-builtin\n- code: \"web_x\"\nreason: ", file, StringComparison.Ordinal);
        Assert.Contains("OSG0712: web_x 2.0 does not fit beta: the catalogue has 2.0 for 18.0, and beta is of 16.0.", other.Messages, StringComparison.Ordinal);
        Assert.Contains("OSG0712: web_x 2.0 does not fit beta: the catalogue has 2.0 for 18.0, and beta is of 15.0.", none.Messages, StringComparison.Ordinal);

        // beta has no row of web_x, so its new one leaves to the catalogue what the catalogue says.
        void Catalog(string series)
        {
            Fleet.Write(
                "desired/addons.yaml",
                "apiVersion: odoosky.io/v1\nkind: AddonCatalog\naddons:\n  web_x:\n    source: oca\n    image: registry.example/web_x\n    series: {\"16.0\": \"0.9\", \"18.0\": \"2.0\"}\n");
            Fleet.Write("desired/instances/beta.yaml", $"apiVersion: odoosky.io/v1\nkind: Instance\ncode: beta\nodoo: \"{series}\"\naddons:\n- code: sale\n  source: odoo-builtin\n");
            Fleet.Push();
        }
    }

    [Fact]
    public async Task Where_nobody_names_a_series_nobody_knows_what_fits_and_who_asked_before_did_not_ask_for_this()
    {
        await LiveAsync("2.0");
        var named = Target + "requestedBy: lena@example.com\n";
        Fleet.Write("desired/instances/beta.yaml", named);
        Fleet.Push();
        Assert.Equal(0, (await PromoteAsync("--yes")).Exit);
        var file = Fleet.Show(Branch, "desired/instances/beta.yaml");
        Fleet.Write("desired/instances/beta.yaml", named.Replace("odoo: \"17.0\"\n", string.Empty, StringComparison.Ordinal));
        Fleet.Wish("acme", "2.0");
        Fleet.Push();
        var nobody = await PromoteAsync("--yes");

        Assert.DoesNotContain("lena", file, StringComparison.Ordinal);
        Assert.Equal(3, nobody.Exit);
        Assert.Contains("OSG0712: web_x 2.0 does not fit beta: beta names no Odoo series (odoo), so nobody can say whether 2.0 fits.", nobody.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_that_somebody_pushed_to_is_left_alone()
    {
        await LiveAsync("2.0");
        Assert.Equal(0, (await PromoteAsync("--yes")).Exit);
        Fleet.Git("-C", Fleet.Work, "fetch", "--quiet", "origin");
        Fleet.Git("-C", Fleet.Work, "checkout", "--quiet", "--detach", "origin/" + Branch);
        var theirs = Fleet.Push("Not before Monday", Branch);

        var ran = await PromoteAsync("--yes", "--ticket", "OPS-10");

        Assert.Equal((1, theirs), (ran.Exit, Fleet.Git("-C", Fleet.Remote, "rev-parse", Branch)));
        Assert.Equal($"odoosky: OSG0713: {Branch}: somebody pushed to this branch; merge it, or delete it first.\n", ran.Messages);
    }

    [Fact]
    public async Task A_promotion_that_waits_is_not_lost_to_another_one_for_the_same_instance()
    {
        await LiveAsync("2.0");
        Assert.Equal(0, (await PromoteAsync("--yes", "--include-builtin", "--requested-by", "jane@example.com")).Exit);
        var waiting = Fleet.Git("-C", Fleet.Remote, "rev-parse", Branch);
        Fleet.Wish("beta", "2.0", "odoo: \"17.0\"\n");
        Fleet.Push();
        var merged = await PromoteAsync("--yes");
        Fleet.Write("desired/instances/beta.yaml", Target);
        Fleet.Push();

        var other = await PromoteAsync("--yes", "--addons", "sale", "--include-builtin");
        Fleet.Write("desired/instances/beta.yaml", Target.Replace("- {code: sale, source: odoo-builtin}   # ships with Odoo\n", string.Empty, StringComparison.Ordinal));
        Fleet.Push();
        var lost = await PromoteAsync("--yes", "--addons", "sale", "--include-builtin");
        var all = await PromoteAsync("--yes", "--include-builtin");

        Assert.Equal((0, 0, 1, 0), (merged.Exit, other.Exit, lost.Exit, all.Exit));
        Assert.Equal($"odoosky: OSG0713: {Branch}: it carries web_x from acme already, which would be lost; merge it, or delete this branch, first, or name all these addons with --addons.\n", lost.Messages);
        Assert.NotEqual(waiting, Fleet.Git("-C", Fleet.Remote, "rev-parse", Branch));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_another_target_runs_is_promoted_into_this_one_s_desired_state(bool ownRepository)
    {
        await LiveAsync("2.0");
        using var other = new TestFleet();
        var production = ownRepository ? other : Fleet;
        var branch = ownRepository ? "main" : "production";
        production.Wish("acme", "1.0", "target: prod\nodoo: \"17.0\"\n");
        production.Overlay("acme", "1.0");
        production.Push("Production as it is", branch);
        await File.WriteAllTextAsync(
            Path.Combine(Fleet.Folder, "odoosky.yaml"),
            $"apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  prod: {{repository: {production.Remote}, base: {branch}}}\n  staging: {{repository: {Fleet.Remote}, base: main}}\n",
            TestContext.Current.CancellationToken);
        var source = Fleet.Git("-C", Fleet.Remote, "rev-parse", "main");

        var shown = await AcrossAsync("-o", "json");
        var made = await AcrossAsync("--yes");
        var again = await AcrossAsync("--yes");
        var none = await Fleet.CommandAsync("promote", "--from-target", "stagin", "--from", "acme", "--target", "prod", "--to", "acme", "--cache", Path.Combine(Fleet.Folder, "cache"));

        Assert.True(shown.Exit == 0, shown.Messages);
        Assert.Equal((0, 0, 1), (made.Exit, again.Exit, none.Exit));
        Assert.Equal(("acme", "staging", true), ((string)shown.Json["from"]!, (string)shown.Json["fromTarget"]!, (bool)shown.Json["live"]!));
        Assert.StartsWith("staging/acme -> acme: hash ", made.Output, StringComparison.Ordinal);
        Assert.Contains("\n  ~ web_x 1.0 → 2.0\n", made.Output, StringComparison.Ordinal);
        Assert.Contains("\nunchanged  odoosky-promotions/prod.acme  ", again.Output, StringComparison.Ordinal);
        Assert.Contains("stagin", none.Messages, StringComparison.Ordinal);
        Assert.Contains("version: \"2.0\"", production.Show("odoosky-promotions/prod.acme", "desired/instances/acme.yaml"), StringComparison.Ordinal);
        Assert.Equal(production.Git("-C", production.Remote, "rev-parse", branch), production.Git("-C", production.Remote, "rev-parse", "odoosky-promotions/prod.acme^"));
        Assert.Contains("\nOdoosky-Promoted-From: staging/acme\nOdoosky-Promoted-To: acme\n", production.Git("-C", production.Remote, "log", "-1", "--format=%B", "odoosky-promotions/prod.acme"), StringComparison.Ordinal);
        Assert.Equal(source, Fleet.Git("-C", Fleet.Remote, "rev-parse", "main"));
    }

    [Theory]
    [InlineData("acme acme", "acme can't be promoted to itself.")]
    [InlineData("nobody beta", "nobody has no overlay on main that can be read.")]
    [InlineData("acme nobody", "nobody has no desired instance without errors.")]
    public async Task What_can_not_be_promoted_is_said(string names, string words)
    {
        await LandAsync("2.0");

        var ran = await Fleet.RunAsync("promote", "--from", names.Split(' ')[0], "--to", names.Split(' ')[1], "--yes");

        Assert.Equal(1, ran.Exit);
        Assert.Contains("OSG0713: " + words, ran.Messages, StringComparison.Ordinal);
    }

    private Task<Ran> AcrossAsync(params string[] more) => Fleet.CommandAsync(
        ["promote", "--from-target", "staging", "--from", "acme", "--target", "prod", "--to", "acme", "--cache", Path.Combine(Fleet.Folder, "cache"), "--proposals", Fleet.Proposals, .. more]);

    private Task<Ran> PromoteAsync(params string[] more) => Fleet.RunAsync(["promote", "--from", "acme", "--to", "beta", .. more]);

    private async Task LandAsync(string version)
    {
        Fleet.AddInstance("acme", version);
        Fleet.Wish("acme", version, "odoo: \"17.0\"\n");
        Fleet.Overlay("beta", "1.0");
        Fleet.Write("desired/instances/beta.yaml", Target);
        story.Landings.Add(Fleet.Push("Begin"));
        await Task.CompletedTask;
    }

    private async Task LiveAsync(string version)
    {
        await LandAsync(version);
        await story.NoteAsync(story.Landings[^1], story.Note(NoteEvent.Landed, 1), story.Note(NoteEvent.Live, 5));
    }

    private string Live() => story.At(story.Landings[^1]).AddSeconds(5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private string Hash() => (string)Fleet.RunAsync("state", "acme", "-o", "json").Result.Json["merged"]!["hashAfter"]!;

    private static IEnumerable<string> Codes(Ran ran) => ran.Json["rows"]!.AsArray().Select(row => (string)row!["row"]!["code"]!);
}
