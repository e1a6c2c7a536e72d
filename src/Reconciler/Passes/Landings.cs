using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>Reads from base's history which changes of ours reached it, by the trailers of our commits.</summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="memory">What earlier passes read.</param>
internal sealed class Landings(Repository repository, BranchMemory memory)
{
    /// <summary>The newest landing of each instance; one run of git, and none while base stays.</summary>
    /// <param name="baseHead">The base head.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>By code. A squash may have lost the trailers of some.</returns>
    public async Task<IReadOnlyDictionary<string, Landing>> ReadAsync(ObjectId baseHead, CancellationToken cancellationToken)
    {
        if (memory.Landings(baseHead) is { } known) return known;
        var newest = new Dictionary<string, Landing>(StringComparer.Ordinal);
        foreach (var commit in await repository.FindInHistoryAsync(baseHead, Trailers.Change + ": ", cancellationToken))
            foreach (var landing in LandingReader.In(commit)) newest.TryAdd(landing.Code.Text, landing);
        return memory.Keep(baseHead, newest);
    }
}
