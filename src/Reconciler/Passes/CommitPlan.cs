using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>A change set as commits: one per instance, or one for all when there are too many to read.</summary>
internal static class CommitPlan
{
    private const int MostCommits = 500;

    /// <summary>Plans the commits.</summary>
    /// <param name="set">The change set.</param>
    /// <returns>At least one commit, each the parent of the next.</returns>
    public static ImmutableArray<NewCommit> Of(ChangeSet set) => set.Changes.Length <= MostCommits
        ? [.. set.Changes.Select(change => new NewCommit(CommitMessage.Of(set, change), [File(change)]))]
        : [new NewCommit(CommitMessage.Of(set), [.. set.Changes.Select(File)])];

    private static FileChange File(OverlayChange change)
    {
        var path = RepositoryPath.TryParse(change.Path)!;
        return change.After is { } text ? FileChange.Write(path, text) : FileChange.Delete(path);
    }
}
