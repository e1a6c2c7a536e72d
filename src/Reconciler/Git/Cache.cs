using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>The bare clone: made when missing, brought up to date, kept small. What it holds can be had again from the remote.</summary>
internal sealed class Cache(GitProgram git, CacheFolder folder, Remote remote)
{
    private const string Fetched = "refs/odoosky/remote/";

    /// <summary>Sees to it that the listed refs and all they reach are here; costs no process when they are, but for the reader's.</summary>
    /// <returns>The refs as fetched: one may have moved since it was listed.</returns>
    public async Task<RemoteRefs> BringAsync(RemoteRefs listed, ImmutableArray<RefPattern> wanted, ObjectReader objects, CancellationToken cancellation)
    {
        // A remote that names no ref does not say how long its ids are; what is here already may be right.
        if (!listed.Ids.IsEmpty || !folder.IsReady(sha256: true))
        {
            await CreateAsync(listed.Ids.Values.FirstOrDefault() is { IsSha256: true }, objects, cancellation);
        }

        var missing = await FindMissingAsync(listed, objects, cancellation);
        if (missing.Count == 0)
        {
            return listed;
        }

        await DropVanishedAsync(listed, wanted, cancellation);
        await remote.FetchAsync(folder.Path, missing, cancellation);
        await TidyAsync(cancellation);
        return await ReadFetchedAsync(listed, missing, objects, cancellation);
    }

    /// <summary>Notes what a push has moved, which saves the next pass a fetch.</summary>
    public async Task NoteAsync(IEnumerable<PushResult> results, CancellationToken cancellation)
    {
        var lines = string.Concat(results.Where(r => r.IsThere)
            .Select(r => r.Update.New is { } id ? $"update {r.Update.Ref.InCache} {id}\n" : $"delete {r.Update.Ref.InCache}\n"));
        if (lines.Length > 0)
        {
            // If it fails the next pass fetches: no reason to call the push a failure.
            await git.RunAsync(UpdateRefs(lines) with { Answers = [0, 1, 128] }, cancellation);
        }
    }

    /// <summary>Packs everything into one, and looks whether all that the refs reach is there. Damage is a failure of its kind.</summary>
    public async Task UpkeepAsync(CancellationToken cancellation)
    {
        await git.RunAsync(new GitCall { Purpose = $"pack the cache {folder.Path}", Arguments = ["gc", "--quiet"], Folder = folder.Path }, cancellation);

        // Which commits touch a path, kept beside the pack: the history of one file is then found without a look into each tree.
        await git.RunAsync(new GitCall
        {
            Purpose = $"index the history of the cache {folder.Path}", Arguments = ["commit-graph", "write", "--reachable", "--changed-paths", "--no-progress"], Folder = folder.Path,
        }, cancellation);
        await git.RunAsync(new GitCall
        {
            Purpose = $"check the cache {folder.Path}", Arguments = ["fsck", "--connectivity-only", "--no-dangling", "--no-progress"], Folder = folder.Path,
        }, cancellation);
    }

    private async Task CreateAsync(bool sha256, ObjectReader objects, CancellationToken cancellation)
    {
        if (folder.IsReady(sha256))
        {
            return;
        }

        await objects.CloseAsync();
        folder.Wipe();
        await git.RunAsync(new GitCall
        {
            Purpose = $"create the cache {folder.Path}",
            Arguments =
            [
                "init", "--quiet", "--bare", "--template=", "--initial-branch=main",
                sha256 ? "--object-format=sha256" : "--object-format=sha1", "--", folder.Path,
            ],
        }, cancellation);
        folder.MarkReady(sha256);
    }

    // A ref in the cache is written after everything it reaches; an object may be there without what it reaches.
    private static async Task<List<RefName>> FindMissingAsync(RemoteRefs listed, ObjectReader objects, CancellationToken cancellation)
    {
        var names = listed.Ids.Keys.Select(text => RefName.TryParse(text)!).ToList();
        var found = await objects.FindAsync([.. names.Select(name => name.InCache)], cancellation);
        return [.. names.Where((name, i) => found[i]?.Id != listed.Find(name))];
    }

    private static async Task<RemoteRefs> ReadFetchedAsync(
        RemoteRefs listed, List<RefName> fetched, ObjectReader objects, CancellationToken cancellation)
    {
        var found = await objects.FindAsync([.. fetched.Select(name => name.InCache)], cancellation);
        var ids = listed.Ids.ToBuilder();
        for (var i = 0; i < fetched.Count; i++)
        {
            ids[fetched[i].Text] = found[i]?.Id ?? throw new GitFailure(GitFailureKind.Corrupt, $"The cache has no {fetched[i].InCache} after fetching it.");
        }

        return new RemoteRefs(ids.ToImmutable());
    }

    // The remote can't have both refs/heads/a and refs/heads/a/b, and neither can the cache: what is gone there must go here first.
    private async Task DropVanishedAsync(RemoteRefs listed, ImmutableArray<RefPattern> wanted, CancellationToken cancellation)
    {
        var call = new GitCall { Purpose = $"list the refs of the cache {folder.Path}", Arguments = ["for-each-ref", "--format=%(refname)", Fetched], Folder = folder.Path };
        var answer = await git.RunAsync(call, cancellation);
        var vanished = Encoding.UTF8.GetString(answer.Output.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => RefName.TryParse("refs/" + text[Fetched.Length..])).OfType<RefName>()
            .Where(name => !listed.Ids.ContainsKey(name.Text))
            .Where(name => wanted.Any(pattern => pattern.Matches(name)) || listed.Ids.Keys.Any(key => AreInEachOthersWay(key, name.Text)));
        var lines = string.Concat(vanished.Select(name => $"delete {name.InCache}\n"));
        if (lines.Length > 0)
        {
            await git.RunAsync(UpdateRefs(lines), cancellation);
        }
    }

    private static bool AreInEachOthersWay(string one, string other) =>
        one.StartsWith(other + "/", StringComparison.Ordinal) || other.StartsWith(one + "/", StringComparison.Ordinal);

    // git's own upkeep is off (gc.auto=0), since it would run beside us; here it runs at a time of our choosing and is waited for.
    private Task<GitAnswer> TidyAsync(CancellationToken cancellation) => git.RunAsync(new GitCall
    {
        Purpose = $"tidy the cache {folder.Path}",
        Arguments = ["-c", "gc.auto=6700", "-c", "gc.autoPackLimit=50", "-c", "gc.autoDetach=false", "gc", "--auto", "--quiet"],
        Folder = folder.Path,
    }, cancellation);

    private GitCall UpdateRefs(string lines) => new()
    {
        Purpose = $"move refs of the cache {folder.Path}",
        Arguments = ["update-ref", "--no-deref", "--stdin"],
        Folder = folder.Path,
        Input = Encoding.UTF8.GetBytes(lines),
    };
}
