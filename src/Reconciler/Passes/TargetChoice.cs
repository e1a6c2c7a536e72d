using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.GitHub;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What flags and environment say about the target; what nobody said is null.</summary>
internal sealed record TargetChoice
{
    private const string Prefix = "ODOOSKY_";

    // These choose where to work; all other variables with the prefix are settings.
    private static readonly ImmutableHashSet<string> Own =
    [
        "ODOOSKY_CONFIG", "ODOOSKY_TARGET", "ODOOSKY_CACHE", "ODOOSKY_PROPOSALS", "ODOOSKY_TRACE", MissingCredential.Variable,
    ];

    /// <summary>The service's settings file.</summary>
    public string? Config { get; init; }

    /// <summary>The target's name.</summary>
    public string? Target { get; init; }

    /// <summary>The repository.</summary>
    public string? Repository { get; init; }

    /// <summary>The base branch.</summary>
    public string? Base { get; init; }

    /// <summary>The Helm version.</summary>
    public string? Helm { get; init; }

    /// <summary>Where clones are cached.</summary>
    public string? Cache { get; init; }

    /// <summary>Where proposals are written.</summary>
    public string? Proposals { get; init; }

    /// <summary>The environment.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>The folder that relative paths start from.</summary>
    public required string Folder { get; init; }

    /// <summary>Another target of the same file. What flags and variables say of a repository is about the first one.</summary>
    /// <param name="target">Its name.</param>
    /// <returns>The choice.</returns>
    public TargetChoice Other(string target) => this with
    {
        Target = target,
        Repository = null,
        Base = null,
        Environment = Environment.RemoveRange([Prefix + "REPOSITORY", Prefix + "BASE"]),
    };

    /// <summary>What a flag says, else what its variable says.</summary>
    /// <param name="flag">The flag's value.</param>
    /// <param name="name">The variable's name behind <c>ODOOSKY_</c>.</param>
    /// <returns>The value, or null when neither says anything.</returns>
    public string? Of(string? flag, string name) => flag ?? Variable(Prefix + name);

    /// <summary>An environment variable.</summary>
    /// <param name="name">Its whole name.</param>
    /// <returns>Its value, or null when it is missing or empty.</returns>
    public string? Variable(string name) => Environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>The flags that are settings.</summary>
    /// <returns>Value by flag name.</returns>
    public ImmutableSortedDictionary<string, string> Flags()
    {
        (string Name, string? Value)[] flags = [("--repository", Repository), ("--base", Base), ("--helm", Helm)];
        return flags.Where(flag => flag.Value is not null)
            .ToImmutableSortedDictionary(flag => flag.Name, flag => flag.Value!, StringComparer.Ordinal);
    }

    /// <summary>The environment variables that may be settings.</summary>
    /// <returns>Value by variable name.</returns>
    public ImmutableSortedDictionary<string, string> Settings() => Environment
        .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.Ordinal) && !Own.Contains(variable.Key))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);
}
