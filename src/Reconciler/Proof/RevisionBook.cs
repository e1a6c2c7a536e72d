using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>
/// What Git says of the revisions that Applications name. Revisions on base's line cost nothing; of others, and of files by which
/// Argo CD overrides values, each is looked up once.
/// </summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="merged">What is merged.</param>
internal sealed class RevisionBook(Repository repository, MergedFleet merged)
{
    private const int Few = 8;
    private const string OverrideFile = ".argocd-source.yaml";
    private readonly Dictionary<(ObjectId Revision, string Path), ObjectId?> looked = [];

    /// <summary>What an Application says of revisions, of the source that reads the overlay.</summary>
    /// <param name="application">The Application.</param>
    /// <param name="overlay">The overlay.</param>
    /// <returns>Full ids, each once: of the comparison, of operations, of the history.</returns>
    public static IEnumerable<ObjectId> NamedBy(ApplicationState application, OverlayPlace overlay)
    {
        if (OverlaySource.IndexOf(application.Spec, overlay) is not { } source) return [];
        var status = application.Status;
        return Texts().Select(ObjectId.TryParse).OfType<ObjectId>().Distinct();

        IEnumerable<string?> Texts() =>
        [
            application.Spec.IsMultiSource ? status.Sync.Revisions.ElementAtOrDefault(source) : status.Sync.Revision,
            Of(application.Operation), Of(status.OperationState?.Operation),
            .. status.History.Select(entry => entry.Revisions.ElementAtOrDefault(source)),
        ];

        string? Of(SyncOperation? operation) => application.Spec.IsMultiSource ? operation?.Revisions.ElementAtOrDefault(source) : operation?.Revision;
    }

    /// <summary>Whether the history at hand has a revision.</summary>
    public bool Knows(ObjectId revision) => merged.Graph.Contains(revision);

    /// <summary>Looks up what the line does not tell.</summary>
    /// <param name="applications">Applications with their overlays.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task LookUpAsync(IEnumerable<(ApplicationState Application, OverlayPlace Overlay)> applications, CancellationToken cancellationToken)
    {
        var wanted = applications.SelectMany(each => Places(each.Application, each.Overlay)).Where(place => !looked.ContainsKey(place)).ToHashSet();
        foreach (var folder in wanted.GroupBy(place => (place.Revision, FolderOf(place.Path))).ToList())
            if (folder.Count() > Few) await ListAsync(folder.Key.Revision, folder.Key.Item2, [.. folder], cancellationToken);
        var places = wanted.Where(place => !looked.ContainsKey(place)).Select(place => (place.Revision, Path: RepositoryPath.TryParse(place.Path))).Where(place => place.Path is not null).ToList();
        var found = await repository.FindManyAsync([.. places.Select(place => (place.Revision, place.Path!))], cancellationToken);
        for (var i = 0; i < places.Count; i++) looked[(places[i].Revision, places[i].Path!.Text)] = found[i];
    }

    // A chart's folder that ten thousand Applications share is listed once.
    private async Task ListAsync(ObjectId revision, string folder, ImmutableArray<(ObjectId Revision, string Path)> places, CancellationToken cancellationToken)
    {
        var tree = await repository.ListTreeAsync(revision, folder.Length == 0 ? null : RepositoryPath.TryParse(folder), cancellationToken);
        var there = tree.Entries.ToDictionary(entry => entry.Path, entry => entry.Id, StringComparer.Ordinal);
        foreach (var place in places) looked[place] = there.GetValueOrDefault(place.Path);
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : string.Empty;

    /// <summary>The facts that the judge asks for.</summary>
    /// <param name="ours">The commit that revisions are held against.</param>
    /// <param name="application">The Application that names revisions.</param>
    /// <param name="overlay">The overlay.</param>
    /// <param name="newest">The overlay's blob at the base head, or null.</param>
    /// <returns>A fact for each revision.</returns>
    public RevisionFacts Of(ObjectId ours, ApplicationState application, OverlayPlace overlay, ObjectId? newest)
    {
        var overrides = OverridePaths(application, overlay).ToList();
        return new(NamedBy(application, overlay).ToImmutableDictionary(revision => revision.Text, Fact, StringComparer.Ordinal));

        RevisionFact Fact(ObjectId revision)
        {
            if (merged.Graph.IsAncestor(ours, revision) is not { } contains) return RevisionFact.Unknown;
            if (!merged.History.TryFind(overlay.Path, revision, newest, out var blob)) blob = looked.GetValueOrDefault((revision, overlay.Path));
            return new RevisionFact(contains ? RevisionRelation.Contains : RevisionRelation.Lacks, blob?.Text)
            {
                OverrideFiles = [.. overrides.Where(path => looked.GetValueOrDefault((revision, path)) is not null)],
            };
        }
    }

    private IEnumerable<(ObjectId Revision, string Path)> Places(ApplicationState application, OverlayPlace overlay)
    {
        foreach (var revision in NamedBy(application, overlay).Where(Knows))
            if (!merged.History.TryFind(overlay.Path, revision, null, out _)) yield return (revision, overlay.Path);
        if (NamedBy(application, overlay).FirstOrDefault() is not { } compared || !Knows(compared)) yield break;
        foreach (var path in OverridePaths(application, overlay)) yield return (compared, path);
    }

    // Argo CD reads both from the folder of the source that it renders.
    private static IEnumerable<string> OverridePaths(ApplicationState application, OverlayPlace overlay) => application.Spec.Sources
        .Where(source => source.Path is not null && RepositoryUrl.AreSame(source.RepoUrl, overlay.Repository))
        .Select(source => source.Path!.Trim('/'))
        .SelectMany(folder => (string[])[OverrideFile, $".argocd-source-{application.Name}.yaml"], (folder, file) => folder is "" or "." ? file : $"{folder}/{file}");
}
