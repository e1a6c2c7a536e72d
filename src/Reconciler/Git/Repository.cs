using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// A repository on a remote, read and written through a clone of our own. For one caller at a time; while blobs are
/// streamed, other questions may be asked. A damaged clone is replaced once per pass, without the caller noticing.
/// </summary>
internal sealed class Repository : IAsyncDisposable
{
    private const int LongestCommit = 16 * 1024 * 1024;
    private const int Listings = 3;

    private readonly GitProgram _git;
    private readonly CacheFolder _folder;
    private readonly Remote _remote;
    private readonly Cache _cache;
    private readonly ObjectReader _objects;
    private readonly TreeReader _trees;
    private readonly BesideRef _beside;
    private readonly KnownRefs _known;
    private readonly KnownHistories _histories;
    private readonly Healing _healing;
    private RemoteRefs _refs = RemoteRefs.None;
    private ImmutableArray<RefPattern> _wanted = [];

    /// <summary>Takes a clone's folder below <paramref name="cacheRoot"/>, and talks to nobody. Another process gets another folder.</summary>
    public Repository(GitProgram git, RemoteAddress address, string cacheRoot, GitCredentials credentials)
    {
        _git = git;
        _folder = CacheFolder.Take(cacheRoot, address);
        _folder.Sweep();
        _remote = new Remote(git, address, credentials);
        _cache = new Cache(git, _folder, _remote);
        _objects = new ObjectReader(git, _folder.Path);
        _trees = new TreeReader(git, _folder.Path);
        _beside = new BesideRef(_remote, _folder, _objects);
        _known = new KnownRefs(_remote, _folder);
        _histories = new KnownHistories(git, _folder.Path);
        _healing = new Healing(WipeAsync, BringAsync);
    }

    /// <summary>A file beside the clone that nobody else writes while this is open; it may be missing.</summary>
    public string MemoryFile => _folder.Path + ".memory";

    /// <summary>For remotes that need none, and for SSH, which has its own.</summary>
    public static GitCredentials NoCredentials { get; } = _ => ValueTask.FromResult(ImmutableArray<GitSetting>.Empty);

    /// <summary>Starts a pass: asks the remote for its refs and fetches what is not here yet; one call of git when nothing moved.</summary>
    public Task<RemoteRefs> ReadRemoteAsync(ImmutableArray<RefPattern> wanted, CancellationToken cancellation) =>
        ReadRemoteAsync(wanted, beside: null, cancellation);

    /// <summary>The same, with one ref <paramref name="beside"/> the branches that need not be there (see <see cref="BesideRef"/>).</summary>
    public async Task<RemoteRefs> ReadRemoteAsync(ImmutableArray<RefPattern> wanted, RefName? beside, CancellationToken cancellation)
    {
        _wanted = wanted;
        _healing.BeginPass();
        if (await _known.LookAsync(wanted, beside, cancellation) is { } known) return Take(known, beside);
        for (var i = 1; ; i++)
        {
            var listed = _refs = await _beside.WithAsync(_remote.ListAsync(wanted, cancellation), beside, cancellation);
            try
            {
                _refs = await HealingAsync(() => BringAsync(cancellation), cancellation);
                if (!ReferenceEquals(listed, _refs)) _known.Forget();
                if (beside is not null) await JoinAsync(beside, cancellation);
                _known.Keep(wanted, beside, _refs);
                return _refs;
            }
            catch (GitFailure e) when (i < Listings && e.Message.Contains("couldn't find remote ref", StringComparison.Ordinal))
            {
                // A branch went away between the two calls.
            }
        }
    }

    /// <summary>The commit that a person names (see <see cref="Revision"/>); null: it is not among what was fetched.</summary>
    public Task<ObjectId?> ResolveAsync(string revision, CancellationToken cancellation) => HealingAsync(async () =>
        (await _objects.FindAsync(Revision.NamesOf(revision), cancellation)).FirstOrDefault(found => found is not null)?.Id, cancellation);

    public Task<CommitRecord> ReadCommitAsync(ObjectId id, CancellationToken cancellation) => HealingAsync(async () =>
        await _objects.ReadAsync(id, LongestCommit, cancellation) is { } bytes && CommitRecord.Parse(id, bytes.Span) is { } commit
            ? commit
            : throw new GitFailure(GitFailureKind.Corrupt, $"The cache has no commit {id}."), cancellation);

    /// <summary>Every entry below <paramref name="path"/>, or of the whole tree when it is null.</summary>
    public Task<TreeListing> ListTreeAsync(ObjectId commitOrTree, RepositoryPath? path, CancellationToken cancellation) =>
        HealingAsync(() => _trees.ListAsync(commitOrTree, path, cancellation), cancellation);

    /// <summary>The paths of files that differ between two commits or trees.</summary>
    public Task<ImmutableArray<string>> ChangedPathsAsync(ObjectId before, ObjectId after, CancellationToken cancellation) =>
        HealingAsync(() => _trees.ChangedPathsAsync(before, after, cancellation), cancellation);

    /// <summary>The id of what stands at a path, file or folder; null: nothing does. It does not tell a link from a file.</summary>
    public Task<ObjectId?> FindAsync(ObjectId commitOrTree, RepositoryPath path, CancellationToken cancellation) => HealingAsync(async () =>
        (await _objects.FindAsync([$"{commitOrTree}:{path}"], cancellation))[0]?.Id, cancellation);

    /// <summary>What stands at each <c>commit:path</c>, in order, by one exchange with git; null: nothing does, or the commit is not here.</summary>
    public Task<ObjectId?[]> FindManyAsync(IReadOnlyList<(ObjectId Commit, RepositoryPath Path)> places, CancellationToken cancellation) => HealingAsync(async () =>
        (await _objects.FindAsync([.. places.Select(place => $"{place.Commit}:{place.Path}")], cancellation)).Select(found => found?.Id).ToArray(), cancellation);

    /// <summary>The history of <paramref name="head"/> and of those of <paramref name="others"/> that are here, to be kept as long as the head stays.</summary>
    public Task<CommitGraph> ReadGraphAsync(ObjectId head, IReadOnlyCollection<ObjectId> others, CancellationToken cancellation) => HealingAsync(async () =>
    {
        var there = await _objects.FindAsync([.. others.Select(other => other.Text)], cancellation);
        return await new GraphReader(_git, _folder.Path).ReadAsync(head, [.. there.Where(found => found is { Type: "commit" }).Select(found => found!.Id)], cancellation);
    }, cancellation);

    /// <summary>Blobs in the order asked for, read while the caller works.</summary>
    public async IAsyncEnumerable<Blob> ReadBlobsAsync(IReadOnlyList<ObjectId> ids, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var given = 0; given < ids.Count;)
        {
            await using var blobs = BlobStream.ReadAsync(_git, _folder.Path, [.. ids.Skip(given)], cancellation).GetAsyncEnumerator(cancellation);
            while (await MoveNextAsync(blobs, cancellation))
            {
                given++;
                yield return blobs.Current;
            }
        }
    }

    /// <summary>Who changed a file on a branch's first-parent line, newest first; asked again, only what came since is read.</summary>
    public Task<ImmutableArray<PathChange>> ReadHistoryAsync(ObjectId head, RepositoryPath path, CancellationToken cancellation) =>
        HealingAsync(() => _histories.ReadAsync(head, path, cancellation), cancellation);

    /// <summary>Who changed files, or any file in folders, on a part of a branch's first-parent line; newest first.</summary>
    public Task<ImmutableArray<PathChange>> ReadHistoryAsync(HistoryQuestion asked, CancellationToken cancellation) =>
        HealingAsync(() => PathHistory.ReadAsync(_git, _folder.Path, asked, cancellation), cancellation);

    /// <summary>The newest commit of a branch's first-parent line that is not younger than a time; null: all are.</summary>
    public Task<ObjectId?> FindNewestAsync(ObjectId head, DateTimeOffset at, CancellationToken cancellation) =>
        HealingAsync(() => PathHistory.FindNewestAsync(_git, _folder.Path, head, at, cancellation), cancellation);

    /// <summary>Writes commits into the cache; nothing leaves this machine.</summary>
    public async Task<CommittedChain> CommitAsync(CommitChain chain, CancellationToken cancellation)
    {
        var ids = await HealingAsync(() => _folder.SweepingAsync(() => WriteAsync(chain, cancellation)), cancellation);
        return new CommittedChain(ids, (await ReadCommitAsync(ids[^1], cancellation)).Tree);
    }

    /// <summary>Makes a merge commit in the cache.</summary>
    public Task<MergeOutcome> MergeAsync(MergeWish wish, CancellationToken cancellation) =>
        HealingAsync(() => new Merge(_git, _folder.Path).RunAsync(wish, cancellation), cancellation);

    /// <summary>Where two commits parted; null: they have no history in common.</summary>
    public Task<ObjectId?> FindMergeBaseAsync(ObjectId one, ObjectId other, CancellationToken cancellation) =>
        HealingAsync(() => new Merge(_git, _folder.Path).FindBaseAsync(one, other, cancellation), cancellation);

    /// <summary>The commits that a head reaches whose message has a text in it, each before what it builds on.</summary>
    public Task<ImmutableArray<HistoryEntry>> FindInHistoryAsync(ObjectId head, string text, CancellationToken cancellation) =>
        HealingAsync(() => new History(_git, _folder.Path).FindAsync(head, text, cancellation), cancellation);

    /// <summary>What git says of signed commits' signatures (see <see cref="Signatures"/>).</summary>
    public Task<ImmutableDictionary<ObjectId, SignatureState>> CheckSignaturesAsync(
        IReadOnlyCollection<ObjectId> commits, string? signersFile, CancellationToken cancellation) =>
        HealingAsync(() => new Signatures(_git, _folder.Path).CheckAsync(commits, signersFile, cancellation), cancellation);

    /// <summary>Moves refs of the remote, each under its lease. A refused ref is a result; a lost connection is a failure.</summary>
    public async Task<ImmutableArray<PushResult>> PushAsync(ImmutableArray<RefUpdate> updates, CancellationToken cancellation)
    {
        _known.Forget();
        try
        {
            var results = await _remote.PushAsync(_folder.Path, updates, cancellation);
            await _cache.NoteAsync(results, cancellation);
            return results;
        }
        catch (GitFailure e) when (e.Kind == GitFailureKind.Corrupt)
        {
            // The commits to be pushed are nowhere else: the next pass clones afresh and makes them again.
            await WipeAsync();
            throw;
        }
    }

    /// <summary>Finds out whether a move of one of the remote's refs would be let in, as far as rights go; nothing is moved, and no hook is asked.</summary>
    public Task<PushResult> TryPushAsync(RefUpdate update, CancellationToken cancellation) => _remote.TryPushAsync(_folder.Path, update, cancellation);

    /// <summary>Keeps the clone of the refs that are wanted small, and replaces it when it is damaged. It starts a pass of its own.</summary>
    public async Task UpkeepAsync(ImmutableArray<RefPattern> wanted, CancellationToken cancellation)
    {
        await ReadRemoteAsync(wanted, cancellation);
        await _objects.CloseAsync();
        await HealingAsync(() => _folder.SweepingAsync(async () =>
        {
            await _cache.UpkeepAsync(cancellation);
            return true;
        }), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _objects.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<ImmutableArray<ObjectId>> WriteAsync(CommitChain chain, CancellationToken cancellation)
    {
        var ids = await FastImport.RunAsync(_git, _folder.Path, chain, cancellation);
        return chain.Signing is null ? ids : await new Signer(_git, _folder.Path).SignAsync(chain, ids, cancellation);
    }

    private Task<RemoteRefs> BringAsync(CancellationToken cancellation) =>
        _folder.SweepingAsync(() => _cache.BringAsync(_refs, _wanted, _objects, cancellation));

    private async Task<RemoteRefs> JoinAsync(RefName beside, CancellationToken cancellation)
    {
        var id = await HealingAsync(() => _folder.SweepingAsync(() => _beside.FindAsync(beside, again: _healing.IsDone, cancellation)), cancellation);
        if (_beside.HasMoved) _known.Forget();
        return Take(id is null ? _refs : _refs with { Ids = _refs.Ids.SetItem(beside.Text, id) }, beside);
    }

    private RemoteRefs Take(RemoteRefs refs, RefName? beside)
    {
        if (beside is not null) _wanted = _wanted.Add(RefPattern.Exactly(beside));
        return _refs = refs;
    }

    // False: there is none, or the clone was damaged and has been replaced.
    private async Task<bool> MoveNextAsync(IAsyncEnumerator<Blob> blobs, CancellationToken cancellation)
    {
        try
        {
            return await blobs.MoveNextAsync();
        }
        catch (GitFailure e) when (e.Kind == GitFailureKind.Corrupt)
        {
            await _healing.HealAsync(e, cancellation);
            return false;
        }
    }

    private Task<T> HealingAsync<T>(Func<Task<T>> act, CancellationToken cancellation) => _healing.AskAsync(act, cancellation);

    private async Task WipeAsync()
    {
        _known.Forget();
        await _objects.CloseAsync();
        _folder.Wipe();
    }
}
