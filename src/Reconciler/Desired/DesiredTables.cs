using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>One snapshot of a database's rows, as the files that say the same.</summary>
internal sealed record DesiredTables
{
    /// <summary>An instance's rows each.</summary>
    public required ImmutableArray<InstanceFile> Files { get; init; }

    /// <summary>The catalogue, or null for own tables, which complete their rows themselves.</summary>
    public CatalogFile? Catalog { get; init; }

    /// <summary>What is wrong with the tables as a whole; with an error nothing may be planned.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>What moved when this was read: the version and time of the product's own tables; null for own tables.</summary>
    public TableVersion? Version { get; init; }

    /// <summary>Whether two snapshots say the same, whatever else moved in the database.</summary>
    /// <param name="other">Another snapshot.</param>
    /// <returns>True when no row differs.</returns>
    public bool SaysTheSameAs(DesiredTables other) =>
        Version == other.Version && Files.SequenceEqual(other.Files)
        && Catalog?.BlobId == other.Catalog?.BlobId && Problems.SequenceEqual(other.Problems);

    /// <summary>Puts the rows together.</summary>
    /// <param name="rules">What the settings say.</param>
    /// <returns>The desired state with all problems.</returns>
    public DesiredState Combine(DesiredRules rules)
    {
        var state = DesiredState.Combine(Files, Catalog, rules with { FromTables = true });
        return Problems.IsEmpty ? state : state with { Problems = ProblemOrder.Sort(state.Problems.Concat(Problems)) };
    }
}

/// <summary>The product's own tables count their changes.</summary>
/// <param name="Number">How many statements changed them.</param>
/// <param name="ChangedAt">When the last one did, as the database writes it.</param>
internal sealed record TableVersion(long Number, string ChangedAt);
