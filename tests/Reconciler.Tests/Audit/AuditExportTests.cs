using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Audit;

/// <summary>The trail as a file, and files that somebody touched, against real repositories.</summary>
public sealed class AuditExportTests : IDisposable
{
    private readonly StoryFleet story = new();

    public void Dispose() => story.Dispose();

    [Fact]
    public async Task An_export_tells_every_change_oldest_first_and_each_line_holds_the_digest_of_the_one_before()
    {
        await story.TellAsync();

        var lines = await story.ExportAsync("audit.jsonl");

        var changes = lines[1..^1].Select(line => JsonNode.Parse(line)!).ToList();
        string[] acme = [.. changes.Where(change => (string?)change["code"] == "acme").Select(change => (string)change["commit"]!)];
        Assert.Equal(story.Landings, acme);
        Assert.Equal(["person", "merge", "commit", "commit", "commit", "note", "person"], changes.Where(change => (string?)change["code"] == "acme").Select(change => (string)change["origin"]!));
        Assert.Equal((8, 1), (changes.Count, changes.Count(change => (string?)change["code"] == "beta")));
        for (var i = 1; i < lines.Length; i++) Assert.Equal(AuditChain.Digest(lines[i - 1]), (string?)JsonNode.Parse(lines[i])!["prev"]);
        Assert.Equal("""{"prev":null,"kind":"audit","v":1,"base":"main","head":"<head>","notes":"<notes>"}""".Replace("<head>", story.Landings[^1], StringComparison.Ordinal)
            .Replace("<notes>", story.Fleet.Git("-C", story.Fleet.Remote, "rev-parse", "refs/notes/odoosky-rollouts"), StringComparison.Ordinal), lines[0]);
        Assert.EndsWith("\"kind\":\"end\",\"changes\":8}", lines[^1], StringComparison.Ordinal);
        Assert.Equal((16L, "ann", 3), ((long)changes[6]["pullRequest"]!, (string)changes[6]["mergedBy"]!, changes[6]["events"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_clone_with_its_notes_gives_the_same_bytes_and_accepts_the_file_however_much_happens_since()
    {
        await story.TellAsync();
        var here = await story.ExportAsync("audit.jsonl");
        var clone = Path.Combine(story.Fleet.Folder, "clone");
        story.Fleet.Git("clone", "--quiet", story.Fleet.Remote, clone);
        story.Fleet.Git("-C", clone, "fetch", "--quiet", "origin", "refs/notes/*:refs/notes/*");

        var there = await story.Fleet.CommandAsync("audit", "export", "--repository", clone, "--target", "prod", "--cache", Path.Combine(story.Fleet.Folder, "other"));
        Assert.Equal(string.Join('\n', here) + "\n", there.Output);
        await story.ProposeAsync("7.0");
        var landing = story.Person("merge", "--no-ff", "--no-edit", "origin/odoosky/prod/i-acme");
        await story.NoteAsync(story.Landings[1], story.Note(NoteEvent.Live, 600));
        await story.NoteAsync(landing, story.Note(NoteEvent.Landed, 5));
        var verified = await story.Fleet.RunAsync("audit", "verify", "audit.jsonl");

        Assert.Equal((0, "8 changes, as the repository says them; no commit is signed.\n", string.Empty), (verified.Exit, verified.Output, verified.Messages));
        Assert.NotEqual(here, await story.ExportAsync("newer.jsonl"));
    }

    [Fact]
    public async Task The_first_line_that_is_wrong_is_named_with_the_reason()
    {
        await story.TellAsync();
        var lines = await story.ExportAsync("audit.jsonl");
        var (beta, merge) = ($"the change of beta by {story.Landings[0][..12]}", $"the change of acme by {story.Landings[1][..12]}");
        const string moved = "lines were taken out, put in or moved.";

        await WrongAsync(Replace(lines, 3, "jane@example.com", "eve@example.com"), 4, "requestedBy is \"eve@example.com\", and the repository says \"jane@example.com\".");
        await WrongAsync(Mended(Replace(lines, 3, "jane@example.com", "eve@example.com")), 4, "requestedBy is \"eve@example.com\", and the repository says \"jane@example.com\".");
        await WrongAsync(Mended(Replace(lines, 7, "\"pod-trouble\"", "\"nothing\"")), 8, "events is [");
        await WrongAsync([.. lines[..2], .. lines[3..]], 3, $"this tells of {merge}, and the repository has {beta} here: {moved}");
        await WrongAsync(Mended([.. lines[..2], .. lines[3..]]), 3, $"this tells of {merge}, and the repository has {beta} here: {moved}");
        await WrongAsync(Mended([.. lines[..2], lines[3], lines[2], .. lines[4..]]), 3, $"this tells of {merge}, and the repository has {beta} here: {moved}");
        await WrongAsync(lines[..5], 6, "the export ends here, and the repository has more: the file was cut.");
        await WrongAsync(Mended([.. lines[..5], lines[^1].Replace("\"changes\":8", "\"changes\":4", StringComparison.Ordinal)]), 6, "this tells of its end, and the repository has the change of acme by");
        await WrongAsync([.. lines, lines[^1]], lines.Length + 1, "the export goes on behind its end.");
        await WrongAsync(Replace(lines, 2, "\"kind\":", "\"kind\": "), 3, "this says what the repository says in other bytes.");
        await WrongAsync(Replace(lines, 2, "\"doubts\":[]", "\"doubts\":[],\"more\":1"), 3, "the repository says nothing of a key more.");
        await WrongAsync(Replace(lines, 4, (string)JsonNode.Parse(lines[4])!["prev"]!, new string('0', 64)), 5, "the digest of the line before is not that line's.");
        await WrongAsync(Replace(lines, 3, "{", string.Empty), 4, "this is no line of an export.");
        await WrongAsync(Replace(lines, 3, "{", "{\"kind\":\"change\","), 4, "this is no line of an export.");
        await WrongAsync(Replace(lines, 0, "\"v\":1", "\"v\":2"), 1, "this is not the first line of an export of this version.");
        await WrongAsync(Replace(lines, 0, story.Landings[^1], new string('a', 40)), 1, "the commit aaaaaaaaaaaa is not in the history of main here: the history was rewritten, or this is another repository.");
    }

    [Fact]
    public async Task A_last_line_without_its_end_was_cut()
    {
        story.Begin();
        var lines = await story.ExportAsync("audit.jsonl");
        await File.WriteAllTextAsync(Path.Combine(story.Fleet.Folder, "cut.jsonl"), string.Join('\n', lines), TestContext.Current.CancellationToken);

        Assert.Equal("odoosky: OSG0801: cut.jsonl:4: the last line has no end: the file was cut.\n", (await story.Fleet.RunAsync("audit", "verify", "cut.jsonl")).Messages);
        story.Fleet.Input = File.OpenRead(Path.Combine(story.Fleet.Folder, "audit.jsonl"));
        Assert.Equal("2 changes, as the repository says them; no commit is signed.\n", (await story.Fleet.RunAsync("audit", "verify", "-")).Output);
    }

    [Fact]
    public async Task Notes_that_were_rewritten_or_not_fetched_are_told_from_a_file_that_is_wrong()
    {
        story.Begin();
        await story.NoteAsync(story.Landings[0], story.Note(NoteEvent.Landed, 1));
        await story.ExportAsync("audit.jsonl");
        var notes = story.Fleet.Git("-C", story.Fleet.Remote, "rev-parse", "refs/notes/odoosky-rollouts");
        story.Fleet.Git("-C", story.Fleet.Remote, "update-ref", "-d", "refs/notes/odoosky-rollouts");

        var gone = await story.Fleet.RunAsync("audit", "verify", "audit.jsonl");
        await story.NoteAsync(story.Landings[0], story.Note(NoteEvent.Landed, 2));
        var others = await story.Fleet.RunAsync("audit", "verify", "audit.jsonl");

        var words = $"odoosky: OSG0801: audit.jsonl:1: the notes of {notes[..12]} are not in refs/notes/odoosky-rollouts here: they were rewritten, or not fetched. In a clone: git fetch origin 'refs/notes/*:refs/notes/*'.\n";
        Assert.Equal((1, words), (gone.Exit, gone.Messages));
        Assert.Equal((1, words), (others.Exit, others.Messages));
    }

    [Fact]
    public async Task A_shallow_and_a_partial_clone_say_what_they_are_and_tell_nothing()
    {
        await story.TellAsync();
        story.Fleet.Git("-C", story.Fleet.Remote, "config", "uploadpack.allowFilter", "true");
        var (shallow, partial) = (Path.Combine(story.Fleet.Folder, "shallow"), Path.Combine(story.Fleet.Folder, "partial"));
        story.Fleet.Git("clone", "--quiet", "--depth=2", "file://" + story.Fleet.Remote, shallow);
        story.Fleet.Git("clone", "--quiet", "--no-checkout", "--filter=blob:none", "file://" + story.Fleet.Remote, partial);

        var cut = await InAsync(shallow);
        var lacking = await InAsync(partial);

        Assert.Equal((1, string.Empty, $"odoosky: OSG0601: {shallow} is a shallow clone: its history is cut, and what is older can't be told. Make it whole in that clone: git fetch --unshallow; or name the server's address with --repository.\n"),
            (cut.Exit, cut.Output, cut.Messages));
        Assert.Equal((1, string.Empty, $"odoosky: OSG0601: {partial} is a partial clone: it lacks files of its own history. Make it whole in that clone: git fetch --refetch --no-filter; or name the server's address with --repository.\n"),
            (lacking.Exit, lacking.Output, lacking.Messages));
        story.Fleet.Git("-C", shallow, "fetch", "--quiet", "--unshallow");
        story.Fleet.Git("-C", partial, "fetch", "--quiet", "--refetch", "--no-filter");
        Assert.Equal([0, 0], new[] { await InAsync(shallow), await InAsync(partial) }.Select(ran => ran.Exit));
    }

    private Task<Ran> InAsync(string clone) =>
        story.Fleet.CommandAsync("history", "acme", "--repository", clone, "--target", "prod", "--cache", Path.Combine(story.Fleet.Folder, "cache-of-" + Path.GetFileName(clone)));

    private async Task WrongAsync(string[] lines, int line, string why)
    {
        await File.WriteAllTextAsync(Path.Combine(story.Fleet.Folder, "touched.jsonl"), string.Join('\n', lines) + "\n", TestContext.Current.CancellationToken);

        var ran = await story.Fleet.RunAsync("audit", "verify", "touched.jsonl");

        Assert.Equal((1, string.Empty), (ran.Exit, ran.Output));
        Assert.StartsWith($"odoosky: OSG0801: touched.jsonl:{line}: {why}", ran.Messages, StringComparison.Ordinal);
    }

    private static string[] Replace(string[] lines, int at, string old, string with)
    {
        Assert.Contains(old, lines[at], StringComparison.Ordinal);
        var start = lines[at].IndexOf(old, StringComparison.Ordinal);
        return [.. lines[..at], lines[at][..start] + with + lines[at][(start + old.Length)..], .. lines[(at + 1)..]];
    }

    /// <summary>As a clever hand would leave it: every digest is right again.</summary>
    private static string[] Mended(string[] lines)
    {
        var mended = (string[])lines.Clone();
        for (var i = 1; i < mended.Length; i++)
        {
            var end = mended[i].IndexOf(",\"kind\"", StringComparison.Ordinal);
            mended[i] = $"{{\"prev\":\"{AuditChain.Digest(mended[i - 1])}\"" + mended[i][end..];
        }

        return mended;
    }
}
