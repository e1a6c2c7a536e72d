using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Git;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

public sealed class PushTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_branch_that_must_not_exist_but_does_is_a_stale_lease()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        var theirs = remote.Commit("odoosky/prod/i-acme", "Theirs", ("a", "2"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        var ours = await CommitAsync(repository, head, "3");

        var result = Assert.Single(await repository.PushAsync([new RefUpdate(Work, ours, Expected: null)], _cancellation));

        Assert.Equal((PushOutcome.StaleLease, "[rejected] (stale info)"), (result.Outcome, result.Reason));
        Assert.Equal(theirs, remote.IdOf(Work.Text));
    }

    [Fact]
    public async Task A_branch_that_moved_since_it_was_read_is_a_stale_lease_and_the_others_go_through()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        var seen = remote.Commit("odoosky/prod/i-acme", "Ours before", ("a", "2"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main, Work), _cancellation);
        var person = remote.Commit("odoosky/prod/i-acme", "A person's", ("a", "by hand"));
        var ours = await CommitAsync(repository, head, "3");
        var other = RefName.TryBranch("odoosky/prod/i-beta")!;

        var results = await repository.PushAsync([new RefUpdate(Work, ours, seen), new RefUpdate(other, ours, Expected: null)], _cancellation);

        Assert.Equal([PushOutcome.StaleLease, PushOutcome.Updated], results.Select(r => r.Outcome));
        Assert.Equal(person, remote.IdOf(Work.Text));
        Assert.Equal(ours, remote.IdOf(other.Text));
    }

    [Fact]
    public async Task A_branch_is_rebuilt_on_the_head_just_read()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        var seen = remote.Commit("odoosky/prod/i-acme", "Ours before", ("a", "2"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main, Work), _cancellation);
        var ours = await CommitAsync(repository, head, "3");

        var results = await repository.PushAsync([new RefUpdate(Work, ours, seen)], _cancellation);

        Assert.Equal([PushOutcome.Updated], results.Select(r => r.Outcome));
        Assert.Equal(ours, remote.IdOf(Work.Text));
    }

    [Fact]
    public async Task The_same_push_again_is_up_to_date_even_under_an_old_lease()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        await using var one = remote.Open("one");
        await using var twin = remote.Open("twin");
        await one.ReadRemoteAsync(Only(Main), _cancellation);
        await twin.ReadRemoteAsync(Only(Main), _cancellation);
        var update = new RefUpdate(Work, await CommitAsync(one, head, "3"), Expected: null);
        await CommitAsync(twin, head, "3");

        Assert.Equal([PushOutcome.Updated], (await one.PushAsync([update], _cancellation)).Select(r => r.Outcome));
        Assert.Equal([PushOutcome.UpToDate], (await twin.PushAsync([update], _cancellation)).Select(r => r.Outcome));
    }

    [Fact]
    public async Task A_branch_is_deleted_only_where_it_was_seen()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        var seen = remote.Commit("odoosky/prod/i-acme", "Ours", ("a", "2"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main, Work), _cancellation);

        Assert.Equal([PushOutcome.StaleLease], await OutcomesAsync(repository, new RefUpdate(Work, New: null, head)));
        Assert.Equal([PushOutcome.Updated], await OutcomesAsync(repository, new RefUpdate(Work, New: null, seen)));
        Assert.Null(remote.IdOf(Work.Text));
        Assert.Equal([PushOutcome.UpToDate], await OutcomesAsync(repository, new RefUpdate(Work, New: null, seen)));
        Assert.Null((await repository.ReadRemoteAsync(Only(Main, Work), _cancellation)).Find(Work));
    }

    [Fact]
    public async Task A_hook_that_declines_is_a_result_with_the_hooks_own_words()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        remote.AddHook("pre-receive", "echo 'GH006: Protected branch update failed.' >&2; exit 1");
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        var ours = await CommitAsync(repository, head, "3");

        var result = Assert.Single(await repository.PushAsync([new RefUpdate(Work, ours, Expected: null)], _cancellation));

        Assert.Equal(PushOutcome.Declined, result.Outcome);
        Assert.Equal("[remote rejected] (pre-receive hook declined): GH006: Protected branch update failed.", result.Reason);
        Assert.Null(remote.IdOf(Work.Text));
    }

    [Fact]
    public async Task A_hook_that_declines_one_branch_lets_the_others_through()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        remote.AddHook("update", "[ \"$1\" != refs/heads/odoosky/prod/i-acme ]");
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        var ours = await CommitAsync(repository, head, "3");

        var outcomes = await OutcomesAsync(
            repository, new RefUpdate(Work, ours, Expected: null), new RefUpdate(RefName.TryBranch("odoosky/prod/i-beta")!, ours, Expected: null));

        Assert.Equal([PushOutcome.Declined, PushOutcome.Updated], outcomes);
    }

    [Fact]
    public async Task A_remote_that_denies_deletion_is_a_result()
    {
        using var remote = new RemoteRepository();
        remote.Commit("main", "Start", ("a", "1"));
        var seen = remote.Commit("odoosky/prod/i-acme", "Ours", ("a", "2"));
        remote.Git("config", "receive.denyDeletes", "true");
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main, Work), _cancellation);

        var result = Assert.Single(await repository.PushAsync([new RefUpdate(Work, New: null, seen)], _cancellation));

        Assert.Equal(PushOutcome.Rejected, result.Outcome);
        Assert.StartsWith("[remote rejected] (deletion prohibited)", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_branches_than_one_call_takes_are_all_pushed_in_order()
    {
        using var remote = new RemoteRepository();
        var head = remote.Commit("main", "Start", ("a", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);
        var ours = await CommitAsync(repository, head, "3");
        ImmutableArray<RefUpdate> updates = [.. Enumerable.Range(0, 450).Select(i => new RefUpdate(RefName.TryBranch($"odoosky/prod/i-{i}")!, ours, Expected: null))];

        var results = await repository.PushAsync(updates, _cancellation);

        Assert.Equal(updates, results.Select(r => r.Update));
        Assert.All(results, r => Assert.Equal(PushOutcome.Updated, r.Outcome));
    }

    [Fact]
    public void A_push_whose_end_the_remote_did_not_tell_has_no_result()
    {
        var update = new RefUpdate(Work, ObjectId.TryParse(new string('1', 40)), Expected: null);

        var reports = PushReport.Read("To x\n!\t1111:refs/heads/odoosky/prod/i-acme\t[remote failure] (remote failed to report status)\n"u8);

        Assert.Null(PushReport.ResultOf(update, reports[Work.Text], ""));
    }

    [Theory]
    [InlineData("[remote rejected] (incorrect old value provided)", PushOutcome.StaleLease)]
    [InlineData("[remote rejected] (cannot lock ref 'refs/heads/x': is at 1 but expected 2)", PushOutcome.StaleLease)]
    [InlineData("[remote rejected] (cannot lock ref 'refs/heads/x': reference already exists)", PushOutcome.StaleLease)]
    [InlineData("[remote rejected] (protected branch hook declined)", PushOutcome.Declined)]
    [InlineData("[remote rejected] (failed to update ref)", PushOutcome.Rejected)]
    [InlineData("[rejected] (fetch first)", PushOutcome.Rejected)]
    public void What_remotes_answer_is_understood(string summary, object outcome)
    {
        var update = new RefUpdate(Work, ObjectId.TryParse(new string('1', 40)), Expected: null);

        Assert.Equal(outcome, PushReport.ResultOf(update, ('!', summary), "")!.Outcome);
    }

    private static async Task<ObjectId> CommitAsync(Repository repository, ObjectId parent, string content) => (await repository.CommitAsync(new CommitChain
    {
        Target = Work,
        Parent = parent,
        Identity = Robot,
        Date = Noon,
        Commits = [new NewCommit("m", [FileChange.Write(At("a"), System.Text.Encoding.UTF8.GetBytes(content))])],
    }, CancellationToken.None)).Tip;

    private async Task<IEnumerable<PushOutcome>> OutcomesAsync(Repository repository, params RefUpdate[] updates) =>
        (await repository.PushAsync([.. updates], _cancellation)).Select(r => r.Outcome);
}
