
namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Rarer things that happen around a repository: forks, other names.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="life">What branches do to pull requests.</param>
internal sealed class ForkAndRename(Hub hub, PullLife life)
{
    /// <summary>Somebody forks the repository, pushes a branch there and opens a pull request of it.</summary>
    /// <param name="upstream">The repository.</param>
    /// <param name="who">The fork's owner.</param>
    /// <param name="change">What is on the branch; its parent is set to base.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The pull request's number.</returns>
    public async Task<int> OpenFromForkAsync(RepositoryRecord upstream, string who, FileChange change, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        var fork = hub.Repositories.Find(one => one.Parent == upstream && one.Owner.Login == who)
            ?? await hub.CreateAsync(hub.Person(who), upstream.Name, upstream, cancellationToken);
        await fork.Git.FetchAsync(upstream.Git, "refs/heads/main", "refs/heads/main", cancellationToken);
        var tip = upstream.Git.Head("main")!;
        var head = await fork.Git.WriteAsync(change with { Parent = tip }, cancellationToken);
        var pull = new PullRequestRecord(hub.NextId(), PullEndpoints.NextNumber(upstream), hub.Person(who), hub.Now)
        {
            HeadRepository = fork, HeadOwner = fork.Owner, HeadBranch = change.Branch, HeadSha = head, BaseBranch = "main", BaseSha = tip,
            UpdatedAt = hub.Now, Title = change.Message,
        };
        await PullLife.KeepHeadAsync(upstream, pull, cancellationToken);
        upstream.Pulls.Add(pull);
        hub.Log.Note(who, $"opened {upstream.FullName}#{pull.Number} from {pull.HeadLabel}");
        await life.SettleAsync(upstream, cancellationToken);
        return pull.Number;
    }

    /// <summary>Somebody gives the repository another name.</summary>
    public async Task RenameAsync(RepositoryRecord repository, string name, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        hub.Log.Note(repository.Owner.Login, $"renamed {repository.FullName} to {name}");
        hub.Rename(repository, name);
    }

    /// <summary>Somebody moves the repository away and puts another one with the same name and history in its place.</summary>
    public async Task<RepositoryRecord> ReplaceAsync(RepositoryRecord repository, CancellationToken cancellationToken)
    {
        using var turn = await hub.EnterAsync(cancellationToken);
        var name = repository.Name;
        hub.Rename(repository, name + "-old");
        var other = await hub.CreateAsync(repository.Owner, name, null, cancellationToken);
        await other.Git.FetchAsync(repository.Git, "refs/heads/main", "refs/heads/main", cancellationToken);
        hub.Log.Note(repository.Owner.Login, $"replaced {other.FullName}");
        return other;
    }
}
