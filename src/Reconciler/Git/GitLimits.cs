namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>How long and how much git may take.</summary>
internal sealed record GitLimits
{
    /// <summary>Wall-clock time of a call that stays on this machine.</summary>
    public TimeSpan Local { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Wall-clock time of a fetch or a push.</summary>
    public TimeSpan Remote { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Wall-clock time of asking the remote for its refs: the first word to a server that may be dead.</summary>
    public TimeSpan Listing { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>An HTTPS transfer slower than <see cref="SlowBytes"/> a second for this long is given up; counted once the connection stands.</summary>
    public TimeSpan SlowTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes a second.</summary>
    public int SlowBytes { get; init; } = 1000;

    /// <summary>The largest blob that is read; a larger one is reported by its size alone.</summary>
    public int BlobBytes { get; init; } = 1024 * 1024;
}
