using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>A file as it shall be. Taking one away has a name of its own, since a null array turns into empty content by itself.</summary>
internal sealed record FileChange
{
    private FileChange(RepositoryPath path, ReadOnlyMemory<byte>? content) => (Path, Content) = (path, content);

    public RepositoryPath Path { get; }

    /// <summary>Null: there shall be no such file.</summary>
    public ReadOnlyMemory<byte>? Content { get; }

    public bool IsExecutable { get; init; }

    public static FileChange Write(RepositoryPath path, ReadOnlyMemory<byte> content) => new(path, content);

    public static FileChange Delete(RepositoryPath path) => new(path, content: null);
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

    /// <summary>The key that signs the commits; null: unsigned, with the same ids on every machine.</summary>
    public SigningKey? Signing { get; init; }

    /// <summary>At least one.</summary>
    public required ImmutableArray<NewCommit> Commits { get; init; }
}

/// <summary>The ids of a chain's commits, in order, and the last one's tree.</summary>
internal sealed record CommittedChain(ImmutableArray<ObjectId> Commits, ObjectId Tree)
{
    public ObjectId Tip => Commits[^1];
}
