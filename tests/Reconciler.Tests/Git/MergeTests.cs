using OdooSky.GitOps.Reconciler.Git;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

public sealed class MergeTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_branch_is_merged_with_a_merge_commit_and_base_moves_under_a_lease()
    {
        using var remote = new RemoteRepository();
        var (onto, branch) = Diverge(remote, ("instances/acme/values.yaml", "new"), ("README", "more"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main, Work), _cancellation);

        var merged = Assert.IsType<MergeOutcome.Merged>(await repository.MergeAsync(Wish(onto, branch), _cancellation));
        var pushed = await repository.PushAsync([new RefUpdate(Main, merged.Commit, onto)], _cancellation);

        Assert.Equal(PushOutcome.Updated, pushed[0].Outcome);
        Assert.Equal((onto, branch), (remote.IdOf("main^1"), remote.IdOf("main^2")));
        Assert.Equal(("new", "more"), (remote.Git("show", "main:instances/acme/values.yaml"), remote.Git("show", "main:README")));
        Assert.Equal("Merge odoosky/prod/i-acme\n\nno line end|OdooSky GitOps|1767225600 +0100|1767225600 +0100\n",
            remote.Git("log", "-1", "--date=raw", "--format=%B|%an|%ad|%cd", "main").Replace("end\n|", "end|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_merge_has_the_same_id_in_two_clones()
    {
        using var remote = new RemoteRepository();
        var (onto, branch) = Diverge(remote, ("a", "new"), ("b", "more"));
        await using var one = remote.Open("one");
        await using var other = remote.Open("other");
        await one.ReadRemoteAsync(Only(Main, Work), _cancellation);
        await other.ReadRemoteAsync(Only(Main, Work), _cancellation);

        Assert.Equal(await one.MergeAsync(Wish(onto, branch), _cancellation), await other.MergeAsync(Wish(onto, branch), _cancellation));
    }

    [Fact]
    public async Task Changes_that_do_not_go_together_are_named_and_nothing_is_made()
    {
        using var remote = new RemoteRepository();
        var (onto, branch) = Diverge(remote, ("same", "ours"), ("same", "theirs"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main, Work), _cancellation);

        var conflict = Assert.IsType<MergeOutcome.Conflicting>(await repository.MergeAsync(Wish(onto, branch), _cancellation));

        Assert.Equal(["same"], conflict.Paths);
    }

    [Fact]
    public async Task A_branch_that_base_has_already_is_not_merged_again()
    {
        using var remote = new RemoteRepository();
        var branch = remote.Commit("odoosky/prod/i-acme", "Start", ("a", "1"));
        remote.Git("branch", "main", branch.Text);
        var onto = remote.Commit("main", "More", ("b", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main, Work), _cancellation);

        Assert.IsType<MergeOutcome.AlreadyMerged>(await repository.MergeAsync(Wish(onto, branch), _cancellation));
        Assert.Equal(branch, await repository.FindMergeBaseAsync(onto, branch, _cancellation));
    }

    [Fact]
    public async Task Histories_without_a_common_start_are_not_merged()
    {
        using var remote = new RemoteRepository();
        var onto = remote.Commit("main", "Start", ("a", "1"));
        var branch = remote.Commit("odoosky/prod/i-acme", "Another start", ("b", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main, Work), _cancellation);

        var failure = await Assert.ThrowsAsync<GitFailure>(() => repository.MergeAsync(Wish(onto, branch), _cancellation));

        Assert.Equal(GitFailureKind.Other, failure.Kind);
        Assert.Null(await repository.FindMergeBaseAsync(onto, branch, _cancellation));
    }

    private static MergeWish Wish(ObjectId onto, ObjectId branch) =>
        new(onto, branch) { Identity = Robot, Date = Noon, Message = "Merge odoosky/prod/i-acme\n\nno line end" };

    private static (ObjectId Onto, ObjectId Branch) Diverge(RemoteRepository remote, (string, string?) onBranch, (string, string?) onMain)
    {
        var start = remote.Commit("main", "Start", ("same", "start"), ("instances/acme/values.yaml", "old"));
        remote.Git("branch", "odoosky/prod/i-acme", start.Text);
        return (remote.Commit("main", "On main", onMain), remote.Commit("odoosky/prod/i-acme", "On the branch", onBranch));
    }
}
