using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>When the jobs of a target come next, with what its maintenance holds back.</summary>
internal static class NextRuns
{
    /// <summary>Tells it.</summary>
    /// <param name="planned">All that comes for one target.</param>
    /// <param name="maintenance">Its windows, or null.</param>
    /// <returns>The times by job: what comes in a window comes at its end.</returns>
    public static ImmutableSortedDictionary<JobKind, DateTimeOffset> Of(IEnumerable<PlannedJob> planned, Maintenance? maintenance) => planned
        .Where(job => job is { Kind: not null, At: not null })
        .GroupBy(job => job.Kind!.Value, job => job.IsOnce ? job.At!.Value : maintenance?.Until(job.At!.Value) ?? job.At!.Value)
        .ToImmutableSortedDictionary(job => job.Key, job => job.Min());
}
