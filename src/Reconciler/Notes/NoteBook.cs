using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Reconciler.Notes;

/// <summary>All notes as they stand at one commit of the notes' ref.</summary>
/// <param name="Head">The ref's head, or null when the remote has no notes.</param>
/// <param name="Paths">Where the note of each commit stands, by the commit's full id.</param>
internal sealed record NotePages(ObjectId? Head, ImmutableDictionary<string, TreeEntry> Paths)
{
    /// <summary>No note at all.</summary>
    public static NotePages None { get; } = new(null, ImmutableDictionary.Create<string, TreeEntry>(StringComparer.Ordinal));
}

/// <summary>
/// The record of what happened: <c>refs/notes/odoosky-rollouts</c>, JSON Lines on landing commits, sorted, so that two
/// writers' notes merge by joining lines (git's <c>cat_sort_uniq</c>).
/// </summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="main">The base branch, whose commits the notes are about.</param>
/// <param name="identity">Who writes notes.</param>
internal sealed class NoteBook(Repository repository, RefName main, Identity identity)
{
    /// <summary>The notes' ref.</summary>
    public static RefName Ref { get; } = RefName.TryParse("refs/notes/odoosky-rollouts")!;

    /// <summary>What a clone must do to have the notes.</summary>
    public const string FetchCommand = "git fetch origin 'refs/notes/*:refs/notes/*'";

    /// <summary>Finds all notes.</summary>
    /// <param name="refs">The remote's refs, the notes' ref among them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Where the notes stand.</returns>
    public async Task<NotePages> OpenAsync(RemoteRefs refs, CancellationToken cancellationToken)
    {
        if (refs.Find(Ref) is not { } head) return NotePages.None;
        return await OpenAsync(head, cancellationToken);
    }

    /// <summary>Finds all notes as they stood at a commit of the notes' ref.</summary>
    /// <param name="head">The commit.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Where the notes stand.</returns>
    public async Task<NotePages> OpenAsync(ObjectId head, CancellationToken cancellationToken)
    {
        var tree = await repository.ListTreeAsync(head, null, cancellationToken);
        var entries = tree.Entries.Where(entry => entry.IsRegular)
            .Select(entry => KeyValuePair.Create(entry.Path.Replace("/", string.Empty, StringComparison.Ordinal), entry))
            .Where(pair => ObjectId.TryParse(pair.Key) is not null);
        return new NotePages(head, entries.DistinctBy(pair => pair.Key, StringComparer.Ordinal).ToImmutableDictionary(StringComparer.Ordinal));
    }

    /// <summary>Reads the notes of some commits.</summary>
    /// <param name="pages">Where the notes stand.</param>
    /// <param name="commits">The commits.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The note's text by commit; commits without a note are left out.</returns>
    public async Task<ImmutableDictionary<ObjectId, string>> ReadAsync(
        NotePages pages, IEnumerable<ObjectId> commits, CancellationToken cancellationToken)
    {
        var wanted = commits.Distinct().Where(commit => pages.Paths.ContainsKey(commit.Text)).ToList();
        var texts = ImmutableDictionary.CreateBuilder<ObjectId, string>();
        var at = 0;
        await foreach (var blob in repository.ReadBlobsAsync([.. wanted.Select(commit => pages.Paths[commit.Text].Id)], cancellationToken))
            texts[wanted[at++]] = blob.Content is { } content ? Encoding.UTF8.GetString(content.Span) : string.Empty;
        return texts.ToImmutable();
    }

    /// <summary>Reads the notes of some commits without a look at all the others: git keeps a note at its commit's id, cut by slashes where there are many.</summary>
    /// <param name="head">The notes' head, or null when there are none.</param>
    /// <param name="commits">The commits.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The note's text by commit; commits without a note are left out.</returns>
    public async Task<ImmutableDictionary<ObjectId, string>> LookAsync(ObjectId? head, IEnumerable<ObjectId> commits, CancellationToken cancellationToken)
    {
        if (head is null) return ImmutableDictionary<ObjectId, string>.Empty;
        var asked = commits.Distinct().SelectMany(commit => Places(commit.Text).Select(path => (Commit: commit, Path: RepositoryPath.TryParse(path)!))).ToList();
        var found = await repository.FindManyAsync([.. asked.Select(each => (head, each.Path))], cancellationToken);
        var there = asked.Zip(found, (each, blob) => (each.Commit, Blob: blob)).Where(each => each.Blob is not null).DistinctBy(each => each.Commit).ToList();
        var texts = ImmutableDictionary.CreateBuilder<ObjectId, string>();
        var at = 0;
        await foreach (var blob in repository.ReadBlobsAsync([.. there.Select(each => each.Blob!)], cancellationToken))
            texts[there[at++].Commit] = blob.Content is { } content ? Encoding.UTF8.GetString(content.Span) : string.Empty;
        return texts.ToImmutable();
    }

    /// <summary>Adds lines to notes, keeps what is there, and pushes with a lease; a lost race is run again on what won.</summary>
    /// <param name="lines">The facts, by landing commit.</param>
    /// <param name="date">The notes commit's date; a date out of the repository keeps the commit the same wherever it is made.</param>
    /// <param name="cancellationToken">Ends it; the next pass writes what is owed.</param>
    /// <returns>True when something was written.</returns>
    /// <exception cref="GitFailure">The remote refused, or the race was lost five times.</exception>
    public Task<bool> AddAsync(IReadOnlyCollection<(ObjectId Commit, RolloutNote Note)> lines, GitDate date, CancellationToken cancellationToken)
    {
        var shared = new SharedRef(repository, Ref, "notes", stop => repository.ReadRemoteAsync([RefPattern.Exactly(main)], Ref, stop));
        return shared.ChangeAsync(async head =>
        {
            var pages = head is null ? NotePages.None : await OpenAsync(head, cancellationToken);
            var changes = await ChangesAsync(pages, lines, cancellationToken);
            return changes.IsEmpty ? null : new CommitChain { Target = Ref, Parent = head, Identity = identity, Date = date, Commits = [new NewCommit("Notes added by odoosky\n", changes)] };
        }, cancellationToken);
    }

    private static string[] Places(string id) => [id, $"{id[..2]}/{id[2..]}", $"{id[..2]}/{id[2..4]}/{id[4..]}"];

    private async Task<ImmutableArray<FileChange>> ChangesAsync(
        NotePages pages, IReadOnlyCollection<(ObjectId Commit, RolloutNote Note)> lines, CancellationToken cancellationToken)
    {
        var texts = await ReadAsync(pages, lines.Select(line => line.Commit), cancellationToken);
        var changes = ImmutableArray.CreateBuilder<FileChange>();
        foreach (var notes in lines.GroupBy(line => line.Commit).OrderBy(notes => notes.Key.Text, StringComparer.Ordinal))
        {
            var before = texts.GetValueOrDefault(notes.Key, string.Empty);
            var after = Join(before, notes.Select(line => line.Note.Write()));
            if (string.Equals(before, after, StringComparison.Ordinal)) continue;
            var path = pages.Paths.GetValueOrDefault(notes.Key.Text)?.Path ?? notes.Key.Text;
            changes.Add(FileChange.Write(RepositoryPath.TryParse(path)!, Encoding.UTF8.GetBytes(after)));
        }

        return changes.ToImmutable();
    }

    private static string Join(string before, IEnumerable<string> added) => string.Concat(
        before.Split('\n', StringSplitOptions.RemoveEmptyEntries).Concat(added).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(line => line + "\n"));
}
