using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Audit;

/// <summary>Signed commits in the trail, checked by git with real keys.</summary>
public sealed class AuditSignatureTests : IDisposable
{
    private readonly StoryFleet story = new();

    public void Dispose() => story.Dispose();

    [Fact]
    public async Task A_signature_is_good_by_a_listed_key_wrong_by_another_and_not_checked_without_a_list()
    {
        story.Begin();
        await KeyAsync("key");
        await KeyAsync("other");
        story.Fleet.Overlay("acme", "2.0");
        Signed("commit", "--quiet", "--all", "-S", "-m", "Signed");
        var signed = story.Fleet.Git("-C", story.Fleet.Work, "rev-parse", "HEAD");
        await story.ExportAsync("audit.jsonl");

        var good = await story.Fleet.RunAsync("audit", "verify", "audit.jsonl", "--signers", "key.allowed");
        var other = await story.Fleet.RunAsync("audit", "verify", "audit.jsonl", "--signers", "other.allowed");
        var unlisted = await story.Fleet.RunAsync("audit", "verify", "audit.jsonl");

        Assert.Equal((0, "3 changes, as the repository says them; signed commits: 1 good.\n"), (good.Exit, good.Output));
        Assert.Equal((1, $"odoosky: OSG0801: audit.jsonl:4: the commit {signed[..12]} is signed by a key that the list of allowed signers does not have.\n"), (other.Exit, other.Messages));
        Assert.Equal((0, "3 changes, as the repository says them; signed commits: 1 not checked (the key is not here, or --signers names no list).\n"), (unlisted.Exit, unlisted.Output));
    }

    [Fact]
    public async Task A_commit_that_was_changed_after_it_was_signed_is_bad()
    {
        story.Begin();
        await KeyAsync("key");
        story.Fleet.Overlay("acme", "2.0");
        Signed("commit", "--quiet", "--all", "-S", "-m", "Signed");
        var forged = Forge(story.Fleet.Git("-C", story.Fleet.Work, "cat-file", "commit", "HEAD").Replace("\n\nSigned", "\n\nForged", StringComparison.Ordinal) + "\n");
        story.Fleet.Git("-C", story.Fleet.Work, "push", "--quiet", "--force", "origin", forged + ":refs/heads/main");
        await story.ExportAsync("audit.jsonl");

        var ran = await story.Fleet.RunAsync("audit", "verify", "audit.jsonl", "--signers", "key.allowed");

        Assert.Equal((1, $"odoosky: OSG0801: audit.jsonl:4: the signature of the commit {forged[..12]} is bad.\n"), (ran.Exit, ran.Messages));
    }

    private void Signed(params string[] arguments)
    {
        var key = Path.Combine(story.Fleet.Folder, "key");
        story.Fleet.Git(["-C", story.Fleet.Work, "-c", "gpg.format=ssh", "-c", "user.signingKey=" + key, .. arguments]);
        story.Fleet.Git("-C", story.Fleet.Work, "push", "--quiet", "origin", "HEAD:refs/heads/main");
    }

    private string Forge(string commit)
    {
        story.Fleet.Write("../forged", commit);
        return story.Fleet.Git("-C", story.Fleet.Work, "hash-object", "-t", "commit", "-w", Path.Combine(story.Fleet.Folder, "forged"));
    }

    private async Task KeyAsync(string name)
    {
        var file = Path.Combine(story.Fleet.Folder, name);
        var made = await TestProgram.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file]);
        Assert.True(made.ExitCode == 0, made.Errors);
        await File.WriteAllTextAsync(file + ".allowed", "* " + await File.ReadAllTextAsync(file + ".pub", TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }
}
