using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>An instance's history.</summary>
/// <param name="Code">The instance.</param>
/// <param name="Base">The base branch.</param>
/// <param name="Landings">The changes of its overlay, newest first.</param>
/// <param name="HasNotes">Whether the repository has notes; without them nobody knows what was proven live.</param>
internal sealed record InstanceStory(InstanceCode Code, string Base, ImmutableArray<Landing> Landings, bool HasNotes);

/// <summary>What held for an instance at a time.</summary>
/// <param name="Code">The instance.</param>
/// <param name="At">The time.</param>
/// <param name="Commit">The newest commit of base then, or null when base had none.</param>
/// <param name="Wish">The blob of the desired file then, or null when there was none or desired state is not in this repository.</param>
/// <param name="Merged">The change that was merged then, or null when there was no overlay yet.</param>
/// <param name="Rows">The rows of the overlay that was merged then.</param>
/// <param name="Live">The newest change that was proven live by then, or null.</param>
/// <param name="HasNotes">Whether the repository has notes.</param>
internal sealed record InstanceMoment(
    InstanceCode Code, DateTimeOffset At, ObjectId? Commit, ObjectId? Wish, Landing? Merged, ImmutableArray<AddonRow> Rows, Landing? Live, bool HasNotes);

/// <summary>A row of an overlay and the change that brought it in its present form.</summary>
/// <param name="Row">The row.</param>
/// <param name="Since">The change, or null when it is older than the history that is here.</param>
internal sealed record RowOrigin(AddonRow Row, Landing? Since);

/// <summary>Answers what happened, from commits and notes alone: whoever has a clone that fetched the notes gets the same answer.</summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="target">What is asked about.</param>
/// <param name="observer">Reads the repository's settings.</param>
internal sealed class AuditTrail(Repository repository, RunTarget target, Observer observer)
{
    private readonly NoteBook notes = new(repository, target.Base, target.Identity);

    /// <summary>An instance's history.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="since">The oldest time, or null.</param>
    /// <param name="until">The newest time, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The changes in between.</returns>
    public async Task<InstanceStory> HistoryAsync(InstanceCode code, DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var trail = await OpenAsync(cancellationToken);
        var landings = await ReadAsync(trail, code, cancellationToken);
        var within = landings.Where(landing => (since is null || landing.At >= since) && (until is null || landing.At <= until));
        return new InstanceStory(code, target.BaseName, [.. within], trail.Notes is not null);
    }

    /// <summary>What was wished, merged, and proven live at a time.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="at">The time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The moment.</returns>
    public async Task<InstanceMoment> StateAsync(InstanceCode code, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var trail = await OpenAsync(cancellationToken);
        var landings = await ReadAsync(trail, code, cancellationToken);
        var merged = landings.FirstOrDefault(landing => landing.At <= at);
        var commit = await NewestAsync(trail.Base, at, cancellationToken);
        var wish = RepositoryPath.TryParse($"{target.DesiredFolder}/{DesiredFolder.PathOf(code)}")!;
        return new InstanceMoment(
            code,
            at,
            commit?.Id,
            commit is null || target.DesiredBranch is not null || target.Database is not null ? null : await repository.FindAsync(commit.Id, wish, cancellationToken),
            merged is { After: null } ? null : merged,
            merged?.After is { } blob ? (await DocumentsAsync([blob], code, cancellationToken))[blob]?.Rows.Select(row => row.Row).ToImmutableArray() ?? [] : [],
            landings.FirstOrDefault(landing => landing.Notes.Any(note => note.Event == NoteEvent.Live && note.At <= at)),
            trail.Notes is not null);
    }

    /// <summary>Since when, and by whom, each row of an overlay is as it is.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The rows in the order of the overlay; none when there is no overlay.</returns>
    public async Task<ImmutableArray<RowOrigin>> BlameAsync(InstanceCode code, CancellationToken cancellationToken)
    {
        var trail = await OpenAsync(cancellationToken);
        var landings = await ReadAsync(trail, code, cancellationToken);
        if (landings.FirstOrDefault()?.After is not { } newest) return [];
        var documents = await DocumentsAsync(landings.SelectMany(landing => new[] { landing.Before, landing.After }).OfType<ObjectId>(), code, cancellationToken);
        return [.. (documents[newest]?.Rows ?? []).Select(row => new RowOrigin(row.Row, Since(row.Row, landings, documents)))];
    }

    /// <summary>What was merged and proven live in the whole fleet at a time.</summary>
    /// <param name="at">The time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Every instance that had an overlay then.</returns>
    public async Task<FleetMoment> FleetAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var trail = await OpenAsync(cancellationToken);
        var commit = await NewestAsync(trail.Base, at, cancellationToken);
        var members = commit is null ? [] : await new FleetMoments(repository, notes).ReadAsync(commit, trail.Settings.GitOps.Overlays, (trail.Notes, at), cancellationToken);
        return new FleetMoment(at, commit?.Id, members, trail.Notes is not null);
    }

    /// <summary>What a change did, in steps.</summary>
    /// <param name="landing">The change.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Rows first; none when an overlay can't be read.</returns>
    public async Task<ImmutableArray<EditStep>> StepsAsync(Landing landing, CancellationToken cancellationToken)
    {
        var blobs = new[] { landing.Before, landing.After }.OfType<ObjectId>();
        var documents = await DocumentsAsync(blobs, landing.Code, cancellationToken);
        return LandingSteps.Of(Find(landing.Before), Find(landing.After));

        OverlayDocument? Find(ObjectId? blob) => blob is null ? null : documents.GetValueOrDefault(blob);
    }

    /// <summary>Everything that an export is made of, as it stands now.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The whole trail, oldest first.</returns>
    public async Task<AuditSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        var trail = await OpenAsync(cancellationToken);
        return await SnapshotAsync(trail, since: null, cancellationToken);
    }

    /// <summary>The changes since a time, and the notes on them.</summary>
    /// <param name="since">The oldest time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>That part of the trail, oldest first.</returns>
    public async Task<AuditSnapshot> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        await SnapshotAsync(await OpenAsync(cancellationToken), since, cancellationToken);

    /// <summary>Everything that an export was made of, from the commit and the notes that it names.</summary>
    /// <param name="named">What the export names.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The whole trail as it stood, or why it can't be told from this repository.</returns>
    public async Task<(AuditSnapshot? Snapshot, string? Why)> SnapshotAsync(AuditHead named, CancellationToken cancellationToken)
    {
        var trail = await OpenAsync(cancellationToken);
        if (await repository.ResolveAsync(named.Head.Text, cancellationToken) is null || await repository.FindMergeBaseAsync(trail.Base.Id, named.Head, cancellationToken) != named.Head)
            return (null, $"the commit {named.Head.Text[..12]} is not in the history of {target.BaseName} here: the history was rewritten, or this is another repository");
        if (named.Notes is { } pages && (trail.Notes is not { } newest || await repository.FindMergeBaseAsync(newest, pages, cancellationToken) != pages))
            return (null, $"the notes of {pages.Text[..12]} are not in {NoteBook.Ref} here: they were rewritten, or not fetched. In a clone: {NoteBook.FetchCommand}");
        var commit = await repository.ReadCommitAsync(named.Head, cancellationToken);
        var past = new Trail(commit, await observer.SettingsAsync(commit, cancellationToken), named.Notes);
        return (await SnapshotAsync(past, since: null, cancellationToken), null);
    }

    /// <summary>Asks git about signatures.</summary>
    /// <param name="commits">Signed commits.</param>
    /// <param name="signersFile">A file of allowed SSH signers, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it says, by commit.</returns>
    public Task<ImmutableDictionary<ObjectId, SignatureState>> SignaturesAsync(
        IReadOnlyCollection<ObjectId> commits, string? signersFile, CancellationToken cancellationToken) =>
        repository.CheckSignaturesAsync(commits, signersFile, cancellationToken);

    private async Task<AuditSnapshot> SnapshotAsync(Trail trail, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var template = trail.Settings.GitOps.Overlays;
        var landings = await new InstanceHistory(repository, notes).ReadAllAsync(trail.Base.Id, template, trail.Notes, since, cancellationToken);
        return new AuditSnapshot(new AuditHead(target.BaseName, trail.Base.Id, trail.Notes), [.. Oldest(landings)]);
    }

    // Commits turn round; the changes of one commit stay in the order of their paths.
    private static IEnumerable<Landing> Oldest(ImmutableArray<Landing> landings)
    {
        for (var end = landings.Length; end > 0;)
        {
            var start = end - 1;
            while (start > 0 && landings[start - 1].Commit == landings[end - 1].Commit) start--;
            for (var i = start; i < end; i++) yield return landings[i];
            end = start;
        }
    }

    private static Landing? Since(AddonRow row, ImmutableArray<Landing> landings, Dictionary<ObjectId, OverlayDocument?> documents) =>
        landings.FirstOrDefault(landing => landing.Before is null || documents[landing.Before]?.Rows.All(before => before.Row != row) != false);

    private async Task<Trail> OpenAsync(CancellationToken cancellationToken)
    {
        var refs = await repository.ReadRemoteAsync([RefPattern.Exactly(target.Base)], NoteBook.Ref, cancellationToken);
        var commit = await repository.ReadCommitAsync(target.HeadIn(refs), cancellationToken);
        return new Trail(commit, await observer.SettingsAsync(commit, cancellationToken), refs.Find(NoteBook.Ref));
    }

    private Task<ImmutableArray<Landing>> ReadAsync(Trail trail, InstanceCode code, CancellationToken cancellationToken) =>
        new InstanceHistory(repository, notes).ReadAsync(
            trail.Base.Id, RepositoryPath.TryParse(trail.Settings.GitOps.Overlays.PathOf(code))!, code, trail.Notes, cancellationToken);

    private async Task<CommitRecord?> NewestAsync(CommitRecord head, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await repository.FindNewestAsync(head.Id, at, cancellationToken) is not { } id) return null;
        return await repository.ReadCommitAsync(id, cancellationToken);
    }

    private async Task<Dictionary<ObjectId, OverlayDocument?>> DocumentsAsync(IEnumerable<ObjectId> blobs, InstanceCode code, CancellationToken cancellationToken)
    {
        var documents = new Dictionary<ObjectId, OverlayDocument?>();
        await foreach (var blob in repository.ReadBlobsAsync([.. blobs.Distinct()], cancellationToken))
            documents[blob.Id] = blob.Content is { } text ? OverlayDocument.Read("overlay", text, code).Document : null;
        return documents;
    }

    private sealed record Trail(CommitRecord Base, EffectiveSettings Settings, ObjectId? Notes);
}
