namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// One ref beside the branches, which need not be there. It is asked for by a call of its own, at the same time as the branches
/// are listed: a list of anything but branches names each pull request that a forge ever had.
/// </summary>
internal sealed class BesideRef(Remote remote, CacheFolder folder, ObjectReader objects)
{
    // The format of the sound clone that the ref was fetched into; null: there was none.
    private bool? _fetched;

    /// <summary>Waits for the list of branches, and meanwhile fetches the ref where there is a clone already.</summary>
    public async Task<RemoteRefs> WithAsync(Task<RemoteRefs> listing, RefName name, CancellationToken cancellation)
    {
        _fetched = null;
        var sha256 = folder.IsReady(sha256: true);
        var isReady = sha256 || folder.IsReady(sha256: false);
        try
        {
            await Task.WhenAll(listing, isReady ? remote.FetchIfThereAsync(folder.Path, name, cancellation) : Task.CompletedTask);
            _fetched = isReady ? sha256 : null;
        }
        catch (GitFailure e) when (e.Kind == GitFailureKind.Corrupt && listing.IsCompletedSuccessfully)
        {
            // The clone is about to be replaced, and the ref fetched into the new one.
        }

        return await listing;
    }

    /// <summary>Where the ref stands, once the branches are here; null: the remote has none.</summary>
    public async Task<ObjectId?> FindAsync(RefName name, bool again, CancellationToken cancellation)
    {
        // A clone that was replaced in between has lost what was fetched.
        if (again || _fetched is not { } format || !folder.IsReady(format)) await remote.FetchIfThereAsync(folder.Path, name, cancellation);
        return (await objects.FindAsync([name.InCache], cancellation))[0]?.Id;
    }
}
