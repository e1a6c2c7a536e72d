using System.Buffers;
using System.Text.Json;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>How a watch ended.</summary>
internal enum WatchEnd
{
    /// <summary>By its time-out: the next one goes on where it ended.</summary>
    Resume,

    /// <summary>The connection broke: the next one goes on after a breath.</summary>
    Broke,

    /// <summary>Its version is gone (410), or it never spoke: only a list tells what is true.</summary>
    List,
}

/// <summary>One watch from a version on.</summary>
internal sealed class Watcher<TServed, TState>(ApiServer server, Resource<TServed, TState> resource, string? space, ClusterLimits limits)
    where TServed : class
    where TState : class
{
    private Exception? fault;
    private bool gone;
    private bool spoke;

    /// <summary>The last version that was told; bookmarks move it while nothing changes.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Reads until it ends.</summary>
    /// <param name="version">Where it goes on.</param>
    /// <param name="opened">Called when the server has granted it.</param>
    /// <param name="take">Gets ADDED, MODIFIED, DELETED with its object, and BOOKMARK with none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ClusterFailure">The server refused it, or spoke nonsense.</exception>
    public async Task<WatchEnd> WatchAsync(
        string version, Action opened, Action<string, SeenObject<TState>?> take, CancellationToken cancellationToken)
    {
        Version = version;
        (gone, spoke, fault) = (false, false, null);
        try
        {
            await using var body = await server.GetAsync(PathFrom(version), cancellationToken);
            opened();
            await WatchLines.ReadAsync(body, limits.EventBytes, line => TakeLine(line, take), cancellationToken);
        }
        catch (ClusterFailure failure) when (failure.Kind is ClusterFailureKind.Gone or ClusterFailureKind.Silent)
        {
            return WatchEnd.List;
        }
        catch (ClusterFailure failure) when (failure.Kind is ClusterFailureKind.Unreachable && spoke)
        {
            return WatchEnd.Broke;
        }

        if (fault is not null) throw fault;
        return gone || !spoke ? WatchEnd.List : WatchEnd.Resume;
    }

    private string PathFrom(string version) => FormattableString.Invariant(
        $"{resource.PathIn(space)}&watch=1&allowWatchBookmarks=true&resourceVersion={Uri.EscapeDataString(version)}&timeoutSeconds={(int)limits.Watch.TotalSeconds}");

    private bool TakeLine(ReadOnlySequence<byte> line, Action<string, SeenObject<TState>?> take)
    {
        try
        {
            return Take(line, take);
        }
        catch (JsonException failure)
        {
            fault = new ClusterFailure(ClusterFailureKind.Garbled, $"cluster {server.Name}: an event of {resource.Name} can't be read at {failure.Path}");
            return false;
        }
    }

    private bool Take(ReadOnlySequence<byte> line, Action<string, SeenObject<TState>?> take)
    {
        var head = Read(line, ServedJson.Default.ServedHead);
        if (head?.Type == "ERROR") return TakeError(head.Object);
        spoke = true;
        var isChange = head?.Type is "ADDED" or "MODIFIED" or "DELETED";
        if (isChange && Read(line, resource.Event)?.Object is { } served && Lister<TServed, TState>.Seen(resource, served) is { } seen) take(head!.Type!, seen);
        else take("BOOKMARK", null);
        Version = Later(head?.Object?.Metadata?.ResourceVersion);
        return true;
    }

    private bool TakeError(ServedHeadObject? status)
    {
        gone = status?.Code == 410;
        if (!gone) fault = new ClusterFailure(ClusterFailureKind.Busy, $"cluster {server.Name}: the watch of {resource.Name} ended: {status?.Code} {status?.Message}");
        return false;
    }

    private string Later(string? version) =>
        version is null || (ulong.TryParse(version, out var told) && ulong.TryParse(Version, out var known) && told < known) ? Version : version;

    private static T? Read<T>(ReadOnlySequence<byte> line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        var reader = new Utf8JsonReader(line);
        return JsonSerializer.Deserialize(ref reader, type);
    }
}
