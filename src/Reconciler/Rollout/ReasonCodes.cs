namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>Why a verdict is what it is: stable words for programs, the same in tables, JSON, metrics and docs/explanation/is-it-live.md.</summary>
internal static class ReasonCodes
{
    // Unknown
    public const string NotReadable = "not-readable";
    public const string StaleObservation = "stale-observation";
    public const string AmbiguousApplication = "ambiguous-application";
    public const string AmbiguousDeployment = "ambiguous-deployment";
    public const string NoMatchingSource = "no-matching-source";
    public const string RevisionIsNoCommit = "revision-is-no-commit";
    public const string HistoryTooShort = "history-too-short";
    public const string HashUncertain = "hash-uncertain";
    public const string ComparisonErrorElsewhere = "comparison-error-elsewhere";
    public const string Overridden = "overridden";
    public const string LiveHashDiffers = "live-hash-differs";

    // Waiting
    public const string NotCompared = "not-compared";
    public const string OtherSpec = "other-spec";
    public const string OutOfSync = "out-of-sync";
    public const string SyncRunning = "sync-running";
    public const string SyncRetried = "sync-retried";
    public const string OlderRevisionRetried = "older-revision-retried";
    public const string StatusOlderThanSync = "status-older-than-sync";
    public const string BeingRemoved = "being-removed";

    // Blocked
    public const string ManualSync = "manual-sync";
    public const string SyncWindow = "sync-window";
    public const string SyncWindowLikely = "sync-window-likely";
    public const string DeploymentPaused = "deployment-paused";

    // Rolling
    public const string RollingOut = "rolling-out";
    public const string ScalingDown = "scaling-down";
    public const string PodTrouble = "pod-trouble";

    // Live, ScaledToZero, Superseded, Retired
    public const string Proven = "proven";
    public const string NoPodsWanted = "no-pods-wanted";
    public const string LaterChange = "later-change";
    public const string Removed = "removed";

    // Failed
    public const string ComparisonError = "comparison-error";
    public const string InvalidSpec = "invalid-spec";
    public const string SyncFailed = "sync-failed";
    public const string ProgressDeadlineExceeded = "progress-deadline-exceeded";

    // Missing
    public const string ApplicationMissing = "application-missing";
    public const string ApplicationBeingDeleted = "application-being-deleted";
    public const string ApplicationPending = "application-pending";
    public const string DeploymentMissing = "deployment-missing";
}

/// <summary>What a verdict may mention beside its reason.</summary>
internal static class FindingCodes
{
    /// <summary>Live objects differ from what Git says, though the pods are right.</summary>
    public const string LiveDrift = "live-drift";

    /// <summary>Pods were replaced though no merged change asked for it.</summary>
    public const string UnexpectedRestart = "unexpected-restart";

    /// <summary>Something else of the Application is not healthy.</summary>
    public const string OtherResourceUnhealthy = "other-resource-unhealthy";

    /// <summary>The Deployment is paused: the next change will not roll.</summary>
    public const string Paused = "deployment-paused";

    /// <summary>The Application can change what the overlay says by other inputs.</summary>
    public const string OtherInputs = "other-inputs";
}
