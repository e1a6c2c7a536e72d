namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What flags and environment say about the target; what nobody said is null.</summary>
internal sealed record TargetChoice
{
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

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The folder that relative paths start from.</summary>
    public required string Folder { get; init; }

    /// <summary>What a flag says, else what its variable says.</summary>
    /// <param name="flag">The flag's value.</param>
    /// <param name="variable">The variable's name.</param>
    /// <returns>The value, or null when neither says anything.</returns>
    public string? Of(string? flag, string variable) => flag ?? (Environment(variable) is { Length: > 0 } value ? value : null);
}
