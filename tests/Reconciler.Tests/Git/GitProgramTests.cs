using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Git;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

public sealed class GitProgramTests
{
    private const string Canary = "canary-8c1f5e";

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_remote_that_never_answers_is_given_up_after_the_limit_and_leaves_no_process()
    {
        using var server = new SilentServer(SilentServer.After.Connection);
        using var folder = new RemoteRepository();
        await using var repository = Reach(server, folder, new GitLimits { Listing = TimeSpan.FromSeconds(1) });

        var failure = await Assert.ThrowsAsync<GitFailure>(() => repository.ReadRemoteAsync(Only(Main), _cancellation));

        Assert.Equal(GitFailureKind.Timeout, failure.Kind);
        Assert.Equal($"git could not read the refs of {server.Url} within 1 s.", failure.Message);
        Assert.Empty(await Processes.LeftAsync(server.Url));
    }

    [Fact]
    public async Task A_transfer_that_stands_still_is_given_up_by_git_itself()
    {
        using var server = new SilentServer(SilentServer.After.Request);
        using var folder = new RemoteRepository();
        await using var repository = Reach(server, folder, new GitLimits { SlowTime = TimeSpan.FromSeconds(1) });

        var failure = await Assert.ThrowsAsync<GitFailure>(() => repository.ReadRemoteAsync(Only(Main), _cancellation));

        Assert.Equal(GitFailureKind.Transport, failure.Kind);
        Assert.Contains("Operation too slow", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_nobody_vouches_for_is_not_talked_to()
    {
        using var server = new SilentServer(SilentServer.After.Request);
        using var folder = new RemoteRepository();
        await using var repository = new Repository(
            new GitProgram(TimeProvider.System, new GitLimits()), server.Address, folder.Folder, Repository.NoCredentials);

        var failure = await Assert.ThrowsAsync<GitFailure>(() => repository.ReadRemoteAsync(Only(Main), _cancellation));

        Assert.Equal(GitFailureKind.Transport, failure.Kind);
        Assert.Contains("certificate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remote_that_hangs_up_is_a_transport_failure_with_gits_words()
    {
        using var server = new SilentServer(SilentServer.After.HangUp);
        using var folder = new RemoteRepository();
        await using var repository = Reach(server, folder, new GitLimits());

        var failure = await Assert.ThrowsAsync<GitFailure>(() => repository.ReadRemoteAsync(Only(Main), _cancellation));

        Assert.Equal(GitFailureKind.Transport, failure.Kind);
        Assert.StartsWith($"git could not read the refs of {server.Url}: fatal: unable to access", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_gives_up_ends_git_and_its_children()
    {
        using var server = new SilentServer(SilentServer.After.Connection);
        using var folder = new RemoteRepository();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        await using var repository = Reach(server, folder, new GitLimits());
        var reading = repository.ReadRemoteAsync(Only(Main), source.Token);
        await server.Visited;
        Assert.NotEmpty(Processes.With("git-remote-https", server.Url));

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Empty(await Processes.LeftAsync(server.Url));
    }

    [Fact]
    public async Task Credentials_reach_the_server_and_are_in_no_arguments_and_in_no_message()
    {
        using var server = new SilentServer(SilentServer.After.Request);
        using var folder = new RemoteRepository();
        await using var repository = Reach(server, folder, new GitLimits(), new GitSetting($"http.{server.Url}.extraHeader", "Authorization: Basic " + Canary));
        var reading = repository.ReadRemoteAsync(Only(Main), _cancellation);

        Assert.Contains("Authorization: Basic " + Canary, await server.Request, StringComparison.Ordinal);
        Assert.NotEmpty(Processes.With(server.Url));
        Assert.Empty(Processes.With(Canary));
        server.HangUp();
        var failure = await Assert.ThrowsAsync<GitFailure>(() => reading);
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_and_user_names_are_taken_out_of_gits_words()
    {
        var words = GitWords.Redact(
            "fatal: https://bob:pw@host/x: sent Authorization: Basic canary-8c1f5e, then canary-8c1f5e",
            [new GitSetting("http.extraHeader", "Authorization: Basic " + Canary)]);

        Assert.Equal("fatal: https://***@host/x: sent ***, then ***", words);
    }

    [Fact]
    public void Nothing_of_the_callers_environment_reaches_git_but_what_it_needs()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PATH"] = "/usr/bin", ["GIT_SSL_CAINFO"] = "/etc/own-ca.pem", ["HOME"] = "/home/ann", ["ODOOSKY_TOKEN"] = Canary, ["GIT_DIR"] = "/elsewhere", ["GIT_TRACE_CURL"] = "1",
            ["GIT_SSL_NO_VERIFY"] = "1", ["GIT_CONFIG_PARAMETERS"] = "'a.b=c'", ["GIT_ASKPASS"] = "ask", ["GIT_ALLOW_PROTOCOL"] = "ext",
        };

        GitEnvironment.Fill(environment, new GitCall { Purpose = "test", Arguments = [] }, new GitLimits());

        Assert.Equal(
            [
                "GIT_ATTR_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "GIT_LITERAL_PATHSPECS=1", "GIT_NO_REPLACE_OBJECTS=1",
                "GIT_OPTIONAL_LOCKS=0", "GIT_SSH_COMMAND=ssh -o BatchMode=yes", "GIT_TERMINAL_PROMPT=0", "HOME=/home/ann", "LC_ALL=C", "PATH=/usr/bin",
            ],
            environment.Where(v => !v.Key.StartsWith("GIT_CONFIG_KEY", StringComparison.Ordinal) && !v.Key.StartsWith("GIT_CONFIG_VALUE", StringComparison.Ordinal) && v.Key != "GIT_CONFIG_COUNT")
                .Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.fsync=none", "gc.auto=0", "maintenance.auto=false", "protocol.allow=never",
                "transfer.credentialsInUrl=die", "fetch.fsckObjects=true", "http.followRedirects=false", "http.sslCAInfo=/etc/own-ca.pem",
            ],
            Enumerable.Range(0, int.Parse(environment["GIT_CONFIG_COUNT"]!)).Select(i => $"{environment[$"GIT_CONFIG_KEY_{i}"]}={environment[$"GIT_CONFIG_VALUE_{i}"]}"));
    }

    [Theory]
    [InlineData("file:///srv/fleet.git")]
    [InlineData("ext::sh -c true")]
    [InlineData("git://127.0.0.1/fleet.git")]
    [InlineData("http://127.0.0.1/fleet.git")]
    public async Task A_call_for_one_protocol_can_use_no_other(string remote)
    {
        var git = new GitProgram(TimeProvider.System, new GitLimits());
        using var server = new SilentServer(SilentServer.After.Connection);
        var call = new GitCall { Purpose = "try", Arguments = ["ls-remote", "--", remote], Remote = server.Address };

        var failure = await Assert.ThrowsAsync<GitFailure>(() => git.RunAsync(call, _cancellation));

        Assert.Equal(GitFailureKind.Refused, failure.Kind);
        Assert.Contains("not allowed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Much_output_and_many_messages_at_once_block_nobody()
    {
        var git = new GitProgram(TimeProvider.System, new GitLimits());
        using var folder = new RemoteRepository();
        var names = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"no-such-object-{i}\n"));

        var answer = await git.RunAsync(new GitCall
        {
            Purpose = "look things up", Arguments = ["-c", "alias.both=!cat; seq 1 50000 >&2", "both"], Folder = folder.Path, Input = System.Text.Encoding.UTF8.GetBytes(names),
        }, _cancellation);

        Assert.Equal(names.Length, answer.Output.Length);
        Assert.EndsWith("49999\n50000\n", answer.Words, StringComparison.Ordinal);
        Assert.InRange(answer.Words.Length, 1, 16 * 1024);
    }

    [Fact]
    public async Task A_remote_that_is_not_there_is_refused_with_gits_words()
    {
        using var remote = new RemoteRepository();
        Directory.Delete(remote.Path, recursive: true);
        await using var repository = remote.Open();

        var failure = await Assert.ThrowsAsync<GitFailure>(() => repository.ReadRemoteAsync(Only(Main), _cancellation));

        Assert.Equal(GitFailureKind.Refused, failure.Kind);
        Assert.Contains($"git could not read the refs of {remote.Path}: fatal: '{remote.Path}' does not appear to be a git repository", failure.Message, StringComparison.Ordinal);
    }

    private static Repository Reach(SilentServer server, RemoteRepository folder, GitLimits limits, params GitSetting[] settings)
    {
        var vouched = Path.Combine(folder.Folder, "server.pem");
        File.WriteAllText(vouched, server.CertificatePem);
        return new Repository(
            new GitProgram(TimeProvider.System, limits), server.Address, folder.Folder,
            _ => ValueTask.FromResult<ImmutableArray<GitSetting>>([new GitSetting("http.sslCAInfo", vouched), .. settings]));
    }
}
