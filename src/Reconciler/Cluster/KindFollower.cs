using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>
/// Keeps one kind of one cluster (or of one namespace of it) up to date:
/// <code>
/// list ──► watch ──► time-out ──► watch …                     every Relist: list
///   ▲        ├─ broke ──► a breath ──► watch
///   │        └─ 410, never spoke, no byte for Silence ──────► list
///   └── refused, unreachable, nonsense: say so, wait longer each time
/// </code>
/// </summary>
internal sealed class KindFollower<TServed, TState>
    where TServed : class
    where TState : class
{
    private readonly ApiServer server;
    private readonly Resource<TServed, TState> resource;
    private readonly string? space;
    private readonly ClusterLimits limits;
    private readonly TimeProvider time;
    private readonly KindShelf<TState> shelf;
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<ImmutableArray<ChangedObject>> publish = static _ => { };
    private string? mayNotWatch;
    private volatile KindReading<TState> reading = KindReading<TState>.Nothing;

    public KindFollower(ApiServer server, Resource<TServed, TState> resource, string? space, (ClusterLimits Limits, TimeProvider Time) pace)
    {
        this.server = server;
        this.resource = resource;
        this.space = space;
        (limits, time) = pace;
        shelf = new KindShelf<TState>(resource.Group);
    }

    /// <summary>What is known; may be read at any time.</summary>
    public KindReading<TState> Reading => reading;

    /// <summary>Done when the kind was listed, or found unreadable, for the first time.</summary>
    public Task First => first.Task;

    /// <summary>Lists once; a failure becomes the reading's trouble.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task ReadOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ListAsync(cancellationToken);
        }
        catch (ClusterFailure failure)
        {
            Doubt(failure, "list");
        }
    }

    /// <summary>Lists and watches until it is cancelled.</summary>
    /// <param name="changed">Called after <see cref="Reading"/> has changed, with the objects that did.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that only ends by cancellation.</returns>
    public async Task RunAsync(Action<ImmutableArray<ChangedObject>> changed, CancellationToken cancellationToken)
    {
        publish = changed;
        var delays = new Delays(limits, time);
        while (true)
        {
            var verb = "list";
            TimeSpan? asked = null;
            try
            {
                var version = await ListAsync(cancellationToken);
                verb = "watch";
                await WatchAsync(version, delays, cancellationToken);
                continue;
            }
            catch (ClusterFailure failure)
            {
                asked = failure.RetryAfter;
                Doubt(failure, verb);
            }

            await delays.WaitAsync(asked, cancellationToken);
        }
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var listed = await new Lister<TServed, TState>(server, resource, space, limits).ListAsync(cancellationToken);
        var changed = shelf.Replace(listed.Objects, time.GetUtcNow());
        if (mayNotWatch is not null) shelf.Doubt(mayNotWatch, TroubleCause.Right);
        var recovered = reading.Trouble != shelf.Reading.Trouble;
        Show();
        if (changed.Count > 0 || recovered || !first.Task.IsCompleted) publish([.. changed.Select(Name)]);
        first.TrySetResult();
        return listed.Version;
    }

    /// <summary>Watches again and again, until a list is needed.</summary>
    private async Task WatchAsync(string version, Delays delays, CancellationToken cancellationToken)
    {
        var listedAt = time.GetTimestamp();
        var watcher = new Watcher<TServed, TState>(server, resource, space, limits);
        while (time.GetElapsedTime(listedAt) < limits.Relist)
        {
            var openedAt = time.GetTimestamp();
            var end = await watcher.WatchAsync(version, Granted, Take, cancellationToken);
            version = watcher.Version;
            var lasted = time.GetElapsedTime(openedAt) >= limits.FirstDelay;
            if (lasted) delays.Reset();
            if (end != WatchEnd.Resume || !lasted) await delays.WaitAsync(null, cancellationToken);
            if (end == WatchEnd.List) return;
        }
    }

    private void Granted()
    {
        if (mayNotWatch is null) return;
        mayNotWatch = null;
        shelf.Trust();
        Show();
        publish([]);
    }

    private void Take(string type, SeenObject<TState>? seen)
    {
        var now = time.GetUtcNow();
        var isNews = seen is not null && (type == "DELETED" ? shelf.Remove(seen, now) : shelf.Put(seen, now));
        if (!isNews) shelf.Heard(now);
        Show();
        if (isNews) publish([Name((seen!.Namespace, seen.Name))]);
    }

    private void Doubt(ClusterFailure failure, string verb)
    {
        var words = Words(failure, verb);
        if (verb == "watch" && failure.Kind == ClusterFailureKind.Forbidden) mayNotWatch = words;
        var isNews = shelf.Doubt(words, failure.Kind switch
        {
            ClusterFailureKind.Forbidden or ClusterFailureKind.NotFound => TroubleCause.Right,
            ClusterFailureKind.Unauthorized => TroubleCause.Credentials,
            _ => TroubleCause.Unreachable,
        });
        Show();
        if (isNews) publish([]);
        first.TrySetResult();
    }

    private string Words(ClusterFailure failure, string verb) => failure.Kind switch
    {
        ClusterFailureKind.Forbidden => $"missing right: {verb} {resource.Name}{(space is null ? "" : $" in namespace {space}")} in cluster {server.Name} (403)",
        ClusterFailureKind.NotFound => $"cluster {server.Name} does not serve {resource.Name} (404)",
        ClusterFailureKind.Unauthorized => $"cluster {server.Name} does not accept the credentials (401)",
        _ => failure.Message,
    };

    private ChangedObject Name((string Namespace, string Name) key) => new(server.Name, resource.Kind, key.Namespace, key.Name);

    private void Show() => reading = shelf.Reading;
}
