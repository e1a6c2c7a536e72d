using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// All pull requests of a repository as they were seen last. GitHub lists them by their last change, so that one request says
/// whether anything changed at all (304), and a pass reads only what did. It can be thrown away: then all pages are read again.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="name">The repository.</param>
internal sealed class PullRequestLedger(GitHubClient client, RepositoryName name)
{
    private const int MostPages = 1000;

    // GitHub's times have seconds; two changes of one second may be seen in two passes.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(2);

    private readonly SortedDictionary<int, PullRequest> known = [];
    private bool isWhole;
    private DateTimeOffset newest = DateTimeOffset.UnixEpoch;

    /// <summary>Brings the ledger up to date.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>All pull requests, in order of number.</returns>
    public async Task<ImmutableArray<PullRequest>> ReadAsync(CancellationToken cancellation)
    {
        var latest = newest;
        for (var page = 1; page <= MostPages; page++)
        {
            var request = new PullRequestRequest { State = ItemState.All, Sort = "updated", Page = page };
            var part = await client.PullRequest.ListAsync(name, request, cancellation);
            if (page == 1 && part.Unchanged && isWhole) break;
            isWhole = false;
            foreach (var each in part.Items) Keep(each);
            if (page == 1 && !part.Items.IsEmpty) latest = part.Items.Max(each => each.UpdatedAt);
            if (!part.HasNext || part.Items.Any(each => each.UpdatedAt < newest - Grain)) break;
        }

        // Only now: a reading that was cut short starts where the last whole one ended.
        (newest, isWhole) = (latest, true);
        return [.. known.Values];
    }

    /// <summary>Keeps an answer to one of our own writes.</summary>
    /// <param name="pull">The pull request.</param>
    public void Keep(PullRequest pull)
    {
        if (known.TryGetValue(pull.Number, out var old) && old.UpdatedAt > pull.UpdatedAt) return;
        known[pull.Number] = pull;
    }

    /// <summary>A pull request that was seen.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>As it was seen last.</returns>
    public PullRequest Of(int number) => known[number];
}
