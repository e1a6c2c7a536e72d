using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Audit;

public sealed class NoteBookTests : IDisposable
{
    private static readonly GitDate Date = new(1_800_000_000, "+0000");
    private readonly TestFleet fleet = new();

    public void Dispose() => fleet.Dispose();

    [Fact]
    public void A_note_is_one_line_that_reads_back_as_the_same_fact()
    {
        var note = new RolloutNote
        {
            Event = NoteEvent.Failed,
            Code = "acme",
            At = new(2026, 11, 20, 10, 5, 12, TimeSpan.Zero),
            PullRequest = 12,
            MergedBy = "ann",
            RequestedBy = "jane@example.com",
            Reason = "It's \"quoted\"\nand \u00fc",
            Ticket = "OPS-7",
            HashBefore = "0123456789abcdef",
            HashAfter = "fedcba9876543210",
            Restart = "yes",
            Revision = new string('a', 40),
            Change = new string('b', 64),
            Evidence = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("pod.reason", "ImagePullBackOff")]),
        };

        var line = note.Write();
        var back = RolloutNote.TryRead(line)!;

        Assert.DoesNotContain('\n', line);
        Assert.Equal(line, back.Write());
        Assert.Equal(note with { Evidence = back.Evidence }, back);
        Assert.Equal(note.Evidence, back.Evidence);
        Assert.StartsWith("{\"v\":1,\"event\":\"failed\",\"code\":\"acme\",\"at\":\"2026-11-20T10:05:12Z\",\"pr\":12,\"mergedBy\":\"ann\",", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_writers_at_once_both_keep_their_lines_sorted_and_git_reads_them()
    {
        fleet.AddInstance("acme");
        var commit = ObjectId.TryParse(fleet.Push())!;
        var (one, other) = (Open("one"), Open("other"));
        await using var first = one.Repository;
        await using var second = other.Repository;

        await Task.WhenAll(
            Task.Run(() => one.Book.AddAsync([(commit, Note("acme", 1)), (commit, Note("acme", 3))], Date, TestContext.Current.CancellationToken)),
            Task.Run(() => other.Book.AddAsync([(commit, Note("beta", 2))], Date, TestContext.Current.CancellationToken)));

        var text = fleet.Git("-C", fleet.Remote, "notes", "--ref=odoosky-rollouts", "show", commit.Text);
        Assert.Equal([Note("acme", 1).Write(), Note("acme", 3).Write(), Note("beta", 2).Write()], text.Split('\n'));
    }

    [Fact]
    public async Task A_note_that_git_has_put_into_folders_is_found_and_stays_one_note()
    {
        fleet.AddInstance("acme");
        var commit = ObjectId.TryParse(fleet.Push())!;
        var text = commit.Text;
        fleet.Git("-C", fleet.Work, "checkout", "--quiet", "--orphan", "notes");
        fleet.Git("-C", fleet.Work, "rm", "--quiet", "-r", "-f", ".");
        fleet.Write($"{text[..2]}/{text[2..]}", Note("acme", 1).Write() + "\n");
        fleet.Git("-C", fleet.Work, "add", "--all");
        fleet.Git("-C", fleet.Work, "commit", "--quiet", "-m", "Notes");
        fleet.Git("-C", fleet.Work, "push", "--quiet", "origin", "HEAD:refs/notes/odoosky-rollouts");
        var (repository, book) = Open("one");
        await using var opened = repository;

        await book.AddAsync([(commit, Note("acme", 2))], Date, TestContext.Current.CancellationToken);

        Assert.Equal([Note("acme", 1).Write(), Note("acme", 2).Write()], fleet.Git("-C", fleet.Remote, "notes", "--ref=odoosky-rollouts", "show", text).Split('\n'));
        Assert.Equal($"{text[..2]}/{text[2..]}", fleet.Git("-C", fleet.Remote, "ls-tree", "-r", "--name-only", "refs/notes/odoosky-rollouts"));
    }

    private static RolloutNote Note(string code, int minute) => new() { Event = NoteEvent.Live, Code = code, At = new(2026, 11, 20, 10, minute, 0, TimeSpan.Zero) };

    private (Repository Repository, NoteBook Book) Open(string cache)
    {
        var git = new GitProgram(TimeProvider.System, new GitLimits());
        var repository = new Repository(git, RemoteAddress.Read(fleet.Remote, new("test")).Address!, Path.Combine(fleet.Work, "..", cache), Repository.NoCredentials);
        return (repository, new NoteBook(repository, RefName.TryBranch("main")!, Identity.TryParse("OdooSky GitOps", "odoosky@localhost")!));
    }
}
