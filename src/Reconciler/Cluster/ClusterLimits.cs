namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>How long, how much and how often.</summary>
internal sealed record ClusterLimits
{
    /// <summary>Objects a page. 500 is what kubectl asks for.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>
    /// How long a watch is asked to last. Servers send a bookmark about once a minute and just before the end, so with less
    /// than a minute a living server always speaks within <see cref="Silence"/>, and a silent one is a dead one.
    /// </summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>No byte for so long: the connection is dead, whatever TCP thinks.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection and a TLS handshake may take.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Everything is listed again this often: a watch is a hint, the list is the truth.</summary>
    public TimeSpan Relist { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The wait after the first failure; it doubles up to <see cref="LongestDelay"/>, each with up to a half of it more, at random.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait, unless the server asks for a longer one.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait that a server's Retry-After is believed.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The largest event of a watch, in bytes. etcd takes objects of 1.5 MiB; a server may be set to more.</summary>
    public int EventBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The largest page of a list, in bytes, without what stands in <c>managedFields</c>.</summary>
    public int PageBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>How much of a failure's body is read, in bytes.</summary>
    public int FailureBytes { get; init; } = 64 * 1024;

    /// <summary>An Application is asked to refresh at most this often.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromMinutes(3);
}
