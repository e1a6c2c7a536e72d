using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>One source of an Application: where it comes from, and what of Helm's settings can change the rendering.</summary>
internal sealed record ApplicationSource
{
    /// <summary><c>repoURL</c>, as written.</summary>
    public string RepoUrl { get; init; } = "";

    /// <summary>The folder in the repository; null for a Helm repository's chart and for a source that is only referred to.</summary>
    public string? Path { get; init; }

    public string? TargetRevision { get; init; }

    /// <summary>The name by which other sources' <c>valueFiles</c> take files from this one: <c>$name/path</c>.</summary>
    public string? Ref { get; init; }

    /// <summary>A chart of a Helm or OCI repository: its revisions are versions, not commits.</summary>
    public string? Chart { get; init; }

    /// <summary>Null when the source has no <c>helm</c>.</summary>
    public HelmSource? Helm { get; init; }
}

/// <summary><c>source.helm</c>.</summary>
internal sealed record HelmSource
{
    public string? ReleaseName { get; init; }

    /// <summary>In Helm's order: a later file wins.</summary>
    public ImmutableArray<string> ValueFiles { get; init; } = [];

    /// <summary><c>parameters</c>: win over every file.</summary>
    public ImmutableArray<HelmParameter> Parameters { get; init; } = [];

    /// <summary><c>fileParameters</c>, the value being a file's path.</summary>
    public ImmutableArray<HelmParameter> FileParameters { get; init; } = [];

    /// <summary><c>values</c>: YAML text that wins over the files.</summary>
    public string? Values { get; init; }

    /// <summary><c>valuesObject</c> as JSON text, as served: wins over <c>values</c>.</summary>
    public string? ValuesObject { get; init; }
}

/// <summary>One <c>--set</c>.</summary>
internal sealed record HelmParameter(string Name, string Value, bool ForceString);
