using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>How somebody wants a merge.</summary>
/// <param name="By">Who.</param>
/// <param name="Method"><c>merge</c>, <c>squash</c> or <c>rebase</c>.</param>
/// <param name="Title">The commit's subject, or null for GitHub's own.</param>
/// <param name="Message">The commit's body, or null for GitHub's own.</param>
internal sealed record MergeWish(Account By, string Method, string? Title = null, string? Message = null);

/// <summary>Makes the commits of a merge, with the words and persons that GitHub puts there.</summary>
internal static class MergeMaking
{
    /// <summary>Makes them, without moving base.</summary>
    /// <returns>The new tip of base, or null when the sides conflict.</returns>
    public static async Task<string?> MakeAsync(RepositoryRecord repository, PullRequestRecord pull, MergeWish wish, CancellationToken cancellationToken)
    {
        var onto = repository.Git.Head(pull.BaseBranch);
        if (onto is null) return null;
        if (wish.Method == "rebase") return await repository.Git.RebaseAsync(onto, pull.HeadSha, cancellationToken);
        var tree = await repository.Git.MergeTreeAsync(onto, pull.HeadSha, cancellationToken);
        if (tree is null) return null;
        return wish.Method == "squash"
            ? await repository.Git.CommitAsync(tree, [onto], (await SquashedAsync(repository, pull, wish, cancellationToken), pull.Author.Login), cancellationToken)
            : await repository.Git.CommitAsync(tree, [onto, pull.HeadSha], (Merged(pull, wish), wish.By.Login), cancellationToken);
    }

    /// <summary>Merges base into the head branch, as the "Update branch" button does.</summary>
    /// <returns>False when the sides conflict or there is nothing to bring in.</returns>
    public static async Task<bool> UpdateBranchAsync(RepositoryRecord repository, PullRequestRecord pull, Account by, CancellationToken cancellationToken)
    {
        var tip = repository.Git.Head(pull.BaseBranch);
        if (tip is null || pull.HeadRepository is null || await repository.Git.ContainsAsync(pull.HeadSha, tip, cancellationToken)) return false;
        if (await repository.Git.MergeTreeAsync(pull.HeadSha, tip, cancellationToken) is not { } tree) return false;
        var words = $"Merge branch '{pull.BaseBranch}' into {pull.HeadBranch}";
        var commit = await repository.Git.CommitAsync(tree, [pull.HeadSha, tip], (words, by.Login), cancellationToken);
        await repository.Git.SetAsync("refs/heads/" + pull.HeadBranch, commit, cancellationToken);
        return true;
    }

    /// <summary>The tree of base without what a merge brought, as "Revert" makes it.</summary>
    /// <returns>The tree, or null when later changes stand on it.</returns>
    public static async Task<string?> RevertedTreeAsync(RepositoryRecord repository, PullRequestRecord pull, CancellationToken cancellationToken)
    {
        // Three commits nobody sees give git the merge base that a revert has: the state after the merge.
        var tip = repository.Git.Head(pull.BaseBranch)!;
        var after = await RootAsync(pull.MergeCommit!, []);
        return await repository.Git.MergeTreeAsync(await RootAsync(tip, [after]), await RootAsync(pull.BaseSha, [after]), cancellationToken);

        async Task<string> RootAsync(string commit, ImmutableArray<string> parents) =>
            await repository.Git.CommitAsync(await repository.Git.TreeAsync(commit, cancellationToken), parents, ("state", "web-flow"), cancellationToken);
    }

    private static string Merged(PullRequestRecord pull, MergeWish wish)
    {
        var title = wish.Title ?? $"Merge pull request #{pull.Number} from {pull.HeadOwner.Login}/{pull.HeadBranch}";
        return $"{title}\n\n{wish.Message ?? pull.Title}";
    }

    // One commit keeps its own message; several become a list, which buries their trailers.
    private static async Task<string> SquashedAsync(RepositoryRecord repository, PullRequestRecord pull, MergeWish wish, CancellationToken cancellationToken)
    {
        var commits = await repository.Git.CommitsAsync(pull.BaseSha, pull.HeadSha, cancellationToken);
        var messages = new List<string>();
        foreach (var commit in commits) messages.Add(await repository.Git.MessageAsync(commit, cancellationToken));
        var single = messages is [var only] ? only.Split('\n', 2) : null;
        var title = wish.Title ?? $"{single?[0] ?? pull.Title} (#{pull.Number})";
        if (wish.Message is not null) return $"{title}\n\n{wish.Message}";
        if (single is not null) return single.Length == 1 ? title : $"{title}\n{single[1]}";
        var body = new StringBuilder(title).Append("\n\n");
        foreach (var message in messages) body.Append("* ").Append(message.TrimEnd()).Append("\n\n");
        return body.ToString().TrimEnd();
    }
}
