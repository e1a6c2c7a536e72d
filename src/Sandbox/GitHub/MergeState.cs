namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Whether a pull request can be merged, as GitHub tells it.</summary>
/// <param name="Mergeable">Null while GitHub works it out.</param>
/// <param name="Word"><c>unknown</c>, <c>dirty</c>, <c>draft</c>, <c>blocked</c>, <c>behind</c>, <c>unstable</c> or <c>clean</c>.</param>
internal sealed record MergeState(bool? Mergeable, string Word)
{
    /// <summary>Looks at a pull request, which is what makes GitHub work it out.</summary>
    public static async Task<MergeState> LookAsync(RepositoryRecord repository, PullRequestRecord pull, CancellationToken cancellationToken)
    {
        await JudgeAsync(repository, pull, cancellationToken);
        if (!pull.Open) return new MergeState(pull.MergedAt is null ? pull.Mergeable : null, "unknown");
        if (pull.ReadsUntilMergeable > 0)
        {
            pull.ReadsUntilMergeable--;
            return new MergeState(null, "unknown");
        }

        if (pull.Mergeable == false) return new MergeState(false, "dirty");
        return new MergeState(true, pull.Draft ? "draft" : await WordAsync(repository, pull, cancellationToken));
    }

    /// <summary>What GitHub still wants before it merges, or null; conflicts are not looked at.</summary>
    public static string? Wants(RepositoryRecord repository, PullRequestRecord pull)
    {
        if (pull.Draft) return "Pull Request is still a draft";
        if (repository.Rules.RequiredReviews > 0 && !repository.Rules.Approved.Contains(pull.Number))
            return $"At least {repository.Rules.RequiredReviews} approving review is required by reviewers with write access.";
        var missing = repository.Rules.RequiredChecks.Where(name => !IsGreen(repository, pull.HeadSha, name)).ToList();
        return missing.Count == 0 ? null : $"Required status check \"{missing[0]}\" is expected.";
    }

    private static bool IsGreen(RepositoryRecord repository, string sha, string name)
    {
        var status = repository.Statuses.FindLast(one => one.Sha == sha && one.Context == name);
        var check = repository.CheckRuns.FindLast(one => one.HeadSha == sha && one.Sent["name"]?.GetValue<string>() == name);
        return status?.State == "success" || check?.Sent["conclusion"]?.GetValue<string>() is "success" or "neutral" or "skipped";
    }

    private static async Task<string> WordAsync(RepositoryRecord repository, PullRequestRecord pull, CancellationToken cancellationToken)
    {
        if (Wants(repository, pull) is not null) return "blocked";
        if (repository.Rules.Strict && !await repository.Git.ContainsAsync(pull.HeadSha, pull.BaseSha, cancellationToken)) return "behind";
        return repository.Statuses.Any(one => one.Sha == pull.HeadSha && one.State is "failure" or "error") ? "unstable" : "clean";
    }

    private static async Task JudgeAsync(RepositoryRecord repository, PullRequestRecord pull, CancellationToken cancellationToken)
    {
        var sides = (Base: pull.Open ? repository.Git.Head(pull.BaseBranch) ?? pull.BaseSha : pull.BaseSha, Head: pull.HeadSha);
        if (pull.Judged == sides) return;
        (pull.Judged, pull.ReadsUntilMergeable) = (sides, repository.ReadsUntilMergeable);
        pull.Mergeable = await repository.Git.MergeTreeAsync(sides.Base, sides.Head, cancellationToken) is not null;
        var fork = await repository.Git.MergeBaseAsync(sides.Base, sides.Head, cancellationToken) ?? sides.Base;
        if (pull.MergedAt is not null) return;
        var (files, added, deleted) = await repository.Git.SizeAsync(fork, sides.Head, cancellationToken);
        pull.Size = ((await repository.Git.CommitsAsync(sides.Base, sides.Head, cancellationToken)).Length, files, added, deleted);
    }
}
