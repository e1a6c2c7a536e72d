using System.Text;
using OdooSky.GitOps.Reconciler.Git;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

public sealed class CrashTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fast_import_that_is_killed_moves_nothing_and_the_next_pass_makes_the_same_commit()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        await using (var repository = remote.Open())
        {
            await repository.ReadRemoteAsync(Only(Main), _cancellation);
        }

        await Assert.ThrowsAsync<GitFailure>(() => ImportAsync(remote, head, process =>
        {
            Processes.Kill(process.Id);
            return Task.CompletedTask;
        }));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(remote.CacheOf(), "objects", "pack"), "tmp_*"));

        await using var again = remote.Open();
        await again.ReadRemoteAsync(Only(Main), _cancellation);
        Assert.Empty(Directory.GetDirectories(Path.Combine(remote.CacheOf(), "refs"), "work", SearchOption.AllDirectories));
        var made = await again.CommitAsync(Chain(head, "after"), _cancellation);

        Assert.Equal("20a1e6fea3b979ca4bafc96ad2128f5b2f199182", made.Tip.Text);
        Assert.Empty(Directory.GetFiles(Path.Combine(remote.CacheOf(), "objects", "pack"), "tmp_*"));
    }

    [Fact]
    public async Task An_input_that_is_cut_short_makes_no_commit()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);

        await Assert.ThrowsAsync<GitFailure>(() => ImportAsync(remote, head, _ => Task.CompletedTask));

        Assert.Empty(Directory.GetDirectories(Path.Combine(remote.CacheOf(), "refs"), "work", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Commits_that_git_refuses_leave_no_file_behind()
    {
        using var remote = new RemoteRepository();
        remote.Commit("main", "Start", ("a", "1"));
        var blob = remote.IdOf("main:a")!;
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);

        var failure = await Assert.ThrowsAsync<GitFailure>(() => repository.CommitAsync(Chain(blob, "x"), _cancellation));

        Assert.Contains("git could not write 1 commits for refs/heads/odoosky/prod/i-acme: fatal:", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(remote.CacheOf())!, "fast_import_crash*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_commits_are_written_leaves_no_process_and_no_file()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        var chain = Chain(head, "x");
        var writing = repository.CommitAsync(
            chain with { Commits = [.. Enumerable.Range(0, 200_000).Select(i => new NewCommit($"{i}", [FileChange.Write(At($"f{i}"), new byte[100])]))] }, source.Token);
        while (Processes.With(remote.CacheOf(), "fast-import").Count == 0 && !writing.IsCompleted)
        {
            await Task.Delay(5, _cancellation);
        }

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        Assert.Empty(await Processes.LeftAsync(remote.CacheOf(), "fast-import"));
        Assert.Empty(Directory.GetFiles(remote.CacheOf(), "tmp_*", SearchOption.AllDirectories));
        Assert.Single((await repository.CommitAsync(chain, _cancellation)).Commits);
    }

    [Fact]
    public async Task A_branch_that_gives_way_to_a_folder_of_branches_is_followed()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        var below = RefName.TryBranch("odoosky/prod")!;
        remote.Git("branch", "odoosky/prod", head.Text);
        await using var repository = remote.Open();
        Assert.Equal(head, (await repository.ReadRemoteAsync(Only(Main, below), _cancellation)).Find(below));
        remote.Git("branch", "-D", "odoosky/prod");
        var work = remote.Commit("odoosky/prod/i-acme", "Ours", ("a", "2"));

        var refs = await repository.ReadRemoteAsync([RefPattern.Exactly(Main), RefPattern.Under(below)], _cancellation);

        Assert.Equal([KeyValuePair.Create(Work, work)], refs.Under(below));
    }

    [Fact]
    public async Task A_repository_with_long_ids_works_and_replaces_one_with_short_ids()
    {
        using var remote = new RemoteRepository();
        remote.Commit("main", "Start", ("a", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        Directory.Delete(remote.Path, recursive: true);
        remote.Git("init", "--quiet", "--bare", "--initial-branch=main", "--object-format=sha256", remote.Path);
        var head = remote.Commit("main", "Start", ("a", "1"));

        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        var made = await repository.CommitAsync(Chain(head, "x"), _cancellation);
        var pushed = await repository.PushAsync([new RefUpdate(Work, made.Tip, Expected: null)], _cancellation);

        Assert.Equal(64, made.Tip.Text.Length);
        Assert.Equal(PushOutcome.Updated, pushed[0].Outcome);
    }

    [Fact]
    public async Task An_empty_remote_has_no_refs_and_takes_a_first_commit()
    {
        using var remote = new RemoteRepository();
        await using var repository = remote.Open();

        Assert.Empty((await repository.ReadRemoteAsync(Only(Main), _cancellation)).Ids);
        var made = await repository.CommitAsync(Chain(parent: null, "first"), _cancellation);
        await repository.PushAsync([new RefUpdate(Main, made.Tip, Expected: null)], _cancellation);

        Assert.Empty((await repository.ReadCommitAsync(remote.IdOf("main")!, _cancellation)).Parents);
    }

    private static CommitChain Chain(ObjectId? parent, string content) => new()
    {
        Target = Work,
        Parent = parent,
        Identity = Robot,
        Date = Noon,
        Commits = [new NewCommit("m", [FileChange.Write(At("a"), Encoding.UTF8.GetBytes(content))])],
    };

    // As the room writes it, but without the end, after which nothing more comes.
    private Task<bool> ImportAsync(RemoteRepository remote, ObjectId parent, Func<GitProcess, Task> meanwhile)
    {
        var call = FastImport.Call(remote.CacheOf(), "import");
        return new GitProgram(TimeProvider.System, new GitLimits()).TalkAsync(call, async process =>
        {
            await process.Input.WriteAsync(Encoding.UTF8.GetBytes(
                $"commit {Work.Work}\nmark :1\ncommitter A <a@b> 1 +0000\ndata 1\nm\nfrom {parent}\nM 100644 inline a\ndata 1\nx\n\nget-mark :1\n"), _cancellation);
            Assert.NotEqual(0, await process.Output.ReadAsync(new byte[1], _cancellation));
            await meanwhile(process);
            process.Input.Close();
            return true;
        }, _cancellation);
    }
}
