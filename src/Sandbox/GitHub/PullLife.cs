using System.Globalization;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>What GitHub itself does with pull requests when branches move, whoever moves them.</summary>
/// <param name="hub">The stand-in's memory.</param>
internal sealed class PullLife(Hub hub)
{
    /// <summary>Makes every open pull request of a repository true to its branches; merges what may be merged by itself.</summary>
    public async Task SettleAsync(RepositoryRecord repository, CancellationToken cancellationToken)
    {
        foreach (var group in repository.Pulls.Where(pull => pull.Open).GroupBy(pull => pull.BaseBranch, StringComparer.Ordinal).ToList())
        {
            if (repository.Git.Head(group.Key) is not { } tip) continue;
            var stale = group.Any(pull => pull.BaseSha != tip);
            foreach (var pull in group) await FollowAsync(repository, pull, cancellationToken);
            if (stale) await NoticeMergesAsync(repository, [.. group.Where(pull => pull.Open)], tip, cancellationToken);
        }

        await MergeReadyAsync(repository, cancellationToken);
    }

    /// <summary>Makes one pull request true to its head branch.</summary>
    public async Task FollowAsync(RepositoryRecord repository, PullRequestRecord pull, CancellationToken cancellationToken)
    {
        if (!pull.Open) return;
        var head = pull.HeadRepository?.Git.Head(pull.HeadBranch);
        if (head == pull.HeadSha) return;
        if (head is null)
        {
            if (!repository.DeletedBranchClosesPull) return;
            Close(repository, pull, hub.Person("web-flow"), "its branch was deleted");
            return;
        }

        pull.HeadSha = head;
        pull.UpdatedAt = hub.Now;
        pull.AutoMerge = pull.AutoMerge is { } auto && hub.Known(auto.By.Login) is not null ? auto : null;
        await KeepHeadAsync(repository, pull, cancellationToken);
    }

    /// <summary>Keeps the head's commit under <c>refs/pull/N/head</c>, where GitHub has it for ever.</summary>
    public static Task KeepHeadAsync(RepositoryRecord repository, PullRequestRecord pull, CancellationToken cancellationToken)
    {
        var name = RefOf(pull);
        return pull.HeadRepository is null || pull.HeadRepository == repository
            ? repository.Git.SetAsync(name, pull.HeadSha, cancellationToken)
            : repository.Git.FetchAsync(pull.HeadRepository.Git, "refs/heads/" + pull.HeadBranch, name, cancellationToken);
    }

    /// <summary>Closes it without a merge.</summary>
    public void Close(RepositoryRecord repository, PullRequestRecord pull, Account who, string? why = null)
    {
        if (!pull.Open) return;
        (pull.Open, pull.ClosedAt, pull.UpdatedAt, pull.AutoMerge, pull.QueuePosition) = (false, hub.Now, hub.Now, null, null);
        hub.Log.Note(who.Login, $"closed {repository.FullName}#{pull.Number}{(why is null ? "" : ": " + why)}");
    }

    /// <summary>Opens a closed one again.</summary>
    /// <returns>Why not, in GitHub's words, or null when it is open now.</returns>
    public string? Reopen(RepositoryRecord repository, PullRequestRecord pull, Account who)
    {
        if (pull.Open) return null;
        if (pull.MergedAt is not null) return "state cannot be changed. The pull request cannot be reopened.";
        if (pull.HeadRepository?.Git.Head(pull.HeadBranch) is not { } head) return $"state cannot be changed. The {pull.HeadBranch} branch has been deleted.";
        if (head != pull.HeadSha) return $"state cannot be changed. The {pull.HeadBranch} branch was force-pushed or recreated.";
        if (repository.Pulls.Any(other => other.Open && other.HeadLabel == pull.HeadLabel && other.BaseBranch == pull.BaseBranch))
            return $"state cannot be changed. There is already an open pull request from {pull.HeadBranch} to {pull.BaseBranch}.";
        (pull.Open, pull.ClosedAt, pull.UpdatedAt) = (true, null, hub.Now);
        hub.Log.Note(who.Login, $"reopened {repository.FullName}#{pull.Number}");
        return null;
    }

    /// <summary>Merges it by the button, whatever way.</summary>
    /// <returns>The merge commit, or null when the sides conflict.</returns>
    public async Task<string?> MergeAsync(RepositoryRecord repository, PullRequestRecord pull, MergeWish wish, CancellationToken cancellationToken)
    {
        pull.BaseSha = repository.Git.Head(pull.BaseBranch) ?? pull.BaseSha;
        var commit = await MergeMaking.MakeAsync(repository, pull, wish, cancellationToken);
        if (commit is null) return null;
        await repository.Git.SetAsync("refs/heads/" + pull.BaseBranch, commit, cancellationToken);
        repository.PushedAt = hub.Now;
        Merged(repository, pull, commit, wish.By);
        if (repository.DeleteBranchOnMerge && pull.HeadRepository == repository)
            await repository.Git.SetAsync("refs/heads/" + pull.HeadBranch, null, cancellationToken);
        await SettleAsync(repository, cancellationToken);
        return commit;
    }

    /// <summary>The ref that keeps a pull request's head.</summary>
    public static string RefOf(PullRequestRecord pull) => string.Create(CultureInfo.InvariantCulture, $"refs/pull/{pull.Number}/head");

    private void Merged(RepositoryRecord repository, PullRequestRecord pull, string commit, Account by)
    {
        (pull.Open, pull.ClosedAt, pull.MergedAt, pull.UpdatedAt) = (false, hub.Now, hub.Now, hub.Now);
        (pull.MergedBy, pull.MergeCommit, pull.AutoMerge, pull.QueuePosition) = (by, commit, null, null);
        hub.Log.Note(by.Login, $"merged {repository.FullName}#{pull.Number} as {commit}");
    }

    // Whoever pushes a branch's commits to base has merged its pull request.
    private async Task NoticeMergesAsync(RepositoryRecord repository, List<PullRequestRecord> pulls, string tip, CancellationToken cancellationToken)
    {
        var landed = pulls.Count == 0 ? [] : await repository.Git.LandedAsync(tip, cancellationToken);
        foreach (var pull in pulls)
        {
            if (landed.Contains(RefOf(pull))) Merged(repository, pull, pull.HeadSha, hub.Person("web-flow"));
            else pull.BaseSha = tip;
        }
    }

    private async Task MergeReadyAsync(RepositoryRecord repository, CancellationToken cancellationToken)
    {
        var queue = repository.Pulls.Where(pull => pull is { Open: true, QueuePosition: not null }).OrderBy(pull => pull.QueuePosition);
        var auto = repository.Pulls.Where(pull => pull is { Open: true, AutoMerge: not null, QueuePosition: null });
        foreach (var pull in queue.Concat(auto).ToList())
        {
            if (!pull.Open || MergeState.Wants(repository, pull) is not null) continue;
            if (repository.Rules.MergeQueue && pull.QueuePosition is null) Enqueue(repository, pull);
            else if (!repository.Rules.MergeQueue || repository.Rules.QueueRuns) await MergeWaitingAsync(repository, pull, cancellationToken);
        }
    }

    /// <summary>Puts it at the end of the merge queue.</summary>
    public void Enqueue(RepositoryRecord repository, PullRequestRecord pull)
    {
        pull.QueuePosition = repository.Pulls.Max(one => one.Open ? one.QueuePosition ?? 0 : 0) + 1;
        pull.UpdatedAt = hub.Now;
        hub.Log.Note(pull.AutoMerge?.By.Login ?? "web-flow", $"queued {repository.FullName}#{pull.Number}");
    }

    private async Task MergeWaitingAsync(RepositoryRecord repository, PullRequestRecord pull, CancellationToken cancellationToken)
    {
        var wish = new MergeWish(pull.AutoMerge?.By ?? hub.Person("github-merge-queue[bot]", "Bot"), pull.AutoMerge?.Method ?? "merge");
        if (await MergeAsync(repository, pull, wish, cancellationToken) is not null) return;
        (pull.QueuePosition, pull.AutoMerge) = (null, null);
        hub.Log.Note("web-flow", $"dequeued {repository.FullName}#{pull.Number}: merge conflict");
    }
}
