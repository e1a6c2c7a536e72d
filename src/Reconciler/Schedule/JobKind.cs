namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>What the service does by itself, each for one target at a time.</summary>
internal enum JobKind
{
    /// <summary>A pass: observe, plan, propose.</summary>
    Reconcile,

    /// <summary>Proves that what was merged is live, and says so where people look.</summary>
    Verify,

    /// <summary>Compares the wish, Git, Argo CD and what runs.</summary>
    Drift,

    /// <summary>Keeps the cache of the repository small and whole.</summary>
    Upkeep,
}
