using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>All that is wished, from whatever source, checked and completed.</summary>
public sealed record DesiredState
{
    /// <summary>The instances without an error, in ordinal order of their codes.</summary>
    public required ImmutableArray<DesiredInstance> Instances { get; init; }

    /// <summary>The codes of instances that have an error and are stopped alone: wished, not planned, never orphans.</summary>
    public required ImmutableHashSet<string> Broken { get; init; }

    /// <summary>Every problem of every file, in the order of places.</summary>
    public required ImmutableArray<Problem> Problems { get; init; }

    /// <summary>Whether a plan may be made: false when an error belongs to no single instance.</summary>
    public bool Usable => !Problems.Any(problem => problem is { Severity: Severity.Error, Instance: null });

    /// <summary>Puts the files together: completes rows from the catalogue and checks what one file alone can't tell.</summary>
    /// <param name="files">The instances' files, in any order.</param>
    /// <param name="catalog">The catalogue, or null when there is none.</param>
    /// <param name="rules">What the settings say.</param>
    /// <returns>The desired state with all problems.</returns>
    public static DesiredState Combine(IReadOnlyCollection<InstanceFile> files, CatalogFile? catalog, DesiredRules rules) =>
        Combine(files, catalog, rules, new CompletionMemory());

    /// <summary>Puts the files together, and completes only what the last time did not.</summary>
    /// <param name="files">The instances' files, in any order.</param>
    /// <param name="catalog">The catalogue, or null when there is none.</param>
    /// <param name="rules">What the settings say.</param>
    /// <param name="memory">What the last time came to.</param>
    /// <returns>The desired state with all problems.</returns>
    public static DesiredState Combine(IReadOnlyCollection<InstanceFile> files, CatalogFile? catalog, DesiredRules rules, CompletionMemory memory) =>
        new DesiredStateBuilder(files, catalog, rules, memory).Build();
}
