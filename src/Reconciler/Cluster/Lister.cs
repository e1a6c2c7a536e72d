using System.Text.Json;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>A whole list.</summary>
/// <param name="Objects">Each object once.</param>
/// <param name="Version">The version that all pages speak of: where a watch goes on.</param>
internal sealed record ListedObjects<T>(IReadOnlyCollection<SeenObject<T>> Objects, string Version);

/// <summary>Lists a kind in pages. No <c>resourceVersion</c> is named, so that the answer is current and <c>limit</c> counts.</summary>
internal sealed class Lister<TServed, TState>(ApiServer server, Resource<TServed, TState> resource, string? space, ClusterLimits limits)
    where TServed : class
    where TState : class
{
    /// <summary>A list whose pages expire this often is given up for now.</summary>
    private const int Attempts = 3;

    /// <summary>Lists all pages; a page that has expired begins the list anew.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ClusterFailure">The server did not give it.</exception>
    public async Task<ListedObjects<TState>> ListAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ListPagesAsync(cancellationToken);
            }
            catch (ClusterFailure failure) when (failure.Kind == ClusterFailureKind.Gone && attempt < Attempts)
            {
                // The server offers to go on with what is there now, but such a list was never true at any one moment.
            }
        }
    }

    private async Task<ListedObjects<TState>> ListPagesAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<(string Namespace, string Name), SeenObject<TState>>();
        var version = "";
        string? next = null;
        do
        {
            var page = await PageAsync(next, cancellationToken);
            foreach (var item in page.Items ?? [])
                if (Seen(resource, item) is { } seen) found[(seen.Namespace, seen.Name)] = seen;
            version = page.Metadata?.ResourceVersion ?? "";
            if (page.Metadata?.Continue is { Length: > 0 } again && again == next)
                throw new ClusterFailure(ClusterFailureKind.Garbled, $"cluster {server.Name}: the list of {resource.Name} does not end");
            next = page.Metadata?.Continue;
        }
        while (!string.IsNullOrEmpty(next));
        return new ListedObjects<TState>(found.Values, version);
    }

    /// <summary>An object with its identity; null when it has none.</summary>
    /// <param name="resource">Its kind.</param>
    /// <param name="served">What was served.</param>
    /// <returns>The object.</returns>
    public static SeenObject<TState>? Seen(Resource<TServed, TState> resource, TServed served) =>
        resource.Meta(served) is { Name.Length: > 0 } meta
            ? new SeenObject<TState>(meta.Namespace ?? "", meta.Name, meta.ResourceVersion ?? "", resource.State(served))
            : null;

    private async Task<ServedPage<TServed>> PageAsync(string? next, CancellationToken cancellationToken)
    {
        var path = FormattableString.Invariant($"{resource.PathIn(space)}&limit={limits.PageSize}");
        if (!string.IsNullOrEmpty(next)) path += $"&continue={Uri.EscapeDataString(next)}";
        await using var body = await server.GetAsync(path, cancellationToken);
        await using var slim = new SlimStream(body, new UnreadParts(resource.Unread));
        using var bytes = new PageBytes();
        if (!await bytes.FillAsync(slim, limits.PageBytes, cancellationToken))
            throw new ClusterFailure(ClusterFailureKind.Garbled, $"cluster {server.Name}: a page of {resource.Name} is larger than {limits.PageBytes} bytes");
        try
        {
            // At once: parsing a stream's pieces costs half as much again.
            var page = JsonSerializer.Deserialize(bytes.Span, resource.Page);
            if (page is { Metadata.ResourceVersion.Length: > 0 }) return page;
        }
        catch (JsonException failure)
        {
            throw new ClusterFailure(ClusterFailureKind.Garbled, $"cluster {server.Name}: the list of {resource.Name} can't be read at {failure.Path}");
        }

        throw new ClusterFailure(ClusterFailureKind.Garbled, $"cluster {server.Name}: the list of {resource.Name} has no version");
    }
}
