using System.Text;
using OdooSky.GitOps.Reconciler.Git;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

/// <summary>What the upkeep leaves in the cache.</summary>
public sealed class UpkeepTests
{
    [Fact]
    public async Task It_keeps_an_index_of_which_commits_touch_which_path_and_histories_stay_the_same()
    {
        using var remote = new RemoteRepository();
        remote.Commit("main", "One", ("a/x", "1"), ("b/x", "1"));
        var second = remote.Commit("main", "Two", ("a/x", "2"));
        var head = remote.Commit("main", "Three", ("b/x", "2"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), TestContext.Current.CancellationToken);
        var before = await repository.ReadHistoryAsync(new HistoryQuestion(head, [At("a/x")]), TestContext.Current.CancellationToken);

        await repository.UpkeepAsync(Only(Main), TestContext.Current.CancellationToken);

        var index = Assert.Single(Directory.GetFiles(remote.Folder, "commit-graph", SearchOption.AllDirectories));
        Assert.Contains("BDAT", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(index, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Equal(second, before[0].Commit);
        Assert.Equal(before, await repository.ReadHistoryAsync(new HistoryQuestion(head, [At("a/x")]), TestContext.Current.CancellationToken));
    }
}
