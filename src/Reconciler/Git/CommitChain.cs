using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>A file as it shall be; <paramref name="Content"/> null takes it away.</summary>
internal sealed record FileChange(RepositoryPath Path, ReadOnlyMemory<byte>? Content)
{
    public bool IsExecutable { get; init; }
}

/// <summary>A commit to be made; its message is written byte for byte.</summary>
internal sealed record NewCommit(string Message, ImmutableArray<FileChange> Changes);

/// <summary>
/// Commits to be made, each the parent of the next. Nothing in them comes from a clock or from this machine, so the same
/// chain has the same ids wherever it is made.
/// </summary>
internal sealed record CommitChain
{
    /// <summary>The ref that the chain is made for. It is not moved: the chain's tip stands under <see cref="RefName.Work"/>.</summary>
    public required RefName Target { get; init; }

    /// <summary>The first commit's parent; null makes a root.</summary>
    public required ObjectId? Parent { get; init; }

    /// <summary>Author and committer.</summary>
    public required Identity Identity { get; init; }

    /// <summary>Author's and committer's date.</summary>
    public required GitDate Date { get; init; }

    /// <summary>At least one.</summary>
    public required ImmutableArray<NewCommit> Commits { get; init; }
}

/// <summary>The ids of a chain's commits, in order, and the last one's tree.</summary>
internal sealed record CommittedChain(ImmutableArray<ObjectId> Commits, ObjectId Tree)
{
    public ObjectId Tip => Commits[^1];
}
