using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>An instance at a time.</summary>
/// <param name="Code">The instance.</param>
/// <param name="Overlay">The overlay that was merged.</param>
/// <param name="Hash">Its addons hash, or null when it has no rows or can't be read.</param>
/// <param name="Addons">How many rows it has.</param>
/// <param name="Live">The newest change that was proven live by then, and when; null: none was, or there are no notes.</param>
internal sealed record FleetMember(InstanceCode Code, ObjectId Overlay, string? Hash, int Addons, (ObjectId Commit, RolloutNote Note)? Live);

/// <summary>The whole fleet at a time.</summary>
/// <param name="At">The time.</param>
/// <param name="Commit">The newest commit of base then, or null when base had none.</param>
/// <param name="Members">In order of code.</param>
/// <param name="HasNotes">Whether the repository has notes.</param>
internal sealed record FleetMoment(DateTimeOffset At, ObjectId? Commit, ImmutableArray<FleetMember> Members, bool HasNotes);

/// <summary>Tells the whole fleet at a time from one tree and the notes, without a walk through the history of each instance.</summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="notes">The notes.</param>
internal sealed class FleetMoments(Repository repository, NoteBook notes)
{
    /// <summary>Reads.</summary>
    /// <param name="commit">The newest commit of base then.</param>
    /// <param name="template">Where overlays stand.</param>
    /// <param name="proof">The notes' head, or null; and the time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Every instance that had an overlay.</returns>
    public async Task<ImmutableArray<FleetMember>> ReadAsync(
        CommitRecord commit, OverlayTemplate template, (ObjectId? Notes, DateTimeOffset At) proof, CancellationToken cancellationToken)
    {
        var entries = OverlayTree.Of(await repository.ListTreeAsync(commit.Tree, null, cancellationToken), template).Entries.OrderBy(entry => entry.Code).ToList();
        var live = proof.Notes is { } head ? await LiveAsync(commit.Id, head, proof.At, cancellationToken) : [];
        var members = ImmutableArray.CreateBuilder<FleetMember>(entries.Count);
        await foreach (var blob in repository.ReadBlobsAsync([.. entries.Select(entry => ObjectId.TryParse(entry.Blob)!)], cancellationToken))
        {
            var entry = entries[members.Count];
            var document = blob.Content is { } text ? OverlayDocument.Read(entry.Path, text, entry.Code).Document : null;
            var hash = document?.Values.Find("addons") is { } addons ? AddonsHash.Of(addons) : null;
            members.Add(new FleetMember(entry.Code, blob.Id, hash, document?.Rows.Length ?? 0, live.TryGetValue(entry.Code.Text, out var proven) ? (proven.Commit, proven.Note) : null));
        }

        return members.ToImmutable();
    }

    // Of each instance, the change that landed last among those that were proven live by then.
    private async Task<Dictionary<string, (int Place, ObjectId Commit, RolloutNote Note)>> LiveAsync(
        ObjectId commit, ObjectId head, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var graph = await repository.ReadGraphAsync(commit, [], cancellationToken);
        var pages = await notes.OpenAsync(head, cancellationToken);
        var landed = pages.Paths.Keys.Select(id => ObjectId.TryParse(id)!).Where(id => graph.PlaceOf(id) is not null);
        var live = new Dictionary<string, (int Place, ObjectId Commit, RolloutNote Note)>(StringComparer.Ordinal);
        foreach (var (id, text) in await notes.ReadAsync(pages, landed, cancellationToken))
        {
            var place = graph.PlaceOf(id)!.Value;
            foreach (var note in RolloutNote.ReadAll(text).Notes.Where(note => note.Event == NoteEvent.Live && note.At <= at))
                if (!live.TryGetValue(note.Code, out var other) || other.Place < place) live[note.Code] = (place, id, note);
        }

        return live;
    }
}
