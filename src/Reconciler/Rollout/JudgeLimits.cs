namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>How long things may take before they are called by another name.</summary>
internal sealed record JudgeLimits
{
    /// <summary>How old an observation may be. Default 5 min.</summary>
    public TimeSpan ObservationAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a new instance may lack its Application, since an ApplicationSet may lag. Default 10 min.</summary>
    public TimeSpan MissingGrace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an automated sync may not start before a sync window is thought of. Default 3 min.</summary>
    public TimeSpan SyncWindowGrace { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long waiting and rolling may last. Default 30 min.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromMinutes(30);
}
