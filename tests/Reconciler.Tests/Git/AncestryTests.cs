using OdooSky.GitOps.Reconciler.Git;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

/// <summary>Ancestry from one reading, against random histories that real git holds and a walk that nobody made clever.</summary>
public sealed class AncestryTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_pair_of_random_histories_is_as_a_plain_walk_has_it()
    {
        var graphs = Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is null ? 12 : 400;
        for (var seed = 0; seed < graphs; seed++)
        {
            using var remote = new RemoteRepository();
            var history = RandomHistory.Make(remote, seed, commits: 45);
            var graph = await new GraphReader(Git(), remote.Path).ReadAsync(history.Head, [.. history.Tips], _cancellation);

            foreach (var (old, young) in history.Pairs())
                Assert.True(graph.IsAncestor(old, young) == history.Reaches(young, old), $"seed {seed}: is {old} an ancestor of {young}?");
        }
    }

    [Fact]
    public async Task A_shallow_history_is_never_wrong_and_says_when_it_can_not_tell()
    {
        var (told, untold) = (0, 0);
        for (var seed = 0; seed < 6; seed++)
        {
            using var remote = new RemoteRepository();
            var history = RandomHistory.Make(remote, seed, commits: 45);
            var shallow = Path.Combine(remote.Folder, "shallow.git");
            remote.Git("clone", "--quiet", "--bare", "--no-single-branch", "--depth=4", "file://" + remote.Path, shallow);
            var graph = await new GraphReader(Git(), shallow).ReadAsync(history.Head, [.. history.Tips], _cancellation);

            foreach (var (old, young) in history.Pairs())
            {
                var answer = graph.IsAncestor(old, young);
                Assert.True(answer is null || answer == history.Reaches(young, old), $"seed {seed}: is {old} an ancestor of {young}?");
                (told, untold) = answer is null ? (told, untold + 1) : (told + 1, untold);
            }
        }

        Assert.True(told > 100 && untold > 100, $"{told} told, {untold} not");
    }

    [Fact]
    public async Task A_commit_that_is_not_here_is_not_called_a_stranger()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "One", ("a", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(RemoteRepository.Only(RemoteRepository.Main), _cancellation);
        var elsewhere = ObjectId.TryParse("1234567890123456789012345678901234567890")!;

        var graph = await repository.ReadGraphAsync(head, [elsewhere], _cancellation);

        Assert.Null(graph.IsAncestor(head, elsewhere));
        Assert.Null(graph.IsAncestor(elsewhere, head));
        Assert.True(graph.IsAncestor(head, head));
    }

    [Fact]
    public async Task Overlays_at_many_revisions_are_found_in_one_exchange()
    {
        using var remote = new RemoteRepository();
        var path = RemoteRepository.At("instances/acme/values.yaml");
        var before = remote.Commit("main", "Before", ("README", "1"));
        var first = remote.Commit("main", "First", (path.Text, "a: 1\n"));
        var second = remote.Commit("main", "Unrelated", ("README", "2"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(RemoteRepository.Only(RemoteRepository.Main), _cancellation);

        var blobs = await repository.FindManyAsync([(before, path), (first, path), (second, path)], _cancellation);

        Assert.Null(blobs[0]);
        Assert.Equal(remote.IdOf($"{first}:{path}"), blobs[1]);
        Assert.Equal(blobs[1], blobs[2]);
    }

    [Fact]
    public async Task Ten_thousand_pairs_cost_one_reading()
    {
        using var remote = new RemoteRepository();
        var line = RandomHistory.Line(remote, 10_000);

        var graph = await new GraphReader(Git(), remote.Path).ReadAsync(line[^1], [], _cancellation);
        Directory.Delete(remote.Path, recursive: true);
        var contained = Enumerable.Range(0, 10_000).Count(i => graph.IsAncestor(line[i], line[^(i + 1)]) == true);

        Assert.Equal(5_000, contained);
    }

    private static GitProgram Git() => new(TimeProvider.System, new GitLimits());
}
