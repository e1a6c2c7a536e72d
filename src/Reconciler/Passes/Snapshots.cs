using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Suspensions;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>The heads that one pass works with; what moves afterwards is the next pass's business.</summary>
/// <param name="Base">The base head.</param>
/// <param name="Desired">The commit of the wish.</param>
/// <param name="Branches">Our branches on the remote, by name, with their heads.</param>
internal sealed record Snapshot(CommitRecord Base, CommitRecord Desired, ImmutableSortedDictionary<string, ObjectId> Branches)
{
    /// <summary>The names of our branches on the remote.</summary>
    public IReadOnlySet<string> OpenBranches { get; } = Branches.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>The head of what is suspended, or null when nothing ever was.</summary>
    public ObjectId? Suspensions { get; init; }
}

/// <summary>Takes snapshots of a remote.</summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="target">What passes work on.</param>
internal sealed class Snapshots(Repository repository, RunTarget target)
{
    /// <summary>Reads the heads, and fetches what is not here yet.</summary>
    /// <param name="desired">A branch, tag or commit for the wish, or null for the base head.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The heads.</returns>
    public async Task<Snapshot> TakeAsync(string? desired, CancellationToken cancellationToken)
    {
        if (desired is not null && target.Database is not null)
            throw new DesiredFailure($"The desired state comes from a database ({target.Database.Dialect.Name}), which has no revision {desired}; leave --desired out.");
        desired ??= target.DesiredBranch;
        var ours = RefName.TryBranch(ChangeSet.BranchPrefix(target.Name).TrimEnd('/'))!;
        var patterns = ImmutableArray.Create(RefPattern.Exactly(target.Base), RefPattern.Under(ours));
        if (desired is not null && RefName.TryBranch(desired) is { } branch) patterns = patterns.Add(RefPattern.Exactly(branch));
        var refs = await repository.ReadRemoteAsync(patterns, SuspensionBook.Ref, cancellationToken);
        var head = target.HeadIn(refs);
        var baseCommit = await repository.ReadCommitAsync(head, cancellationToken);
        var wished = desired is null ? baseCommit : await repository.ReadCommitAsync(await WishAsync(desired, refs, cancellationToken), cancellationToken);
        var branches = refs.Under(ours).ToImmutableSortedDictionary(pair => pair.Key.BranchName!, pair => pair.Value, StringComparer.Ordinal);
        return new Snapshot(baseCommit, wished, branches) { Suspensions = refs.Find(SuspensionBook.Ref) };
    }

    private async Task<ObjectId> WishAsync(string desired, RemoteRefs refs, CancellationToken cancellationToken) =>
        (RefName.TryBranch(desired) is { } branch ? refs.Find(branch) : null)
        ?? await repository.ResolveAsync(desired, cancellationToken)
        ?? throw new GitFailure(GitFailureKind.Refused, $"{target.Repository} has no branch {desired}, and no fetched commit has that name.");
}
