using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>Tells instances' histories from commits and notes.</summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="notes">The notes.</param>
internal sealed class InstanceHistory(Repository repository, NoteBook notes)
{
    // A merged branch of ours has one commit for each instance of its change set, at most 500.
    private const int LongestBranch = 500;
    private const int MostCommits = 4096;

    private readonly Dictionary<ObjectId, CommitRecord> commits = [];

    /// <summary>All changes of an instance's overlay on base, newest first.</summary>
    /// <param name="head">The base head.</param>
    /// <param name="path">The overlay's path.</param>
    /// <param name="code">The instance.</param>
    /// <param name="pages">The notes' head, or null when there are none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The changes.</returns>
    public async Task<ImmutableArray<Landing>> ReadAsync(
        ObjectId head, RepositoryPath path, InstanceCode code, ObjectId? pages, CancellationToken cancellationToken)
    {
        var changes = await repository.ReadHistoryAsync(head, path, cancellationToken);
        return await TellAsync([.. changes.Select(change => (change, code))], pages, cancellationToken);
    }

    /// <summary>All changes of all overlays on base, newest first; those of one commit in the order of their paths.</summary>
    /// <param name="head">The base head.</param>
    /// <param name="template">Where overlays stand.</param>
    /// <param name="pages">The notes' head, or null when there are none.</param>
    /// <param name="since">Only changes from this time on, or null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The changes.</returns>
    public async Task<ImmutableArray<Landing>> ReadAllAsync(
        ObjectId head, OverlayTemplate template, ObjectId? pages, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var slash = template.Before.LastIndexOf('/');
        ImmutableArray<RepositoryPath> folder = slash > 0 ? [RepositoryPath.TryParse(template.Before[..slash])!] : [];
        var changes = await repository.ReadHistoryAsync(new HistoryQuestion(head, folder) { Since = since }, cancellationToken);
        var ours = changes.Select(change => (Change: change, Code: template.TryMatch(change.Path))).Where(each => each.Code is not null);
        return await TellAsync([.. ours.Select(each => (each.Change, each.Code!))], pages, cancellationToken);
    }

    /// <summary>Tells of one change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="code">The instance.</param>
    /// <param name="facts">What the notes say of it.</param>
    /// <param name="hashes">The hash by blob.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>All that commits and notes say.</returns>
    public async Task<Landing> TellAsync(
        PathChange change, InstanceCode code, ImmutableArray<RolloutNote> facts, IReadOnlyDictionary<ObjectId, string?> hashes, CancellationToken cancellationToken)
    {
        var commit = await CommitAsync(change.Commit, cancellationToken);
        var isMerge = commit.Parents.Length > 1 && Trailers.Of(commit.Message, code.Text) is null;
        return LandingReader.Of(new LandingFacts(commit, change, code)
        {
            Inside = isMerge ? await InsideAsync(commit, change, code, cancellationToken) : null,
            Notes = facts,
            Hashes = hashes,
        });
    }

    private async Task<ImmutableArray<Landing>> TellAsync(
        IReadOnlyList<(PathChange Change, InstanceCode Code)> changes, ObjectId? pages, CancellationToken cancellationToken)
    {
        var texts = await notes.LookAsync(pages, changes.Select(each => each.Change.Commit), cancellationToken);
        var facts = texts.ToDictionary(text => text.Key, text => RolloutNote.ReadAll(text.Value).Notes.ToLookup(note => note.Code, StringComparer.Ordinal));
        var hashes = await HashesAsync(changes, cancellationToken);
        var landings = ImmutableArray.CreateBuilder<Landing>(changes.Count);
        foreach (var (change, code) in changes)
        {
            var said = facts.TryGetValue(change.Commit, out var all) ? all[code.Text] : [];
            landings.Add(await TellAsync(change, code, [.. said], hashes, cancellationToken));
        }

        return landings.MoveToImmutable();
    }

    // The merged branch is walked from its tip: the commit that speaks of the instance and has the merged bytes tells of it.
    // Behind a commit that has the bytes from before the merge, the branch says nothing of this change any more.
    private async Task<CommitRecord?> InsideAsync(CommitRecord merge, PathChange change, InstanceCode code, CancellationToken cancellationToken)
    {
        var path = RepositoryPath.TryParse(change.Path)!;
        var walked = new List<CommitRecord>();
        var at = merge.Parents[1];
        for (var i = 0; i < LongestBranch; i++)
        {
            var commit = await CommitAsync(at, cancellationToken);
            walked.Add(commit);
            if (Trailers.Of(commit.Message, code.Text) is not null)
            {
                var blobs = await repository.FindManyAsync([.. walked.Select(each => (each.Id, path))], cancellationToken);
                if (blobs.SkipLast(1).Contains(change.Before)) return null;
                if (blobs[^1] == change.After) return commit;
                if (blobs[^1] == change.Before) return null;
                walked.Clear();
            }

            if (commit.Parents.IsEmpty || commit.Id == merge.Parents[0]) return null;
            at = commit.Parents[0];
        }

        return null;
    }

    private async Task<CommitRecord> CommitAsync(ObjectId id, CancellationToken cancellationToken)
    {
        if (commits.TryGetValue(id, out var known)) return known;
        if (commits.Count >= MostCommits) commits.Clear();
        return commits[id] = await repository.ReadCommitAsync(id, cancellationToken);
    }

    private async Task<Dictionary<ObjectId, string?>> HashesAsync(
        IReadOnlyList<(PathChange Change, InstanceCode Code)> changes, CancellationToken cancellationToken)
    {
        var owners = new Dictionary<ObjectId, InstanceCode>();
        foreach (var (change, code) in changes)
            foreach (var blob in new[] { change.Before, change.After }.OfType<ObjectId>()) owners.TryAdd(blob, code);
        var hashes = new Dictionary<ObjectId, string?>(owners.Count);
        await foreach (var blob in repository.ReadBlobsAsync([.. owners.Keys], cancellationToken))
            hashes[blob.Id] = blob.Content is { } text ? HashOf(text, owners[blob.Id]) : null;
        return hashes;
    }

    private static string? HashOf(ReadOnlyMemory<byte> text, InstanceCode code) =>
        OverlayDocument.Read("overlay", text, code).Document?.Values.Find("addons") is { } addons ? AddonsHash.Of(addons) : null;
}
