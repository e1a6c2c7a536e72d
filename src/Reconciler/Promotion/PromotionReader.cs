using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;

namespace OdooSky.GitOps.Reconciler.Promotion;

/// <summary>What the source of a promotion runs.</summary>
/// <param name="Base">The base branch that it was looked for on.</param>
/// <param name="Landing">The newest change of its overlay, or null when there is none that can be read.</param>
/// <param name="Rows">The rows that it brought.</param>
/// <param name="HasNotes">Whether there are notes.</param>
internal sealed record PromotionSource(string Base, Landing? Landing, ImmutableArray<AddonRow> Rows, bool HasNotes)
{
    /// <summary>How it is desired, before the catalogue completes it; null when it has no desired instance.</summary>
    public InstanceWish? Wish { get; init; }
}

/// <summary>Desired state as a promotion needs it: an instance before the catalogue completes it, and the catalogue.</summary>
/// <param name="Instance">The instance, or null when it is not desired.</param>
/// <param name="Catalog">The catalogue, or null when there is none.</param>
internal sealed record PromotionWishes(InstanceFile? Instance, CatalogFile? Catalog)
{
    /// <summary>The instance's file, where desired state is in files.</summary>
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
    /// <returns>The change, its rows, and whether there are notes; not yet how it is desired.</returns>
    public async Task<PromotionSource> SourceAsync(InstanceCode code, CancellationToken cancellationToken)
    {
        var story = await audit.HistoryAsync(code, null, null, cancellationToken);
        var none = new PromotionSource(target.BaseName, null, [], story.HasNotes);
        if (story.Landings.FirstOrDefault() is not { After: { } blob } landing) return none;
        await foreach (var overlay in repository.ReadBlobsAsync([blob], cancellationToken))
            if (overlay.Content is { } text && OverlayDocument.Read("overlay", text, code).Document is { } document)
                return none with { Landing = landing, Rows = [.. document.Rows.Select(row => row.Row)] };
        return none;
    }

    /// <summary>A desired instance and the catalogue.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="commit">The commit of the wish.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What there is.</returns>
    public async Task<PromotionWishes> WishesAsync(InstanceCode code, CommitRecord commit, CancellationToken cancellationToken)
    {
        if (target.Database is { } access)
        {
            var tables = await new DesiredDatabase(access).ReadAsync(cancellationToken);
            return new PromotionWishes(tables.Files.FirstOrDefault(file => file.Wish?.Code == code), tables.Catalog) { Version = tables.Version };
        }

        var (file, catalog) = (await ReadAsync(DesiredFolder.PathOf(code)), await ReadAsync(DesiredFolder.CatalogPath));
        return new PromotionWishes(
            file is { } one ? InstanceFile.Read(one.Path, one.Text, one.Blob) : null,
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
