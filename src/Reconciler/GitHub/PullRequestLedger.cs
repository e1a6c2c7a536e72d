using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// All pull requests of our branches as they were seen last. GitHub lists them by their last change, so that one request says whether
/// anything changed at all (304), and a pass reads only what did. It can be thrown away: then all pages are read again.
/// <code>
/// page 1   304                    nothing was touched since
///          200                    read on, page by page, until what was touched before the last reading
/// again    after several pages    they shift while they are read: what was touched meanwhile stands on page 1
/// </code>
/// It rests on what GitHub does: every push, comment, label, edit and change of state moves <c>updated_at</c>. For one caller at a time.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="name">The repository.</param>
internal sealed class PullRequestLedger(GitHubClient client, RepositoryName name)
{
    private const string Ours = "odoosky/";

    // GitHub's times have seconds; two changes of one second may be seen in two passes.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(2);

    private readonly SortedDictionary<int, PullRequest> known = [];
    private bool isWhole;
    private DateTimeOffset newest = DateTimeOffset.UnixEpoch;

    /// <summary>Brings the ledger up to date.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The pull requests of our branches, and of forks' that are called so, in order of number.</returns>
    public async Task<ImmutableArray<PullRequest>> ReadAsync(CancellationToken cancellation)
    {
        while (await CatchUpAsync(cancellation) > 1)
        {
        }

        return [.. known.Values];
    }

    /// <summary>Keeps an answer, such as one to a write of our own. An older one never replaces a newer one.</summary>
    /// <param name="pull">The pull request.</param>
    public void Keep(PullRequest pull)
    {
        if (!pull.Head.Ref.StartsWith(Ours, StringComparison.Ordinal)) return;
        if (known.TryGetValue(pull.Number, out var old) && old.UpdatedAt > pull.UpdatedAt) return;
        known[pull.Number] = pull;
    }

    /// <summary>A pull request that was seen.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>As it was seen last.</returns>
    public PullRequest Of(int number) => known[number];

    // Gives the number of pages that were read. A reading that is cut short leaves the ledger not whole, and is done again.
    private async Task<int> CatchUpAsync(CancellationToken cancellation)
    {
        var latest = newest;
        for (var page = 1; ; page++)
        {
            var part = await client.PullRequest.ListAsync(name, new PullRequestRequest { State = ItemState.All, Sort = "updated", Page = page }, cancellation);
            if (page == 1 && part.Unchanged && isWhole) return page;
            isWhole = false;
            foreach (var each in part.Items) Keep(each);
            if (page == 1 && !part.Items.IsEmpty) latest = part.Items.Max(each => each.UpdatedAt);
            if (part.HasNext && part.Items.All(each => each.UpdatedAt >= newest - Grain)) continue;
            (newest, isWhole) = (latest, true);
            return page;
        }
    }
}
