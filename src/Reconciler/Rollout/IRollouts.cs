using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>A new reading, and in what it differs from the one before.</summary>
/// <param name="Reading">Everything that is known now.</param>
/// <param name="Changed">Objects that were added, changed or deleted; empty when only a kind's trouble came or went.</param>
internal sealed record FleetChange(FleetReading Reading, ImmutableArray<ChangedObject> Changed);

/// <summary>How thoroughly Argo CD shall look again.</summary>
internal enum RefreshKind
{
    /// <summary>Compares with the branch's head.</summary>
    Normal,

    /// <summary>Also throws the rendered manifests away. Only to repair "Synced, but the old hash".</summary>
    Hard,
}

/// <summary>What came of a wish for a refresh.</summary>
internal enum RefreshAnswer
{
    /// <summary>The Application was annotated; it is done when <see cref="ApplicationState.Refresh"/> is gone.</summary>
    Asked,

    /// <summary>It was asked for less than three minutes ago, or less than the back-off after requests that were lost.</summary>
    TooSoon,

    /// <summary>The right to patch applications is missing.</summary>
    Forbidden,

    /// <summary>There is no such Application.</summary>
    Missing,
}

/// <summary>What is told of an Application among its Kubernetes Events.</summary>
/// <param name="Key">Names it: told twice under one key, it is there once. Lower-case letters, digits, dots and hyphens.</param>
/// <param name="Reason">One word in upper camel case.</param>
/// <param name="Message">A sentence; what is longer than 1,000 characters is cut.</param>
/// <param name="IsWarning">Whether somebody should look.</param>
internal sealed record FleetEvent(string Key, string Reason, string Message, bool IsWarning);

/// <summary>
/// The port to the clusters. Nothing is known to be true because it is said here: a reading is what API servers said, and
/// each kind says when it was last heard of and what stands in the way. A fault of the world never throws from a reading;
/// it becomes the kind's <see cref="KindReading{T}.Trouble"/>.
/// </summary>
internal interface IRollouts : IDisposable
{
    /// <summary>Lists every kind of every cluster once.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The reading.</returns>
    Task<FleetReading> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Lists, then watches, for as long as it is enumerated. The first change comes when every kind was listed or found
    /// unreadable, and names every object; after that, changes that come together are given together.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Changes, without end.</returns>
    IAsyncEnumerable<FleetChange> FollowAsync(CancellationToken cancellationToken);

    /// <summary>Asks Argo CD to compare an Application with Git now. With events, which are off by default, it is all that is written to a cluster.</summary>
    /// <param name="application">The Application, in Argo CD's cluster.</param>
    /// <param name="kind">How thoroughly.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What came of it; a cluster that can't be reached throws.</returns>
    Task<RefreshAnswer> RefreshAsync(ApplicationState application, RefreshKind kind, CancellationToken cancellationToken);

    /// <summary>Tells something among the events of an Application.</summary>
    /// <param name="application">The Application, in Argo CD's cluster.</param>
    /// <param name="told">What is told.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False: the right to create events is missing. A cluster that can't be reached throws.</returns>
    Task<bool> TellAsync(ApplicationState application, FleetEvent told, CancellationToken cancellationToken);
}
