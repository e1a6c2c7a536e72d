using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm.Yaml;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>Reads what there is and what is wished. Nothing is read twice while its blob id stays.</summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="target">What passes work on.</param>
/// <param name="memory">What earlier passes read.</param>
internal sealed class Observer(Repository repository, RunTarget target, FleetMemory memory)
{
    // Stands for a blob over the limit: whoever reads it refuses it by its size and names the file.
    private static readonly ReadOnlyMemory<byte> TooLarge = new byte[YamlLimits.Strict.MaximumBytes + 1];

    private readonly DesiredFiles desired = new();
    private readonly DesiredDatabase? database = target.Database is { } access ? new DesiredDatabase(access) : null;
    private (string Trees, DesiredTables? Tables, Observation Observation)? last;

    /// <summary>Observes one commit of base and one of the wish.</summary>
    /// <param name="baseCommit">The base head.</param>
    /// <param name="desiredCommit">The commit of the wish; often the same.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Everything that a plan is made of.</returns>
    public async Task<Observation> ObserveAsync(CommitRecord baseCommit, CommitRecord desiredCommit, CancellationToken cancellationToken)
    {
        var trees = $"{baseCommit.Tree} {desiredCommit.Tree}";
        var recalling = last is null ? Task.Run(memory.Recall, cancellationToken) : null;
        var tables = database is null ? null : await database.ReadAsync(recalling, cancellationToken);
        var from = tables is null ? From(baseCommit, desiredCommit) : $"the {target.Database!.Dialect.Name} database";
        if (last is { } known && string.Equals(known.Trees, trees, StringComparison.Ordinal) && ReferenceEquals(known.Tables, tables))
            return known.Observation with { BaseCommit = baseCommit.Id.Text, DesiredFrom = from };
        var tree = await repository.ListTreeAsync(baseCommit.Tree, null, cancellationToken);
        var wishes = desiredCommit.Tree == baseCommit.Tree ? tree : await repository.ListTreeAsync(desiredCommit.Tree, null, cancellationToken);
        var settings = await SettingsAsync(tree, cancellationToken);
        if (database is null && recalling is not null) desired.Recall(await recalling);
        var observation = await ReadAsync(new Sources(tree, wishes, tables), settings, cancellationToken);
        observation = observation with { BaseCommit = baseCommit.Id.Text, DesiredFrom = from };
        last = (trees, tables, observation);
        return observation;
    }

    /// <summary>Reads the settings at a commit, and nothing else.</summary>
    /// <param name="commit">A commit of the base branch.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The settings as far as they could be read.</returns>
    public async Task<EffectiveSettings> SettingsAsync(CommitRecord commit, CancellationToken cancellationToken)
    {
        var listing = await repository.ListTreeAsync(commit.Tree, RepositoryPath.TryParse(GitOpsSettings.FileName), cancellationToken);
        return (await SettingsAsync(listing, cancellationToken)).Settings!;
    }

    private string From(CommitRecord baseCommit, CommitRecord desiredCommit) =>
        $"{target.DesiredFolder}/ at {(desiredCommit.Id == baseCommit.Id ? "the same commit" : desiredCommit.Id.Text[..12])}";

    private async Task<SettingsReading> SettingsAsync(TreeListing tree, CancellationToken cancellationToken)
    {
        if (tree.Find(RepositoryPath.TryParse(GitOpsSettings.FileName)!) is not { IsRegular: true } entry)
            return target.Layers.Resolve(target.Name);
        var texts = await BlobsAsync([entry.Id], static (_, _) => { }, cancellationToken);
        return target.Layers.With(new SettingsText(GitOpsSettings.FileName, texts[entry.Id.Text])).Resolve(target.Name);
    }

    private async Task<Observation> ReadAsync(Sources sources, SettingsReading reading, CancellationToken cancellationToken)
    {
        var effective = reading.Settings!;
        var settings = effective.GitOps;
        var overlays = OverlayTree.Of(sources.Base, settings.Overlays);
        var wishes = sources.Tables is null ? WishEntries(sources.Wish).ToList() : [];
        var chart = ChartFiles.In(sources.Base, settings.Chart);
        var overrides = SourceOverrides.In(sources.Base, settings.Chart, overlays);
        var texts = await TextsAsync(Needed(overlays, wishes, chart.Blobs.Concat(overrides.Blobs)), wishes, cancellationToken);
        var facts = chart.Read(texts, settings, target.Helm);
        var state = Mine(sources.Tables?.Combine(effective.Rules()) ?? desired.Read(wishes, blob => texts[blob], effective.Rules()), out var others);
        memory.Files = database?.Files ?? desired.Files;
        var obstacles = overlays.Obstacles(state).ToList();
        var overridden = overrides.Problems(texts).ToList();
        return new Observation
        {
            BaseCommit = string.Empty,
            Effective = effective,
            Rules = facts.Rules,
            RulesKey = facts.Key,
            Desired = state,
            DesiredFrom = string.Empty,
            Overlays = Overlays(overlays, others, texts),
            Problems = [.. reading.Problems, .. UnsupportedSettings.Of(effective), .. facts.Problems, .. overlays.Problems(state, obstacles), .. overridden, .. Irregular(sources)],
            Blocked = [.. obstacles.Select(obstacle => obstacle.Code), .. SourceOverrides.Stopped(overridden)],
        };
    }

    private List<ObjectId> Needed(OverlayTree overlays, List<DesiredEntry> wishes, IEnumerable<string> others) =>
    [
        .. overlays.Entries.Where(entry => !memory.Knows(entry.Blob)).Select(entry => entry.Blob)
            .Concat(wishes.Where(desired.Needs).Select(entry => entry.Blob))
            .Concat(others)
            .Distinct(StringComparer.Ordinal)
            .Select(blob => ObjectId.TryParse(blob)!),
    ];

    private Dictionary<InstanceCode, OverlayFile> Overlays(
        OverlayTree tree, HashSet<InstanceCode> others, Dictionary<string, ReadOnlyMemory<byte>> texts) =>
        tree.Entries.Where(entry => !others.Contains(entry.Code))
            .Select(entry => new OverlayFile(entry, memory.Text(entry.Blob, () => texts[entry.Blob])))
            .ToDictionary(overlay => overlay.Entry.Code);

    // Instances that the wish gives to another target are none of this one's business, and neither are their overlays.
    private DesiredState Mine(DesiredState state, out HashSet<InstanceCode> others)
    {
        others = [.. state.Instances.Where(wish => wish.Target is { } named && named != target.Name).Select(wish => wish.Code)];
        var foreign = others;
        return foreign.Count == 0 ? state : state with { Instances = state.Instances.RemoveAll(wish => foreign.Contains(wish.Code)) };
    }

    // A link or submodule where settings or desired files should be says nothing that could be trusted: the whole plan stops.
    private IEnumerable<Problem> Irregular(Sources sources) =>
        sources.Base.Entries.Where(entry => entry.Path == GitOpsSettings.FileName)
            .Concat((sources.Tables is null ? sources.Wish.Entries : []).Where(entry => entry.Path == target.DesiredFolder.Text || entry.Path.StartsWith(target.DesiredFolder.Text + "/", StringComparison.Ordinal)))
            .Where(entry => !entry.IsRegular)
            .Select(entry => new Problem(
                PlanProblems.NotRegular, Severity.Error, $"{entry.Path} is no regular file.", "Replace it by the file itself.", new Place(entry.Path), null));

    private IEnumerable<DesiredEntry> WishEntries(TreeListing tree)
    {
        var folder = target.DesiredFolder.Text + "/";
        return tree.Entries.Where(entry => entry.IsRegular && entry.Path.StartsWith(folder, StringComparison.Ordinal))
            .Select(entry => new DesiredEntry(entry.Path[folder.Length..], entry.Path, entry.Id.Text));
    }

    private async Task<Dictionary<string, ReadOnlyMemory<byte>>> TextsAsync(List<ObjectId> ids, List<DesiredEntry> wishes, CancellationToken cancellationToken)
    {
        var ahead = desired.Ahead(wishes);
        var texts = await BlobsAsync(ids, ahead.Take, cancellationToken);
        await desired.TakeAsync(ahead);
        return texts;
    }

    private async Task<Dictionary<string, ReadOnlyMemory<byte>>> BlobsAsync(
        List<ObjectId> ids, Action<string, ReadOnlyMemory<byte>> come, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<string, ReadOnlyMemory<byte>>(ids.Count, StringComparer.Ordinal);
        await foreach (var blob in repository.ReadBlobsAsync(ids, cancellationToken))
            come(blob.Id.Text, texts[blob.Id.Text] = blob.Content ?? TooLarge);
        return texts;
    }

    private sealed record Sources(TreeListing Base, TreeListing Wish, DesiredTables? Tables);
}
