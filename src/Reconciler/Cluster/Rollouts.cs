using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>The clusters of a target. See <see cref="IRollouts"/>.</summary>
internal sealed class Rollouts : IRollouts
{
    private readonly ImmutableArray<ApiServer> servers;
    private readonly ImmutableArray<string> argocdNamespaces;
    private readonly ImmutableSortedDictionary<string, string> destinations;
    private readonly ClusterLimits limits;
    private readonly TimeProvider time;
    private readonly Refreshing refreshing;
    private readonly EventWriter events;

    /// <summary>Opens the clusters; nothing is asked yet.</summary>
    /// <param name="plan">Which clusters, and which destinations are which.</param>
    /// <param name="limits">How long, how much, how often.</param>
    /// <param name="time">The clock.</param>
    public Rollouts(ClusterPlan plan, ClusterLimits limits, TimeProvider time)
    {
        servers = [.. plan.Clusters.Select(access => new ApiServer(access, limits, time))];
        argocdNamespaces = plan.ArgocdNamespaces;
        destinations = plan.Destinations;
        this.limits = limits;
        this.time = time;
        var home = servers.First(server => server.Name == FleetReading.This);
        refreshing = new Refreshing(home, limits, time);
        events = new EventWriter(home, time);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var server in servers) server.Dispose();
    }

    /// <inheritdoc/>
    public async Task<FleetReading> ReadAsync(CancellationToken cancellationToken)
    {
        var followers = Followers();
        await Task.WhenAll(followers.Select(one => one.ReadOnceAsync(cancellationToken)));
        return Read(followers);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FleetChange> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var changes = Channel.CreateUnbounded<ImmutableArray<ChangedObject>>(new UnboundedChannelOptions { SingleReader = true });
        var followers = Followers();
        var runs = followers.SelectMany(one => one.Run(changed => changes.Writer.TryWrite(changed), stop.Token)).ToList();
        var ended = EndAsync(runs, changes.Writer, stop.Token);
        try
        {
            await Task.WhenAny(Task.WhenAll(followers.Select(one => one.First)), ended);
            while (await changes.Reader.WaitToReadAsync(cancellationToken))
            {
                var changed = Drain(changes.Reader);
                yield return new FleetChange(Read(followers), changed);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await ended;
        }
    }

    /// <inheritdoc/>
    public Task<RefreshAnswer> RefreshAsync(ApplicationState application, RefreshKind kind, CancellationToken cancellationToken) =>
        refreshing.AskAsync(application, kind, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TellAsync(ApplicationState application, FleetEvent told, CancellationToken cancellationToken) => events.WriteAsync(application, told, cancellationToken);

    /// <summary>A stream ends by cancellation alone; a fault of the program ends them all, and is thrown where changes are read.</summary>
    private static async Task EndAsync(List<Task> runs, ChannelWriter<ImmutableArray<ChangedObject>> writer, CancellationToken stopped)
    {
        var first = await Task.WhenAny(runs);
        writer.TryComplete(first.IsCanceled || stopped.IsCancellationRequested ? new OperationCanceledException(stopped) : first.Exception?.InnerException);
    }

    private static ImmutableArray<ChangedObject> Drain(ChannelReader<ImmutableArray<ChangedObject>> reader)
    {
        var all = ImmutableHashSet.CreateBuilder<ChangedObject>();
        while (reader.TryRead(out var changed)) all.UnionWith(changed);
        return [.. all];
    }

    private List<ClusterFollower> Followers() =>
        [.. servers.Select(server => new ClusterFollower(server, server.Name == FleetReading.This ? argocdNamespaces : [], limits, time))];

    private FleetReading Read(List<ClusterFollower> followers) => new()
    {
        Clusters = followers.Select(one => one.Read()).ToImmutableSortedDictionary(one => one.Name, one => one, StringComparer.Ordinal),
        Destinations = destinations,
    };
}
