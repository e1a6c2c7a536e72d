using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>Reads what is merged: the base head, the last change of each overlay, and what the notes say of it.</summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="target">What is asked about.</param>
/// <param name="observer">Reads the repository's settings.</param>
internal sealed class MergedReader(Repository repository, RunTarget target, Observer observer)
{
    private const int FewCodes = 32;
    private readonly NoteBook notes = new(repository, target.Base, target.Identity);

    /// <summary>Reads.</summary>
    /// <param name="asked">Which instances.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is merged now.</returns>
    public async Task<MergedFleet> ReadAsync(MergedQuestion asked, CancellationToken cancellationToken)
    {
        var refs = await repository.ReadRemoteAsync([RefPattern.Exactly(target.Base)], NoteBook.Ref, cancellationToken);
        var head = await repository.ReadCommitAsync(target.HeadIn(refs), cancellationToken);
        var settings = await observer.SettingsAsync(head, cancellationToken);
        var tree = await repository.ListTreeAsync(head.Tree, null, cancellationToken);
        var graph = await repository.ReadGraphAsync(head.Id, asked.Others, cancellationToken);
        var chart = ChartFiles.In(tree, settings.GitOps.Chart);
        var (rules, key, _) = chart.Read(await TextsAsync(chart, cancellationToken), settings.GitOps, target.Helm);
        var bare = new MergedFleet
        {
            Head = head,
            Settings = settings,
            Rules = rules,
            RulesKey = key,
            Graph = graph,
            Chart = await ChartAsync(head.Id, settings.GitOps.Chart, graph, cancellationToken),
            Pages = await notes.OpenAsync(refs, cancellationToken),
        };
        return await WithChangesAsync(bare, asked, tree, cancellationToken);
    }

    private async Task<MergedFleet> WithChangesAsync(MergedFleet bare, MergedQuestion asked, TreeListing tree, CancellationToken cancellationToken)
    {
        var template = bare.Settings.GitOps.Overlays;
        var there = OverlayTree.Of(tree, template).Entries.ToDictionary(entry => entry.Code, entry => entry.Path);
        var history = await HistoryAsync(new Search(bare.Head.Id, template, asked, there), bare.Graph, cancellationToken);
        var (newest, older) = Changes(asked, template, there, history);
        return bare with
        {
            History = history,
            Newest = newest,
            Older = older,
            Notes = await NotesAsync(bare.Pages, newest.Concat(older), cancellationToken),
            Strangers = [.. asked.Codes.Except(newest.Select(change => change.Code))],
        };
    }

    private static (ImmutableArray<MergedChange> Newest, ImmutableArray<MergedChange> Older) Changes(
        MergedQuestion asked, OverlayTemplate template, Dictionary<InstanceCode, string> there, OverlayHistory history)
    {
        var gone = asked.Codes.IsEmpty ? history.Paths.Select(template.TryMatch).OfType<InstanceCode>().Where(code => !there.ContainsKey(code)) : [];
        var codes = asked.Codes.IsEmpty ? there.Keys.Concat(gone) : asked.Codes;
        var newest = ImmutableArray.CreateBuilder<MergedChange>();
        var older = ImmutableArray.CreateBuilder<MergedChange>();
        foreach (var code in codes.Distinct().OrderBy(code => code.Text, StringComparer.Ordinal))
        {
            if (history.Of(code, there.GetValueOrDefault(code) ?? template.PathOf(code)) is not [var last, .. var before]) continue;
            if (last.After is null && asked.Codes.IsEmpty && last.LandedAt < asked.Since) continue;
            newest.Add(last);
            older.AddRange(before.Where(change => change.LandedAt >= asked.Since && change.After is not null));
        }

        return (newest.ToImmutable(), older.ToImmutable());
    }

    // The newest part of the history is enough as soon as it has a change of every overlay, and reaches back as far as is asked.
    private async Task<OverlayHistory> HistoryAsync(Search search, CommitGraph graph, CancellationToken cancellationToken)
    {
        foreach (var most in (int?[])[256, 4096, null])
        {
            var changes = await repository.ReadHistoryAsync(new HistoryQuestion(search.Head, search.Paths()) { Most = most }, cancellationToken);
            var isWhole = most is null || changes.Select(change => change.Commit).Distinct().Count() < most;
            if (isWhole || search.IsAnsweredBy(changes)) return new OverlayHistory(changes.Where(search.Wants), graph, isWhole);
        }

        throw new System.Diagnostics.UnreachableException();
    }

    private async Task<LandedChart?> ChartAsync(ObjectId head, string? folder, CommitGraph graph, CancellationToken cancellationToken)
    {
        if (folder is null || RepositoryPath.TryParse(folder) is not { } path) return null;
        var changes = await repository.ReadHistoryAsync(new HistoryQuestion(head, [path]) { Most = 1 }, cancellationToken);
        return changes is [var last, ..] && graph.PlaceOf(last.Commit) is { } place ? new LandedChart(last.Commit, place) : null;
    }

    private async Task<Dictionary<string, ReadOnlyMemory<byte>>> TextsAsync(ChartFiles chart, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        await foreach (var blob in repository.ReadBlobsAsync([.. chart.Blobs.Distinct(StringComparer.Ordinal).Select(id => ObjectId.TryParse(id)!)], cancellationToken))
            texts[blob.Id.Text] = blob.Content ?? default;
        return texts;
    }

    private async Task<ImmutableDictionary<ObjectId, ImmutableArray<RolloutNote>>> NotesAsync(
        NotePages pages, IEnumerable<MergedChange> changes, CancellationToken cancellationToken) =>
        (await notes.ReadAsync(pages, changes.Select(change => change.Commit), cancellationToken))
            .ToImmutableDictionary(page => page.Key, page => RolloutNote.ReadAll(page.Value).Notes);

    private sealed record Search(ObjectId Head, OverlayTemplate Template, MergedQuestion Asked, Dictionary<InstanceCode, string> There)
    {
        public ImmutableArray<RepositoryPath> Paths()
        {
            if (Asked.Codes.Length is > 0 and <= FewCodes) return [.. Asked.Codes.Select(code => RepositoryPath.TryParse(Template.PathOf(code))!)];
            var slash = Template.Before.LastIndexOf('/');
            return slash > 0 ? [RepositoryPath.TryParse(Template.Before[..slash])!] : [];
        }

        public bool Wants(PathChange change) => Template.TryMatch(change.Path) is { } code && (Asked.Codes.IsEmpty || Asked.Codes.Contains(code));

        public bool IsAnsweredBy(ImmutableArray<PathChange> changes)
        {
            if (changes.IsEmpty || changes[^1].At >= Asked.Since) return false;
            var found = changes.Select(change => change.Path).ToHashSet(StringComparer.Ordinal);
            return Asked.Codes.IsEmpty ? There.Values.All(found.Contains) : Asked.Codes.All(code => found.Contains(Template.PathOf(code)));
        }
    }
}
