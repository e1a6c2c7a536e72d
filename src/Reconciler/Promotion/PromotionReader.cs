using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;

namespace OdooSky.GitOps.Reconciler.Promotion;

/// <summary>Desired state as a promotion needs it: two instances before the catalogue completes them, and the catalogue.</summary>
/// <param name="Source">The source, or null when it has no desired instance.</param>
/// <param name="Target">The target, or null when it has none.</param>
/// <param name="Catalog">The catalogue, or null when there is none.</param>
internal sealed record PromotionWishes(InstanceFile? Source, InstanceFile? Target, CatalogFile? Catalog)
{
    /// <summary>The target's file, where desired state is in files.</summary>
    public (string Path, ReadOnlyMemory<byte> Text)? File { get; init; }

    /// <summary>What the database said of its version, where desired state is in its own tables.</summary>
    public TableVersion? Version { get; init; }
}

/// <summary>Reads what a promotion is made of.</summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="target">What it works on.</param>
/// <param name="audit">Tells what the source runs.</param>
internal sealed class PromotionReader(Repository repository, RunTarget target, AuditTrail audit)
{
    /// <summary>The newest change of the source's overlay, and its rows.</summary>
    /// <param name="code">The source.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The change, or null when there is no overlay; its rows; and whether there are notes.</returns>
    public async Task<(Landing? Landing, ImmutableArray<AddonRow> Rows, bool HasNotes)> SourceAsync(InstanceCode code, CancellationToken cancellationToken)
    {
        var story = await audit.HistoryAsync(code, null, null, cancellationToken);
        if (story.Landings.FirstOrDefault() is not { After: { } blob } landing) return (null, [], story.HasNotes);
        await foreach (var overlay in repository.ReadBlobsAsync([blob], cancellationToken))
            if (overlay.Content is { } text && OverlayDocument.Read("overlay", text, code).Document is { } document)
                return (landing, [.. document.Rows.Select(row => row.Row)], story.HasNotes);
        return (null, [], story.HasNotes);
    }

    /// <summary>Both desired instances and the catalogue.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="commit">The commit of the wish.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What there is.</returns>
    public async Task<PromotionWishes> WishesAsync(PromotionRequest request, CommitRecord commit, CancellationToken cancellationToken)
    {
        if (target.Database is { } access)
        {
            var tables = await new DesiredDatabase(access).ReadAsync(cancellationToken);
            return new PromotionWishes(Find(request.From), Find(request.To), tables.Catalog) { Version = tables.Version };

            InstanceFile? Find(InstanceCode code) => tables.Files.FirstOrDefault(file => file.Wish?.Code == code);
        }

        var (source, file, catalog) = (await ReadAsync(DesiredFolder.PathOf(request.From)), await ReadAsync(DesiredFolder.PathOf(request.To)), await ReadAsync(DesiredFolder.CatalogPath));
        return new PromotionWishes(
            source is { } one ? InstanceFile.Read(one.Path, one.Text, one.Blob) : null,
            file is { } other ? InstanceFile.Read(other.Path, other.Text, other.Blob) : null,
            catalog is { } list ? CatalogFile.Read(list.Path, list.Text, list.Blob) : null) { File = file is { } edited ? (edited.Path, edited.Text) : null };

        async Task<(string Path, ReadOnlyMemory<byte> Text, string Blob)?> ReadAsync(string name)
        {
            var path = RepositoryPath.TryParse($"{target.DesiredFolder}/{name}")!;
            if (await repository.FindAsync(commit.Id, path, cancellationToken) is not { } id) return null;
            await foreach (var blob in repository.ReadBlobsAsync([id], cancellationToken))
                if (blob.Content is { } text) return (path.Text, text, id.Text);
            return null;
        }
    }
}
