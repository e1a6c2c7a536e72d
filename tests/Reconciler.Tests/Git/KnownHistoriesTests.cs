using OdooSky.GitOps.Reconciler.Git;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

/// <summary>A history that is read on from what is known is the history.</summary>
public sealed class KnownHistoriesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Wherever_a_branch_goes_its_history_is_what_a_first_reading_tells(int seed)
    {
        var random = new Random(seed);
        using var remote = new RemoteRepository();
        var heads = new List<ObjectId> { remote.Commit("main", "Begin", ("x", "0"), ("y", "0")) };
        await using var repository = remote.Open();
        for (var step = 1; step <= 40; step++)
        {
            var words = Move(remote, heads, random, step);
            var head = remote.IdOf("refs/heads/main")!;
            await repository.ReadRemoteAsync(Only(Main), TestContext.Current.CancellationToken);

            var known = await repository.ReadHistoryAsync(head, At("x"), TestContext.Current.CancellationToken);
            var whole = await repository.ReadHistoryAsync(new HistoryQuestion(head, [At("x")]), TestContext.Current.CancellationToken);

            Assert.True(whole.SequenceEqual(known), $"after step {step}, {words}");
        }
    }

    // By hand, so that every shape comes: on, back, merges of one line into the other and the other way round.
    private static string Move(RemoteRepository remote, List<ObjectId> heads, Random random, int step)
    {
        var (head, other) = (remote.IdOf("refs/heads/main")!, heads[random.Next(heads.Count)]);
        var moved = random.Next(5) switch
        {
            0 => remote.Commit("main", $"{step}", ("x", $"{step}")),
            1 => remote.Commit("main", $"{step}", ("y", $"{step}")),
            2 => Put(remote, other),
            3 => Put(remote, Merge(remote, head, other, step)),
            _ => Put(remote, Merge(remote, other, head, step)),
        };
        heads.Add(moved);
        return $"main at {moved}";
    }

    private static ObjectId Put(RemoteRepository remote, ObjectId head)
    {
        remote.Git("update-ref", "refs/heads/main", head.Text);
        return head;
    }

    private static ObjectId Merge(RemoteRepository remote, ObjectId first, ObjectId second, int step)
    {
        remote.Import($"commit refs/heads/merged\ncommitter Ann <ann@acme.example> {1767225600 + step} +0100\ndata 5\nMerge\nfrom {first}\nmerge {second}\nM 100644 inline x\ndata 3\n{step,3}\n");
        return remote.IdOf("refs/heads/merged")!;
    }
}
