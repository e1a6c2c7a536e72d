using System.Collections.Immutable;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>What people do in a repository, by hand, without the API: each act is written to the log.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="life">What branches do to pull requests.</param>
/// <param name="repository">The repository.</param>
internal sealed class RepositoryPeople(Hub hub, PullLife life, RepositoryRecord repository)
{
    private readonly ForkAndRename around = new(hub, life);

    /// <summary>The repository's memory: its rules, labels, pull requests, comments, to look at and to change.</summary>
    public RepositoryRecord Record => repository;

    public long Id => repository.Id;

    public string FullName => repository.FullName;

    /// <summary>The address that git clones: <c>http://127.0.0.1:NNNN/owner/name.git</c>.</summary>
    public string CloneUrl => $"{hub.Address}/{repository.FullName}.git";

    /// <summary>The bare repository on disk.</summary>
    public BareRepository Git => repository.Git;

    /// <summary>Somebody looks, while nobody else does anything.</summary>
    /// <typeparam name="T">What is seen.</typeparam>
    /// <param name="look">Looks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was seen.</returns>
    public async Task<T> LookAsync<T>(Func<RepositoryRecord, T> look, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        return look(repository);
    }

    /// <summary>Somebody commits files on a branch and pushes; a null text removes a file. A missing branch begins at main.</summary>
    /// <returns>The commit.</returns>
    public async Task<string> PushAsync(string who, string branch, string message, ImmutableArray<(string Path, string? Text)> files, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        var parent = repository.Git.Head(branch) ?? repository.Git.Head(repository.DefaultBranch);
        var commit = await repository.Git.WriteAsync(new FileChange(branch, parent, who, message, files), cancellationToken);
        await SettleAsync(who, $"pushed {commit} to {branch}", cancellationToken);
        return commit;
    }

    /// <summary>Somebody moves a branch to a commit, forwards or not.</summary>
    public async Task SetBranchAsync(string who, string branch, string commit, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        await repository.Git.SetAsync("refs/heads/" + branch, commit, cancellationToken);
        await SettleAsync(who, $"set {branch} to {commit}", cancellationToken);
    }

    /// <summary>Somebody deletes a branch.</summary>
    public async Task DeleteBranchAsync(string who, string branch, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        await repository.Git.SetAsync("refs/heads/" + branch, null, cancellationToken);
        await SettleAsync(who, $"deleted {branch}", cancellationToken);
    }

    /// <summary>Somebody presses "Close pull request".</summary>
    public async Task CloseAsync(string who, int number, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        life.Close(repository, Pull(number), hub.Person(who));
    }

    /// <summary>Somebody presses "Reopen pull request".</summary>
    /// <returns>Why GitHub refuses, or null.</returns>
    public async Task<string?> ReopenAsync(string who, int number, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        return life.Reopen(repository, Pull(number), hub.Person(who));
    }

    /// <summary>Somebody presses the merge button.</summary>
    /// <param name="who">Who.</param>
    /// <param name="number">The pull request.</param>
    /// <param name="method"><c>merge</c>, <c>squash</c> or <c>rebase</c>; <c>queue</c> puts it into the merge queue; <c>push</c> commits its bytes to base by hand.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The commit on base; null on a conflict, or when it waits in the queue.</returns>
    public async Task<string?> MergeAsync(string who, int number, string method, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        var (pull, person) = (Pull(number), hub.Person(who));
        await life.FollowAsync(repository, pull, cancellationToken);
        if (method == "push") return await PushBytesAsync(pull, person, cancellationToken);
        if (method != "queue") return await life.MergeAsync(repository, pull, new MergeWish(person, method), cancellationToken);
        life.Enqueue(repository, pull);
        await life.SettleAsync(repository, cancellationToken);
        return pull.MergeCommit;
    }

    /// <summary>Somebody reverts a merged pull request and pushes that to base.</summary>
    /// <returns>The commit.</returns>
    public async Task<string> RevertAsync(string who, int number, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        var pull = Pull(number);
        var tip = repository.Git.Head(pull.BaseBranch)!;
        var tree = await MergeMaking.RevertedTreeAsync(repository, pull, cancellationToken)
            ?? throw new InvalidOperationException($"#{number} can't be reverted: later changes stand on it.");
        var commit = await repository.Git.CommitAsync(tree, [tip], ($"Revert \"{pull.Title}\"\n\nThis reverts commit {pull.MergeCommit}.", who), cancellationToken);
        await repository.Git.SetAsync("refs/heads/" + pull.BaseBranch, commit, cancellationToken);
        await SettleAsync(who, $"reverted #{number}", cancellationToken);
        return commit;
    }

    /// <summary>Somebody presses "Update branch".</summary>
    public async Task<bool> UpdateBranchAsync(string who, int number, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        var done = await MergeMaking.UpdateBranchAsync(repository, Pull(number), hub.Person(who), cancellationToken);
        await SettleAsync(who, $"pressed \"Update branch\" on #{number}", cancellationToken);
        return done;
    }

    /// <summary>Somebody sets a label on a pull request; it is made when it isn't there.</summary>
    public async Task LabelAsync(string who, int number, string label, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        if (repository.Label(label) is null) repository.Labels.Add(new LabelRecord(hub.NextId(), label, "ededed", null));
        if (!Pull(number).Labels.Contains(label, StringComparer.OrdinalIgnoreCase)) Pull(number).Labels.Add(label);
        Touch(who, number, $"set the label {label} on #{number}");
    }

    /// <summary>Somebody takes a label off a pull request.</summary>
    public async Task UnlabelAsync(string who, int number, string label, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        Pull(number).Labels.RemoveAll(one => one.Equals(label, StringComparison.OrdinalIgnoreCase));
        Touch(who, number, $"took the label {label} off #{number}");
    }

    /// <summary>Somebody deletes a label from the repository, and so from every pull request.</summary>
    public async Task DeleteLabelAsync(string who, string label, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        repository.Labels.RemoveAll(one => one.Name.Equals(label, StringComparison.OrdinalIgnoreCase));
        foreach (var pull in repository.Pulls) pull.Labels.RemoveAll(one => one.Equals(label, StringComparison.OrdinalIgnoreCase));
        hub.Log.Note(who, $"deleted the label {label}");
    }

    /// <summary>Somebody comments.</summary>
    /// <returns>The comment's number.</returns>
    public async Task<long> CommentAsync(string who, int number, string body, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        var comment = new CommentRecord(hub.NextId(), number, hub.Person(who), hub.Now) { Body = body };
        repository.Comments.Add(comment);
        Touch(who, number, $"commented on #{number}");
        return comment.Id;
    }

    /// <summary>Somebody edits the text of a pull request.</summary>
    public async Task EditAsync(string who, int number, string? title, string? body, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        (Pull(number).Title, Pull(number).Body) = (title ?? Pull(number).Title, body ?? Pull(number).Body);
        Touch(who, number, $"edited the text of #{number}");
    }

    /// <summary>Somebody forks the repository and opens a pull request from a branch there, which may have a name of ours.</summary>
    /// <returns>The pull request's number.</returns>
    public Task<int> OpenFromForkAsync(string who, string branch, ImmutableArray<(string Path, string? Text)> files, CancellationToken cancellationToken) =>
        around.OpenFromForkAsync(repository, who, new FileChange(branch, null, who, "From a fork", files), cancellationToken);

    /// <summary>The owner gives the repository another name.</summary>
    public Task RenameAsync(string name, CancellationToken cancellationToken) => around.RenameAsync(repository, name, cancellationToken);

    /// <summary>The owner puts another repository with the same name and the same main in its place.</summary>
    public async Task<RepositoryPeople> ReplaceAsync(CancellationToken cancellationToken) =>
        new(hub, life, await around.ReplaceAsync(repository, cancellationToken));

    private async Task<string> PushBytesAsync(PullRequestRecord pull, Account person, CancellationToken cancellationToken)
    {
        var tip = repository.Git.Head(pull.BaseBranch)!;
        var tree = await repository.Git.MergeTreeAsync(tip, pull.HeadSha, cancellationToken) ?? await repository.Git.TreeAsync(pull.HeadSha, cancellationToken);
        var commit = await repository.Git.CommitAsync(tree, [tip], ("Do it by hand", person.Login), cancellationToken);
        await repository.Git.SetAsync("refs/heads/" + pull.BaseBranch, commit, cancellationToken);
        await SettleAsync(person.Login, $"pushed the bytes of #{pull.Number} to {pull.BaseBranch}", cancellationToken);
        return commit;
    }

    private async Task SettleAsync(string who, string what, CancellationToken cancellationToken)
    {
        repository.PushedAt = hub.Now;
        hub.Log.Note(who, what);
        await life.SettleAsync(repository, cancellationToken);
    }

    private void Touch(string who, int number, string what)
    {
        Pull(number).UpdatedAt = hub.Now;
        hub.Log.Note(who, what);
    }

    private PullRequestRecord Pull(int number) =>
        repository.Pull(number) ?? throw new ArgumentException($"{repository.FullName} has no pull request #{number}.", nameof(number));
}
