using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Reconciler.Git;
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
    private readonly NoteBook notes = new(repository, target.Identity);

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
        return new InstanceStory(code, target.BaseName, [.. within], trail.Pages.Head is not null);
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
            trail.Pages.Head is not null);
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

    private static Landing? Since(AddonRow row, ImmutableArray<Landing> landings, Dictionary<ObjectId, OverlayDocument?> documents) =>
        landings.FirstOrDefault(landing => landing.Before is null || documents[landing.Before]?.Rows.All(before => before.Row != row) != false);

    private async Task<Trail> OpenAsync(CancellationToken cancellationToken)
    {
        var refs = await repository.ReadRemoteAsync([RefPattern.Exactly(target.Base), RefPattern.Exactly(NoteBook.Ref)], cancellationToken);
        var commit = await repository.ReadCommitAsync(target.HeadIn(refs), cancellationToken);
        return new Trail(commit, await observer.SettingsAsync(commit, cancellationToken), await notes.OpenAsync(refs, cancellationToken));
    }

    private Task<ImmutableArray<Landing>> ReadAsync(Trail trail, InstanceCode code, CancellationToken cancellationToken) =>
        new InstanceHistory(repository, notes).ReadAsync(
            trail.Base.Id, RepositoryPath.TryParse(trail.Settings.GitOps.Overlays.PathOf(code))!, code, trail.Pages, cancellationToken);

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

    private sealed record Trail(CommitRecord Base, EffectiveSettings Settings, NotePages Pages);
}
