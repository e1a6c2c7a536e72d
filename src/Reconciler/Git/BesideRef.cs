namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// One ref beside the branches, which need not be there. It is asked for by a call of its own, at the same time as the branches
/// are listed: a list of anything but branches names each pull request that a forge ever had.
/// </summary>
internal sealed class BesideRef(Remote remote, CacheFolder folder, ObjectReader objects)
{
    // The format of the sound clone that the ref was fetched into; null: there was none.
    private bool? _fetched;

    /// <summary>Whether the ref moved in the cache since <see cref="WithAsync"/> was called.</summary>
    public bool HasMoved { get; private set; }

    /// <summary>Waits for the list of branches, and meanwhile fetches the ref, if there is one to ask for, where there is a clone already.</summary>
    public async Task<RemoteRefs> WithAsync(Task<RemoteRefs> listing, RefName? name, CancellationToken cancellation)
    {
        (_fetched, HasMoved) = (null, false);
        var sha256 = folder.IsReady(sha256: true);
        if (name is null || !(sha256 || folder.IsReady(sha256: false))) return await listing;
        try
        {
            await Task.WhenAll(listing, folder.SweepingAsync(() => FetchAsync(name, cancellation)));
            _fetched = sha256;
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
        if (again || _fetched is not { } format || !folder.IsReady(format)) await FetchAsync(name, cancellation);
        return (await objects.FindAsync([name.InCache], cancellation))[0]?.Id;
    }

    private async Task<bool> FetchAsync(RefName name, CancellationToken cancellation) =>
        HasMoved |= await remote.FetchIfThereAsync(folder.Path, name, cancellation);
}
