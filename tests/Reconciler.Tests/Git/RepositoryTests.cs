using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Reconciler.Git;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

public sealed class RepositoryTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_people_pushed_is_read_from_the_remote()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start\n\nWith a body.\n", ("instances/acme/values.yaml", "a: 1\r\n"), ("README.md", "fleet"));
        await using var repository = remote.Open();

        var refs = await repository.ReadRemoteAsync(Only(Main), _cancellation);
        var commit = await repository.ReadCommitAsync(refs.Find(Main)!, _cancellation);
        var listing = await repository.ListTreeAsync(head, At("instances"), _cancellation);
        var blobs = await ReadAsync(repository, [.. listing.Entries.Select(e => e.Id)]);

        Assert.Equal(head, refs.Find(Main));
        Assert.Equal("Start\n\nWith a body.\n", commit.Message);
        Assert.Equal(("Ann <ann@acme.example>", Noon), (commit.Committer.Person, commit.Committer.Date));
        Assert.Equal(["instances/acme/values.yaml"], listing.Entries.Select(e => e.Path));
        Assert.Equal(["a: 1\r\n"], blobs);
        Assert.Equal(listing.Entries[0].Id, await repository.FindAsync(head, At("instances/acme/values.yaml"), _cancellation));
        Assert.Null(await repository.FindAsync(head, At("instances/none"), _cancellation));
    }

    [Fact]
    public async Task Commits_are_written_pushed_and_seen_by_git()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("instances/acme/values.yaml", "old"), ("instances/gone/values.yaml", "x"), ("keep", "k"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main, Work), _cancellation);

        var made = await repository.CommitAsync(Chain(head), _cancellation);
        var pushed = await repository.PushAsync([new RefUpdate(Work, made.Tip, Expected: null)], _cancellation);

        Assert.Equal(PushOutcome.Updated, pushed[0].Outcome);
        Assert.Equal(made.Tip, remote.IdOf("refs/heads/odoosky/prod/i-acme"));
        Assert.Equal(made.Tree, remote.IdOf(made.Tip + "^{tree}"));
        Assert.Equal(head, remote.IdOf(made.Tip + "~2"));
        Assert.Equal("instances/acme/values.yaml\ninstances/a \"b\" ü/values.yaml\nkeep\n", Sorted(remote.Git("-c", "core.quotePath=false", "ls-tree", "-r", "-z", "--name-only", made.Tip.Text)));
        Assert.Equal("OdooSky GitOps|odoosky@acme.example|1767225600 +0100|OdooSky GitOps|1767225600 +0100\n",
            remote.Git("log", "-1", "--date=raw", "--format=%an|%ae|%ad|%cn|%cd", made.Tip.Text));
        Assert.EndsWith("\n\nodoosky(prod): acme\n\nOdoosky-Restart: yes", remote.Git("cat-file", "commit", made.Commits[0].Text), StringComparison.Ordinal);
        Assert.Equal("new\n", remote.Git("cat-file", "blob", made.Tip + ":instances/acme/values.yaml"));
    }

    [Fact]
    public async Task The_same_chain_has_the_same_ids_in_two_clones()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("keep", "k"));
        await using var one = remote.Open("one");
        await using var other = remote.Open("other");
        await one.ReadRemoteAsync(Only(Main), _cancellation);
        await other.ReadRemoteAsync(Only(Main), _cancellation);

        var first = await one.CommitAsync(Chain(head), _cancellation);
        var second = await other.CommitAsync(Chain(head), _cancellation);
        var again = await one.CommitAsync(Chain(head), _cancellation);

        Assert.Equal(first.Commits, second.Commits);
        Assert.Equal(first.Commits, again.Commits);
        Assert.Equal(first.Tree, second.Tree);
    }

    [Fact]
    public async Task A_second_pass_fetches_nothing_and_a_moved_branch_is_fetched()
    {
        using var remote = new RemoteRepository();
        remote.Commit("main", "Start", ("a", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        remote.AddHook("post-upload", "exit 0");

        var packs = Packs(remote);
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        Assert.Equal(packs, Packs(remote));

        var moved = remote.Commit("main", "More", ("b", "2"));
        var refs = await repository.ReadRemoteAsync(Only(Main), _cancellation);
        Assert.Equal(moved, refs.Find(Main));
        Assert.Equal("More", (await repository.ReadCommitAsync(moved, _cancellation)).Message);
    }

    private static CommitChain Chain(ObjectId parent) => new()
    {
        Target = Work,
        Parent = parent,
        Identity = Robot,
        Date = Noon,
        Commits =
        [
            new NewCommit("odoosky(prod): acme\n\nOdoosky-Restart: yes", [FileChange.Write(At("instances/acme/values.yaml"), "new\n"u8.ToArray())]),
            new NewCommit("second", [FileChange.Write(At("instances/a \"b\" ü/values.yaml"), "x"u8.ToArray()), FileChange.Delete(At("instances/gone/values.yaml"))]),
        ],
    };

    private static string Sorted(string names) =>
        string.Concat(names.Split('\0', StringSplitOptions.RemoveEmptyEntries).OrderByDescending(n => n.StartsWith("instances/ac", StringComparison.Ordinal)).Select(n => n + "\n"));

    private static int Packs(RemoteRepository remote) => Directory.GetFiles(remote.CacheOf(), "*", SearchOption.AllDirectories).Length;

    private async Task<ImmutableArray<string>> ReadAsync(Repository repository, IReadOnlyList<ObjectId> ids)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        await foreach (var blob in repository.ReadBlobsAsync(ids, _cancellation))
        {
            texts.Add(Encoding.UTF8.GetString(blob.Content!.Value.Span));
        }

        return texts.ToImmutable();
    }
}
