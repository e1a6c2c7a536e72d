using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Audit;

/// <summary>A fleet whose instance acme went through each kind of merge, made by git itself, and through people's hands.</summary>
internal sealed class StoryFleet : IDisposable
{
    private const string Asked = "requestedBy: jane@example.com\nreason: Faster lists\nticket: OPS-7\n";

    public TestFleet Fleet { get; } = new();

    /// <summary>The landing commits, oldest first.</summary>
    public List<string> Landings { get; } = [];

    public void Dispose() => Fleet.Dispose();

    /// <summary>Two instances, put there by a person.</summary>
    public string Begin()
    {
        Fleet.AddInstance("acme");
        Fleet.AddInstance("beta");
        return Keep(Fleet.Push("Begin"));
    }

    /// <summary>A merge commit, a squash, a rebase, a fast-forward, a squash that lost its trailers and has a note, and a direct edit.</summary>
    public async Task TellAsync()
    {
        Begin();
        await ProposeAsync("2.0");
        Keep(Person("merge", "--no-ff", "--no-edit", "-m", "Merge pull request #12 from odoosky/prod/i-acme", "origin/odoosky/prod/i-acme"));
        await ProposeAsync("3.0");
        Person("merge", "--squash", "origin/odoosky/prod/i-acme");
        Keep(Person("commit", "--quiet", "-m", "odoosky(prod): acme ~1 addon (#13)\n\n* odoosky(prod): acme ~1 addon\n\n" + Message()));
        await ProposeAsync("4.0");
        Keep(Person("cherry-pick", "origin/odoosky/prod/i-acme"));
        await ProposeAsync("5.0");
        Keep(Person("merge", "--ff-only", "origin/odoosky/prod/i-acme"));
        await ProposeAsync("6.0");
        Person("merge", "--squash", "origin/odoosky/prod/i-acme");
        Keep(Person("commit", "--quiet", "-m", "Update acme <b>|</b> `x`"));
        var landed = Note(NoteEvent.Landed, 10) with { RequestedBy = "jane@example.com", MergedBy = "ann", PullRequest = 16, Restart = "yes" };
        await NoteAsync(Landings[^1], landed, Note(NoteEvent.Failed, 40) with { Evidence = landed.Evidence.Add("reason", "pod-trouble") }, Note(NoteEvent.Live, 190));
        Fleet.Overlay("acme", "5.5");
        Keep(Fleet.Push("Try 5.5"));
    }

    public async Task ProposeAsync(string version, string more = Asked)
    {
        Fleet.Git("-C", Fleet.Work, "fetch", "--quiet", "--prune", "origin");
        Fleet.Wish("acme", version, more);
        Fleet.Push("Wish " + version);
        var applied = await Fleet.RunAsync("apply");
        Assert.True(applied.Exit == 0, applied.Messages);
        Fleet.Git("-C", Fleet.Work, "fetch", "--quiet", "--prune", "origin");
    }

    /// <summary>A person does something in the work tree and pushes main.</summary>
    public string Person(params string[] arguments)
    {
        Fleet.Git(["-C", Fleet.Work, "-c", "user.name=A Person", "-c", "user.email=person@example.com", .. arguments]);
        Fleet.Git("-C", Fleet.Work, "push", "--quiet", "origin", "HEAD:refs/heads/main");
        return Fleet.Git("-C", Fleet.Work, "rev-parse", "HEAD");
    }

    public async Task NoteAsync(string commit, params RolloutNote[] notes)
    {
        var git = new GitProgram(TimeProvider.System, new GitLimits());
        await using var repository = new Repository(git, RemoteAddress.Read(Fleet.Remote, new("test")).Address!, Path.Combine(Fleet.Folder, "notes-cache"), Repository.NoCredentials);
        var book = new NoteBook(repository, RefName.TryBranch("main")!, Identity.TryParse("OdooSky GitOps", "odoosky@localhost")!);
        Assert.True(await book.AddAsync([.. notes.Select(note => (ObjectId.TryParse(commit)!, note))], new GitDate(1_800_000_000, "+0000"), TestContext.Current.CancellationToken));
    }

    /// <summary>A note on acme, some seconds after the newest landing.</summary>
    public RolloutNote Note(NoteEvent what, int seconds) => new() { Event = what, Code = "acme", At = At(Landings[^1]).AddSeconds(seconds) };

    public DateTimeOffset At(string commit) => DateTimeOffset.FromUnixTimeSeconds(
        long.Parse(Fleet.Git("-C", Fleet.Work, "log", "-1", "--format=%ct", commit), System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Writes the trail of a repository to a file.</summary>
    public async Task<string[]> ExportAsync(string file, params string[] more)
    {
        var ran = await Fleet.RunAsync(["audit", "export", .. more]);
        Assert.True(ran.Exit == 0, ran.Messages);
        await File.WriteAllTextAsync(Path.Combine(Fleet.Folder, file), ran.Output);
        return ran.Output.TrimEnd('\n').Split('\n');
    }

    private string Keep(string commit)
    {
        Landings.Add(commit);
        return commit;
    }

    private string Message() => Fleet.Git("-C", Fleet.Work, "log", "-1", "--format=%b", "origin/odoosky/prod/i-acme");
}
