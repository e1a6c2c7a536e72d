using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// All pull requests whose branch is ours, kept up to date for the price of one conditional request a pass.
/// <code>
/// start      page 1 of "all, last touched first" (its newest time is the mark), then all open ones in pages of a hundred
/// each pass  page 1 again:  304  nothing changed since
///                           200  read on, page by page, until what was touched before the mark; take in what is newer
/// a branch   its closed ones are asked for once, when somebody asks, and are kept up to date in the same way
/// </code>
/// A thousand open ones cost eleven requests at the start and one, answered 304, in a pass with nothing to do. It rests on what
/// GitHub does: every push, comment, label, edit and change of state of a pull request moves its <c>updated_at</c>. Times are cut
/// to the second, so whatever bears the mark's own second is read again. For one caller at a time.
/// </summary>
/// <param name="client">Asks.</param>
/// <param name="name">Which repository.</param>
/// <param name="prefix">What our branches start with: <c>odoosky/prod/</c>.</param>
internal sealed class PullRequestIndex(PullRequestsClient client, RepositoryName name, string prefix)
{
    private readonly Dictionary<int, PullRequest> byNumber = [];
    private readonly HashSet<string> complete = new(StringComparer.Ordinal);
    private DateTimeOffset? mark;

    /// <summary>The open ones from branches of ours in this repository, by number; forks are left out.</summary>
    public ImmutableArray<PullRequest> Open => [.. byNumber.Values.Where(each => each.IsOpen).OrderBy(each => each.Number)];

    /// <summary>Brings it up to date.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether anything of ours was touched since; true at the start.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellation)
    {
        if (mark is { } before) return await CatchUpAsync(before, cancellation);
        var first = await client.ListAsync(name, Touched(1), cancellation);
        for (var page = 1; await TakeAsync(new PullRequestRequest { Page = page }, cancellation); page++)
        {
        }

        // What was touched while the pages were read stands before the mark: the next look finds it.
        mark = Newest(first, DateTimeOffset.MinValue);
        await CatchUpAsync(mark.Value, cancellation);
        return true;
    }

    /// <summary>Every pull request that a branch ever had here, by number: open, merged, closed.</summary>
    /// <param name="branch">The branch, without <c>refs/heads/</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Them all; asked for once, and kept up to date by <see cref="RefreshAsync"/>.</returns>
    public async Task<ImmutableArray<PullRequest>> OfBranchAsync(string branch, CancellationToken cancellation)
    {
        if (!complete.Contains(branch))
        {
            var request = new PullRequestRequest { State = ItemState.All, Head = $"{name.Owner}:{branch}" };
            for (var page = 1; await TakeAsync(request with { Page = page }, cancellation); page++)
            {
            }

            complete.Add(branch);
        }

        return [.. byNumber.Values.Where(each => string.Equals(each.Head.Ref, branch, StringComparison.Ordinal)).OrderBy(each => each.Number)];
    }

    /// <summary>Takes in what a write of ours has answered, so that the same pass sees it.</summary>
    /// <param name="pullRequest">As GitHub answered.</param>
    public void Note(PullRequest pullRequest) => Keep(pullRequest);

    /// <summary>Forgets all: the next look starts from the beginning. For when an answer contradicts what is known.</summary>
    public void Forget()
    {
        byNumber.Clear();
        complete.Clear();
        mark = null;
    }

    private async Task<bool> CatchUpAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var (changed, newest) = (false, before);
        for (var page = 1; ; page++)
        {
            var part = await client.ListAsync(name, Touched(page), cancellation);
            if (page == 1 && part.Unchanged) return false;
            foreach (var each in part.Items.Where(each => each.UpdatedAt >= before)) changed |= Keep(each);
            if (page == 1) newest = Newest(part, before);
            if (part.HasNext && part.Items.All(each => each.UpdatedAt >= before)) continue;
            mark = newest;
            return changed;
        }
    }

    private async Task<bool> TakeAsync(PullRequestRequest request, CancellationToken cancellation)
    {
        var part = await client.ListAsync(name, request, cancellation);
        foreach (var each in part.Items) Keep(each);
        return part.HasNext;
    }

    // An older answer never replaces a newer one.
    private bool Keep(PullRequest pullRequest)
    {
        if (!pullRequest.Head.Ref.StartsWith(prefix, StringComparison.Ordinal) || !pullRequest.IsFromSameRepository) return false;
        var known = byNumber.GetValueOrDefault(pullRequest.Number);
        if (known is not null && known.UpdatedAt > pullRequest.UpdatedAt) return false;
        byNumber[pullRequest.Number] = pullRequest;
        return known?.UpdatedAt != pullRequest.UpdatedAt || known.State != pullRequest.State || known.Head.Sha != pullRequest.Head.Sha;
    }

    private static PullRequestRequest Touched(int page) => new() { State = ItemState.All, Sort = "updated", Page = page };

    private static DateTimeOffset Newest(ResultPage<PullRequest> page, DateTimeOffset otherwise) =>
        page.Items.IsEmpty ? otherwise : page.Items.Max(each => each.UpdatedAt);
}
