using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proof;

/// <summary>What a verdict leaves behind in Git.</summary>
public sealed class NoteTests
{
    [Fact]
    public async Task What_was_proven_is_noted_once_and_history_and_state_tell_it()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        var landing = fleet.Git.Push();
        fleet.Put(new Deployed("acme", landing, fleet.HashOf("acme")) { Ready = false });
        await fleet.RunAsync("verify");
        Assert.Equal(["landed"], Events(fleet, landing));
        fleet.Deploy("acme", landing);

        await fleet.RunAsync("verify");
        var head = NotesHead(fleet);
        await fleet.RunAsync("verify");

        Assert.Equal(["landed", "live"], Events(fleet, landing));
        Assert.Equal(head, NotesHead(fleet));
        Assert.Contains("  live since 2023-11-14T22:16:20Z, 3m00s after it was merged\n", (await fleet.RunAsync("history", "acme")).Output, StringComparison.Ordinal);
        Assert.Contains("live     nothing was proven live by then\n", (await fleet.RunAsync("state", "acme", "--at", "2023-11-14T22:16:19Z")).Output, StringComparison.Ordinal);
        Assert.Contains($"live     {landing[..12]} of ", (await fleet.RunAsync("state", "acme", "--at", "2023-11-14T22:16:20Z")).Output, StringComparison.Ordinal);
        var note = Notes(fleet, landing)[1];
        Assert.Equal((landing, fleet.HashOf("acme"), "Synced"), (note.Revision, note.HashAfter, note.Evidence["application.status.sync.status"]));
    }

    [Fact]
    public async Task A_failure_is_noted_once_and_a_recovery_after_it()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        var landing = fleet.Git.Push();
        fleet.Put(new Deployed("acme", landing, fleet.HashOf("acme")) { Sync = "OutOfSync", Phase = "Failed", Message = "no" });

        await fleet.RunAsync("verify");
        fleet.Clock.Advance(TimeSpan.FromMinutes(1));
        await fleet.RunAsync("verify");
        fleet.Deploy("acme", landing);
        await fleet.RunAsync("verify");

        Assert.Equal(["failed", "landed", "live"], Events(fleet, landing).Order(StringComparer.Ordinal));
        Assert.Equal("sync-failed", Notes(fleet, landing).Single(note => note.Event == NoteEvent.Failed).Evidence["reason"]);
    }

    [Fact]
    public async Task Since_when_a_change_without_a_restart_is_live_is_fixed_by_its_first_note()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Git.Push();
        fleet.Git.Write("instances/acme/values.yaml", "# a comment\n" + await File.ReadAllTextAsync(Path.Combine(fleet.Git.Work, "instances/acme/values.yaml")));
        var it = fleet.Deploy("acme", fleet.Git.Push());
        const string first = "acme  Live          proven since 2023-11-14T22:16:20Z, 2m59s after the merge, proof: revision\n";
        Assert.StartsWith(first, (await fleet.RunAsync("verify")).Output, StringComparison.Ordinal);

        fleet.Put(it with { At = 6 });

        Assert.StartsWith(first, (await fleet.RunAsync("verify")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_was_never_live_is_superseded_and_one_that_was_taken_back_is_reverted()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme", "1.0");
        var first = fleet.Git.Push();
        fleet.Git.Overlay("acme", "1.1");
        var second = fleet.Git.Push();
        fleet.Git.Overlay("acme", "1.0");
        fleet.Deploy("acme", fleet.Git.Push());

        await fleet.RunAsync("verify");

        Assert.Equal(["landed", "live"], Events(fleet, first));
        Assert.Equal(["landed", "superseded", "reverted"], Events(fleet, second));
    }

    [Fact]
    public async Task Nothing_is_written_where_it_is_not_wished_not_allowed_or_not_seen()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Deploy("acme", fleet.Git.Push());
        Assert.Equal((0, ""), Brief(await fleet.RunAsync("verify", "--no-notes")));
        Assert.Null(NotesHead(fleet));

        var hook = Path.Combine(fleet.Git.Remote, "hooks/pre-receive");
        TestScript.Write(hook, "#!/bin/sh\necho only people push here >&2\nexit 1\n");
        var refused = await fleet.RunAsync("verify");
        Assert.Equal(0, refused.Exit);
        Assert.Contains("OSG0906", refused.Messages, StringComparison.Ordinal);
        Assert.Contains("only people push here", refused.Messages, StringComparison.Ordinal);
        File.Delete(hook);

        fleet.Server.Tokens.Clear();
        var stranger = await fleet.RunAsync("verify");
        Assert.Equal(4, stranger.Exit);
        Assert.Contains("OSG0904: cluster this does not accept the credentials (401)", stranger.Messages, StringComparison.Ordinal);
        Assert.Contains("Unknown       not-readable", stranger.Output, StringComparison.Ordinal);
        await fleet.Server.DisposeAsync();
        var away = await fleet.RunAsync("verify");
        Assert.Equal(1, away.Exit);
        Assert.Contains("can't be reached", away.Messages, StringComparison.Ordinal);
        Assert.Null(NotesHead(fleet));
    }

    private static (int Exit, string Messages) Brief(Ran ran) => (ran.Exit, ran.Messages);

    private static string? NotesHead(LiveFleet fleet) => fleet.Git.Git("-C", fleet.Git.Remote, "for-each-ref", "--format=%(objectname)", NoteBook.Ref.Text) is { Length: > 0 } head ? head : null;

    private static IReadOnlyList<RolloutNote> Notes(LiveFleet fleet, string commit) =>
        RolloutNote.ReadAll(fleet.Git.Git("-C", fleet.Git.Remote, "notes", "--ref=odoosky-rollouts", "show", commit)).Notes;

    private static IEnumerable<string> Events(LiveFleet fleet, string commit) => Notes(fleet, commit).Select(note => RolloutNote.Word(note.Event));
}
