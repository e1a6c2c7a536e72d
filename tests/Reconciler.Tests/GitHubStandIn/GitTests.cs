using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHubStandIn;

/// <summary>The real git program against the stand-in, over HTTP.</summary>
public sealed class GitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stand-in-git-").FullName;
    private readonly GitProgram git = new(TimeProvider.System, new GitLimits());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_clone_and_a_push_go_through_and_the_pull_request_follows_its_branch()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.OpenAsync("x");
        await CloneAsync(fleet);

        var pushed = await CommitAndPushAsync("x");

        Assert.Equal(0, pushed.ExitCode);
        var head = (string)(await fleet.GetAsync(Fleet.Repo + "/pulls/1"))["head"]!["sha"]!;
        Assert.Equal(fleet.People.Git.Head("x"), head);
        Assert.Equal("new\n", await fleet.People.Git.AskAsync(Fleet.Cancel, "show", "x:new.txt") + "\n");
    }

    [Fact]
    public async Task Deleting_the_branch_with_git_closes_the_pull_request()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.OpenAsync("x");
        await CloneAsync(fleet);

        await RunAsync("push", "origin", ":refs/heads/x");

        Assert.Equal("closed", (string)(await fleet.GetAsync(Fleet.Repo + "/pulls/1"))["state"]!);
    }

    [Fact]
    public async Task Refusals_are_printed_in_GitHubs_words_and_other_refs_go_through()
    {
        await using var fleet = await Fleet.StartAsync();
        await CloneAsync(fleet);
        fleet.People.Record.Rules.Refusals.Add(PushRefusal.ProtectedBranch("refs/heads/main"));
        fleet.People.Record.Rules.Refusals.Add(PushRefusal.RuleSet("refs/heads/ruled"));

        var refused = await CommitAndPushAsync("main", "ruled", "free");

        Assert.Contains("remote: error: GH006: Protected branch update failed for refs/heads/main.", refused.Words, StringComparison.Ordinal);
        Assert.Contains("[remote rejected] HEAD -> main (protected branch hook declined)", refused.Words, StringComparison.Ordinal);
        Assert.Contains("remote: error: GH013: Repository rule violations found for refs/heads/ruled.", refused.Words, StringComparison.Ordinal);
        Assert.Contains("(push declined due to repository rule violations)", refused.Words, StringComparison.Ordinal);
        Assert.NotNull(fleet.People.Git.Head("free"));
        Assert.Null(fleet.People.Git.Head("ruled"));
    }

    [Fact]
    public async Task A_hook_refuses_the_whole_push_and_secret_scanning_only_one_with_a_secret()
    {
        await using var fleet = await Fleet.StartAsync();
        await CloneAsync(fleet);
        fleet.People.Record.Rules.Refusals.Add(PushRefusal.SecretScanning("refs/heads/*", "tok_[a-z]{4}"));

        Assert.Equal(0, (await CommitAndPushAsync("x")).ExitCode);
        var secret = await CommitAndPushAsync("tok_abcd\n", ["y"]);
        fleet.People.Record.Rules.Refusals.Add(PushRefusal.Hook("refs/heads/z", "No pushes on Fridays.\n"));
        var hook = await CommitAndPushAsync("w", "z");

        Assert.Contains("GITHUB PUSH PROTECTION", secret.Words, StringComparison.Ordinal);
        Assert.Contains("remote: No pushes on Fridays.", hook.Words, StringComparison.Ordinal);
        Assert.Null(fleet.People.Git.Head("w"));
    }

    [Theory]
    [InlineData("wrong", "could not read Username")]
    [InlineData("reader", "Permission to acme/fleet.git denied to reader.")]
    public async Task Who_may_not_push_is_told(string token, string words)
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Hub.AddToken("reader", "reader", new Dictionary<string, string> { ["metadata"] = "read", ["contents"] = "read" });
        await CloneAsync(fleet);
        await AuthenticateAsync(fleet, token);

        Assert.Contains(words, (await CommitAndPushAsync("x")).Words, StringComparison.Ordinal);
    }

    private async Task CloneAsync(Fleet fleet)
    {
        await RunAsync("init", "--quiet", "-b", "main");
        await AuthenticateAsync(fleet, Fleet.Token);
        await RunAsync("remote", "add", "origin", fleet.People.CloneUrl);
        await RunAsync("-c", "protocol.http.allow=always", "fetch", "--quiet", "origin");
        await RunAsync("checkout", "--quiet", "-B", "main", "origin/main");
    }

    private Task<GitAnswer> AuthenticateAsync(Fleet fleet, string token) => RunAsync(
        "config", $"http.{fleet.Hub.Address}/.extraHeader",
        "Authorization: Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("x-access-token:" + token)));

    private async Task<GitAnswer> CommitAndPushAsync(params string[] branches) => await CommitAndPushAsync("new\n", branches);

    private async Task<GitAnswer> CommitAndPushAsync(string text, string[] branches)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "new.txt"), text, Fleet.Cancel);
        await RunAsync("add", "new.txt");
        await RunAsync("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "--allow-empty", "-m", "New");
        return await RunAsync(["-c", "protocol.http.allow=always", "push", "--force", "origin", .. branches.Select(branch => "HEAD:refs/heads/" + branch)]);
    }

    private Task<GitAnswer> RunAsync(params string[] arguments)
    {
        if (arguments[0] == "push") arguments = ["-c", "protocol.http.allow=always", .. arguments];
        return git.RunAsync(new GitCall { Purpose = "test", Arguments = ["-C", folder, .. arguments], Answers = [0, 1, 128] }, Fleet.Cancel);
    }
}
