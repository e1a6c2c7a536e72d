namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>A person, an app or an organisation.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Login">Its name, for an app with <c>[bot]</c> behind it.</param>
/// <param name="Type"><c>User</c>, <c>Bot</c>, <c>Organization</c>, …; null where GitHub leaves it out.</param>
internal sealed record User(long Id, string Login, string? Type = null);

/// <summary>A team of an organisation.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Slug">Its name in addresses.</param>
internal sealed record Team(long Id, string Slug);

/// <summary>What the token may do in a repository. GitHub leaves it out for some kinds of tokens.</summary>
/// <param name="Admin">Everything.</param>
/// <param name="Push">Write branches and pull requests.</param>
/// <param name="Pull">Read.</param>
internal sealed record RepositoryPermissions(bool Admin, bool Push, bool Pull);

/// <summary>A repository.</summary>
internal sealed record Repository
{
    /// <summary>Its number: stays the same when it is renamed or moved, and is another when it was replaced.</summary>
    public required long Id { get; init; }

    /// <summary>Its name in GraphQL.</summary>
    public required string NodeId { get; init; }

    public required string Name { get; init; }

    /// <summary><c>owner/name</c>, as GitHub writes it.</summary>
    public required string FullName { get; init; }

    public required User Owner { get; init; }

    public required string HtmlUrl { get; init; }

    public bool Private { get; init; }

    /// <summary>Archived: nobody can write.</summary>
    public bool Archived { get; init; }

    public bool Disabled { get; init; }

    public string? DefaultBranch { get; init; }

    /// <summary>Null: GitHub does not say.</summary>
    public RepositoryPermissions? Permissions { get; init; }

    /// <summary>Null here and in the four below: the token may not see it.</summary>
    public bool? AllowAutoMerge { get; init; }

    public bool? AllowMergeCommit { get; init; }

    public bool? AllowSquashMerge { get; init; }

    public bool? AllowRebaseMerge { get; init; }

    public bool? DeleteBranchOnMerge { get; init; }
}

/// <summary>What a person may do in a repository.</summary>
/// <param name="Permission"><c>admin</c>, <c>write</c>, <c>read</c> or <c>none</c>.</param>
/// <param name="RoleName">The role's own name, such as <c>maintain</c>.</param>
internal sealed record CollaboratorPermission(string Permission, string? RoleName = null);
