using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What passes work on: one repository and base branch.</summary>
internal sealed record RunTarget
{
    /// <summary>The target's name; part of branch names.</summary>
    public required string Name { get; init; }

    /// <summary>All targets of the settings, which a wish may name; empty when there is only this one.</summary>
    public ImmutableArray<string> AllTargets { get; init; } = [];

    /// <summary>The layers of settings; the repository's own file is read at the base head.</summary>
    public required SettingsLayers Layers { get; init; }

    /// <summary>Where the repository is.</summary>
    public required RemoteAddress Repository { get; init; }

    /// <summary>The base branch as a full ref name.</summary>
    public required RefName Base { get; init; }

    /// <summary>The folder of the wish inside the repository.</summary>
    public required RepositoryPath DesiredFolder { get; init; }

    /// <summary>The branch of the wish, or null for the base branch.</summary>
    public string? DesiredBranch { get; init; }

    /// <summary>The database of the wish, or null when it is read from Git.</summary>
    public DesiredAccess? Database { get; init; }

    /// <summary>The Helm version that renders, or null when all supported ones must agree.</summary>
    public HelmVersion? Helm { get; init; }

    /// <summary>Who commits.</summary>
    public required Identity Identity { get; init; }

    /// <summary>The key that signs commits; null: unsigned.</summary>
    public SigningKey? Signing { get; init; }

    /// <summary>The GitHub that the repository is on, and as whom it is reached; null: no forge.</summary>
    public GitHubTarget? GitHub { get; init; }

    /// <summary>The forge's number of the repository; null: not checked.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>Where clones are cached.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Where proposals are written.</summary>
    public required string ProposalsFolder { get; init; }

    /// <summary>The base branch's short name.</summary>
    public string BaseName => Base.BranchName ?? Base.Text;

    /// <summary>The base head among the refs that a remote named.</summary>
    /// <param name="refs">The refs, the base branch asked for.</param>
    /// <returns>The commit's id.</returns>
    /// <exception cref="GitFailure">The remote has no such branch.</exception>
    public ObjectId HeadIn(RemoteRefs refs) => refs.Find(Base)
        ?? throw new GitFailure(GitFailureKind.Refused, $"{Repository} has no branch {BaseName}; name the base branch with --base or in the settings.");
}
