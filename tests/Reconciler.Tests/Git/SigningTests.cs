using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

/// <summary>Signed commits, made with real keys and verified by git.</summary>
public sealed class SigningTests : IDisposable
{
    private readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("odoosky-keys-");
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => keys.Delete(recursive: true);

    [Fact]
    public async Task A_chain_signed_with_an_SSH_key_is_verified_by_git_and_has_the_unsigned_one_s_content()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("keep", "k"));
        var (key, allowed) = await SshKeyAsync();
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main, Work), cancellation);
        var plain = await repository.CommitAsync(Chain(head), cancellation);

        var signed = await repository.CommitAsync(Chain(head) with { Signing = key }, cancellation);
        await repository.PushAsync([new RefUpdate(Work, signed.Tip, Expected: null)], cancellation);

        Assert.Equal((plain.Tree, head), (signed.Tree, remote.IdOf(signed.Tip + "~2")));
        Assert.DoesNotContain(signed.Tip, plain.Commits);
        foreach (var (ours, theirs) in signed.Commits.Zip(plain.Commits))
        {
            remote.Git("-c", "gpg.format=ssh", "-c", "gpg.ssh.allowedSignersFile=" + allowed, "verify-commit", ours.Text);
            var record = await repository.ReadCommitAsync(theirs, cancellation);
            Assert.Equal((record.Message, record.Author, record.Committer), await PartsAsync(repository, ours));
        }

        var refused = Assert.ThrowsAny<Exception>(() => remote.Git("-c", "gpg.format=ssh", "-c", "gpg.ssh.allowedSignersFile=/dev/null", "verify-commit", signed.Tip.Text));
        Assert.NotNull(refused);
    }

    [Fact]
    public async Task A_pass_signs_its_commits_and_a_second_one_does_nothing()
    {
        using var fleet = new TestFleet();
        fleet.AddInstance("acme", wished: "1.1");
        fleet.Push();
        var (_, allowed) = await SshKeyAsync();
        var settings = Path.Combine(keys.FullName, "odoosky.yaml");
        await File.WriteAllTextAsync(settings, "apiVersion: odoosky.io/v1\nkind: Settings\nidentity: {name: Robot, email: robot@acme.example, signingKeyFile: key}\ntargets: {prod: {repository: " + fleet.Remote + "}}\n", cancellation);

        var first = await fleet.CommandAsync("apply", "--config", settings, "--cache", Path.Combine(keys.FullName, "cache"), "--proposals", fleet.Proposals);
        var refs = fleet.Refs();
        var second = await fleet.CommandAsync("apply", "--config", settings, "--cache", Path.Combine(keys.FullName, "other"), "--proposals", fleet.Proposals);

        Assert.True(first.Exit == 0, first.Messages);
        Assert.Equal((0, refs), (second.Exit, fleet.Refs()));
        fleet.Git("-C", fleet.Remote, "-c", "gpg.format=ssh", "-c", "gpg.ssh.allowedSignersFile=" + allowed, "verify-commit", "odoosky/prod/i-acme");
    }

    [Fact]
    public async Task A_GPG_key_of_the_keyring_signs_too()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("keep", "k"));
        var fingerprint = await GpgKeyAsync();
        var (key, problem) = SigningKey.Read(Written("gpg", fingerprint + "\n"), new Place("test"));
        Assert.Null(problem);
        Environment.SetEnvironmentVariable("GNUPGHOME", GpgHome);
        try
        {
            await using var repository = remote.Open();
            await repository.ReadRemoteAsync(Only(Main, Work), cancellation);

            var signed = await repository.CommitAsync(Chain(head) with { Signing = key }, cancellation);
            await repository.PushAsync([new RefUpdate(Work, signed.Tip, Expected: null)], cancellation);

            Assert.All(signed.Commits, commit => remote.Git("verify-commit", commit.Text));
        }
        finally
        {
            Environment.SetEnvironmentVariable("GNUPGHOME", null);
            await RunAsync("gpgconf", "--homedir", GpgHome, "--kill", "all");
        }
    }

    [Fact]
    public async Task A_key_that_can_not_sign_stops_the_pass_before_anything_is_pushed()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("keep", "k"));
        var (key, _) = SigningKey.Read(Written("broken", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"), new Place("test"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main, Work), cancellation);

        var failure = await Assert.ThrowsAsync<GitFailure>(() => repository.CommitAsync(Chain(head) with { Signing = key }, cancellation));

        Assert.StartsWith("git could not sign a commit for refs/heads/odoosky/prod/i-acme: ", failure.Message);
        Assert.Null(remote.IdOf("refs/heads/odoosky/prod/i-acme"));
    }

    [Theory]
    [InlineData("", "holds neither an SSH key nor a GPG key's id")]
    [InlineData("hello", "holds neither an SSH key nor a GPG key's id")]
    [InlineData("-----BEGIN PGP PRIVATE KEY BLOCK-----\n", "is a GPG key itself")]
    [InlineData("0123456789abcdef0", "holds neither an SSH key nor a GPG key's id")]
    public void A_file_that_names_no_key_is_refused(string text, string reason)
    {
        var (key, problem) = SigningKey.Read(Written("file", text), new Place("odoosky.yaml"));

        Assert.Null(key);
        Assert.Contains(reason, problem!.Message);
        Assert.Equal("OSG0605", problem.Code);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var (_, problem) = SigningKey.Read("/nowhere/key", new Place("odoosky.yaml"));

        Assert.Equal("odoosky.yaml: error OSG0605: Commits can't be signed: there is no file /nowhere/key. Name an existing file with identity.signingKeyFile.", problem!.ToString());
    }

    private string GpgHome => Path.Combine(keys.FullName, "gnupg");

    private static CommitChain Chain(ObjectId parent) => new()
    {
        Target = Work,
        Parent = parent,
        Identity = Robot,
        Date = Noon,
        Commits = [new NewCommit("One\n", [FileChange.Write(At("a"), "a"u8.ToArray())]), new NewCommit("Two\n\nWith words.\n", [FileChange.Write(At("b"), "b"u8.ToArray())])],
    };

    private static async Task<(string, Signature, Signature)> PartsAsync(Repository repository, ObjectId id)
    {
        var record = await repository.ReadCommitAsync(id, TestContext.Current.CancellationToken);
        return (record.Message, record.Author, record.Committer);
    }

    private async Task<(SigningKey Key, string AllowedSigners)> SshKeyAsync()
    {
        var file = Path.Combine(keys.FullName, "key");
        await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "robot", "-f", file);
        var allowed = Written("allowed", "* " + await File.ReadAllTextAsync(file + ".pub", cancellation));
        var (key, problem) = SigningKey.Read(file, new Place("test"));
        Assert.Null(problem);
        return (key!, allowed);
    }

    private async Task<string> GpgKeyAsync()
    {
        Directory.CreateDirectory(GpgHome);
        File.SetUnixFileMode(GpgHome, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await RunAsync("gpg", "--homedir", GpgHome, "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "Robot <robot@acme.example>", "ed25519", "sign", "never");
        var listed = await RunAsync("gpg", "--homedir", GpgHome, "--batch", "--with-colons", "--list-secret-keys");
        return listed.Split('\n').First(line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];
    }

    private string Written(string name, string text)
    {
        var file = Path.Combine(keys.FullName, name);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var run = await TestProgram.RunAsync(program, arguments);
        return run.ExitCode == 0 ? run.Output : throw new InvalidOperationException($"{program}: {run.Errors}");
    }
}
