using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Audit;

/// <summary>Histories of a real repository, with each kind of merge made by git itself.</summary>
public sealed class HistoryTests : IDisposable
{
    private const string Asked = "requestedBy: jane@example.com\nreason: Faster lists\nticket: OPS-7\n";
    private readonly TestFleet fleet = new();

    public void Dispose() => fleet.Dispose();

    [Fact]
    public async Task A_merge_commit_a_squash_a_rebase_and_a_push_of_the_same_bytes_tell_who_asked_and_why()
    {
        var first = Start();
        await ProposeAsync("2.0");
        var merged = Person("merge", "--no-ff", "--no-edit", "-m", "Merge pull request #12 from odoosky/prod/i-acme", "origin/odoosky/prod/i-acme");
        await ProposeAsync("3.0");
        Person("merge", "--squash", "origin/odoosky/prod/i-acme");
        var squashed = Person("commit", "--quiet", "-m", "odoosky(prod): acme ~1 addon (#13)\n\n* odoosky(prod): acme ~1 addon\n\n" + Message());
        await ProposeAsync("4.0");
        var rebased = Person("cherry-pick", "origin/odoosky/prod/i-acme");

        var changes = await ChangesAsync();

        Assert.Equal([rebased, squashed, merged, first], changes.Select(change => (string)change!["commit"]!));
        Assert.Equal(["commit", "commit", "merge", "person"], changes.Select(change => (string)change!["origin"]!));
        Assert.All(changes.Take(3), change => Assert.Equal(
            ("jane@example.com", "Faster lists", "OPS-7", "yes"),
            ((string?)change!["requestedBy"], (string?)change["reason"], (string?)change["ticket"], (string?)change["restart"])));
        Assert.Equal([null, 13, 12, null], changes.Select(change => (long?)change!["pullRequest"]));
        Assert.Equal([null, null, "A Person <person@example.com>", null], changes.Select(change => (string?)change!["mergedBy"]));
        for (var i = 0; i < 3; i++) Assert.Equal((string?)changes[i]!["hashBefore"], (string?)changes[i + 1]!["hashAfter"]);
        Assert.All(changes, change => Assert.Empty(change!["doubts"]!.AsArray()));
    }

    [Fact]
    public async Task A_merge_of_several_instances_tells_each_its_own()
    {
        Start();
        fleet.Write("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\ngrouping: all\n");
        fleet.Wish("acme", "2.0", "requestedBy: jane@example.com\n");
        fleet.Wish("beta", "2.0", "requestedBy: joe@example.com\n");
        fleet.Push();
        Assert.Equal(0, (await fleet.RunAsync("apply")).Exit);
        fleet.Git("-C", fleet.Work, "fetch", "--quiet", "origin");
        Person("merge", "--no-ff", "--no-edit", "origin/odoosky/prod/all-1");

        Assert.Equal("jane@example.com", (string?)(await ChangesAsync("acme"))[0]!["requestedBy"]);
        Assert.Equal("joe@example.com", (string?)(await ChangesAsync("beta"))[0]!["requestedBy"]);
    }

    [Fact]
    public async Task A_persons_own_edit_and_a_lost_trailer_are_not_given_to_anybody_else()
    {
        Start();
        fleet.Overlay("acme", "1.5");
        var edited = fleet.Push("Try 1.5");
        fleet.Wish("acme", "2.0", Asked);
        fleet.Push();
        await ProposeAsync("2.0");
        Person("merge", "--squash", "origin/odoosky/prod/i-acme");
        var lost = Person("commit", "--quiet", "-m", "Update acme");

        var changes = await ChangesAsync();

        Assert.Equal([(lost, "person"), (edited, "person")], changes.Take(2).Select(change => ((string)change!["commit"]!, (string)change["origin"]!)));
        Assert.Equal("A Person <person@example.com>", (string?)changes[1]!["author"]);
        Assert.Null((string?)changes[0]!["requestedBy"]);
    }

    [Fact]
    public async Task A_person_who_brings_back_what_was_taken_back_is_not_taken_for_our_old_commit()
    {
        Start();
        await ProposeAsync("2.0");
        Person("merge", "--squash", "origin/odoosky/prod/i-acme");
        Person("commit", "--quiet", "-m", "odoosky(prod): acme ~1 addon\n\n" + Message());
        fleet.Overlay("acme", "1.0");
        fleet.Push("Take it back");
        fleet.Git("-C", fleet.Work, "checkout", "--quiet", "-b", "hers");
        fleet.Overlay("acme", "2.0");
        fleet.Push("Try it again", "hers");
        fleet.Git("-C", fleet.Work, "checkout", "--quiet", "main");
        fleet.Overlay("beta", "3.0");
        fleet.Push("Meanwhile");
        var merged = Person("merge", "--no-ff", "--no-edit", "hers");

        var changes = await ChangesAsync();

        Assert.Equal([merged, "person", "person", "commit"], [(string)changes[0]!["commit"]!, .. changes.Take(3).Select(change => (string)change!["origin"]!)]);
    }

    [Fact]
    public async Task A_note_knows_what_a_squash_lost_and_when_it_was_live()
    {
        Start();
        await ProposeAsync("2.0");
        Person("merge", "--squash", "origin/odoosky/prod/i-acme");
        var landing = Person("commit", "--quiet", "-m", "Update acme");
        await NoteAsync(landing, Landed() with { RequestedBy = "jane@example.com", MergedBy = "ann", PullRequest = 7 }, Live());

        var change = (await ChangesAsync())[0]!;
        var words = await fleet.RunAsync("history", "acme");

        Assert.Equal(("note", "ann", 7L, "jane@example.com", "2026-11-20T10:05:12Z"), (
            (string)change["origin"]!, (string)change["mergedBy"]!, (long)change["pullRequest"]!, (string)change["requestedBy"]!, (string)change["liveAt"]!));
        Assert.Contains("  merged by ann, pull request #7\n  asked by jane@example.com\n", words.Output, StringComparison.Ordinal);
        Assert.Contains("  live since 2026-11-20T10:05:12Z", words.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("There are no notes", words.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_persons_own_edit_stays_one_though_a_note_says_that_it_landed()
    {
        var landing = Start();
        await NoteAsync(landing, Landed() with { Restart = null }, Live());

        var change = (await ChangesAsync())[0]!;

        Assert.Equal(("person", "A Person <person@example.com>", "2026-11-20T10:05:12Z"), ((string)change["origin"]!, (string)change["author"]!, (string)change["liveAt"]!));
    }

    [Fact]
    public async Task Without_notes_the_verbs_say_so_and_print_the_command()
    {
        Start();

        Assert.Equal(
            "There are no notes here: what was proven live, and who merged a squash, is not known. In a clone: git fetch origin 'refs/notes/*:refs/notes/*'\n",
            (await fleet.RunAsync("history", "acme")).Messages);
    }

    [Fact]
    public async Task A_trailer_that_lies_is_told_and_the_overlay_wins()
    {
        Start();
        fleet.Overlay("acme", "2.0");
        fleet.Push("odoosky(prod): acme\n\nOdoosky-Instance: acme\nOdoosky-Addons-Hash: 0000000000000000..1111111111111111\nOdoosky-Restart: no\n");

        var change = (await ChangesAsync())[0]!;

        Assert.NotEqual("1111111111111111", (string)change["hashAfter"]!);
        Assert.StartsWith("the commit claims the hashes 0000000000000000..1111111111111111, the overlays say ", (string)change["doubts"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_notes_and_lines_of_others_are_passed_over()
    {
        var landing = Start();
        var text = "not json\n{\"v\":1}\n{\"v\":2,\"event\":\"live\",\"code\":\"acme\",\"at\":\"2026-11-20T10:00:00Z\"}\n[]\n{\"v\":1,\"event\":\"live\",\"code\":\"acme\",\"at\":\"yesterday\"}\n" + Live().Write() + "\n" + Live().Write() + "\n";
        fleet.Write("../note", text);
        fleet.Git("-C", fleet.Work, "notes", "--ref=odoosky-rollouts", "add", "-F", Path.Combine(fleet.Work, "../note"), landing);
        fleet.Git("-C", fleet.Work, "push", "--quiet", "origin", "refs/notes/odoosky-rollouts");

        Assert.Single((await ChangesAsync())[0]!["events"]!.AsArray());
    }

    [Fact]
    public async Task The_state_at_a_time_is_what_was_merged_and_what_was_proven_by_then()
    {
        var first = Start();
        var before = Time(first);
        await ProposeAsync("2.0");
        var merged = Person("merge", "--no-ff", "--no-edit", "origin/odoosky/prod/i-acme");
        await NoteAsync(merged, Landed(), Live() with { At = DateTimeOffset.FromUnixTimeSeconds(Time(merged) + 60) });

        var early = (await fleet.RunAsync("state", "acme", "-o", "json", "--at", At(before))).Json;
        var between = (await fleet.RunAsync("state", "acme", "-o", "json", "--at", At(Time(merged) + 59))).Json;
        var late = (await fleet.RunAsync("state", "acme", "-o", "json", "--at", At(Time(merged) + 60))).Json;
        var never = (await fleet.RunAsync("state", "acme", "-o", "json", "--at", "2001-01-01")).Json;

        Assert.Equal((first, "1.0"), ((string)early["merged"]!["commit"]!, (string)early["addons"]![1]!["version"]!));
        Assert.Equal((merged, "2.0", null), ((string)between["merged"]!["commit"]!, (string)between["addons"]![1]!["version"]!, between["live"]));
        Assert.Equal(merged, (string)late["live"]!["commit"]!);
        Assert.Equal((null, null, null), (never["commit"], never["merged"], never["desired"]));
    }

    [Fact]
    public async Task Blame_names_the_change_that_brought_each_row_in_its_form()
    {
        var first = Start();
        await ProposeAsync("2.0");
        var merged = Person("merge", "--no-ff", "--no-edit", "origin/odoosky/prod/i-acme");

        var rows = (await fleet.RunAsync("blame", "acme", "-o", "json")).Json["rows"]!.AsArray();

        Assert.Equal([("sale", first), ("web_x", merged)], rows.Select(row => ((string)row!["row"]!["code"]!, (string)row["since"]!["commit"]!)));
    }

    [Fact]
    public async Task Another_clone_with_its_notes_gives_the_same_bytes()
    {
        var landing = Start();
        await NoteAsync(landing, Landed(), Live());
        var clone = Path.Combine(fleet.Work, "..", "clone.git");
        fleet.Git("clone", "--quiet", "--mirror", fleet.Remote, clone);

        var here = await fleet.RunAsync("history", "acme", "-o", "json");
        var there = await fleet.CommandAsync("history", "acme", "-o", "json", "--repository", clone, "--target", "prod", "--cache", Path.Combine(fleet.Work, "../other"));

        Assert.Equal(here.Output, there.Output);
    }

    private string Start()
    {
        fleet.AddInstance("acme");
        fleet.AddInstance("beta");
        return fleet.Push("Begin");
    }

    private async Task ProposeAsync(string version)
    {
        fleet.Git("-C", fleet.Work, "fetch", "--quiet", "--prune", "origin");
        fleet.Wish("acme", version, Asked);
        fleet.Push("Wish " + version);
        var applied = await fleet.RunAsync("apply");
        Assert.True(applied.Exit == 0, applied.Messages);
        fleet.Git("-C", fleet.Work, "fetch", "--quiet", "--prune", "origin");
    }

    private string Message() => fleet.Git("-C", fleet.Work, "log", "-1", "--format=%b", "origin/odoosky/prod/i-acme");

    /// <summary>A person does something in the work tree and pushes main.</summary>
    private string Person(params string[] arguments)
    {
        fleet.Git(["-C", fleet.Work, "-c", "user.name=A Person", "-c", "user.email=person@example.com", .. arguments]);
        fleet.Git("-C", fleet.Work, "push", "--quiet", "origin", "HEAD:refs/heads/main");
        return fleet.Git("-C", fleet.Work, "rev-parse", "HEAD");
    }

    private async Task<JsonArray> ChangesAsync(string code = "acme") => (await fleet.RunAsync("history", code, "-o", "json")).Json["changes"]!.AsArray();

    private long Time(string commit) => long.Parse(fleet.Git("-C", fleet.Work, "log", "-1", "--format=%ct", commit), System.Globalization.CultureInfo.InvariantCulture);

    private static string At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static RolloutNote Landed() => new() { Event = NoteEvent.Landed, Code = "acme", At = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero), Restart = "yes" };

    private static RolloutNote Live() => Landed() with { Event = NoteEvent.Live, At = new(2026, 11, 20, 10, 5, 12, TimeSpan.Zero) };

    private async Task NoteAsync(string commit, params RolloutNote[] notes)
    {
        var git = new GitProgram(TimeProvider.System, new GitLimits());
        await using var repository = new Repository(git, RemoteAddress.Read(fleet.Remote, new("test")).Address!, Path.Combine(fleet.Work, "../notes-cache"), Repository.NoCredentials);
        var book = new NoteBook(repository, RefName.TryBranch("main")!, Identity.TryParse("OdooSky GitOps", "odoosky@localhost")!);
        Assert.True(await book.AddAsync([.. notes.Select(note => (ObjectId.TryParse(commit)!, note))], new GitDate(1_800_000_000, "+0000"), TestContext.Current.CancellationToken));
        Assert.False(await book.AddAsync([.. notes.Select(note => (ObjectId.TryParse(commit)!, note))], new GitDate(1_800_000_000, "+0000"), TestContext.Current.CancellationToken));
    }
}
