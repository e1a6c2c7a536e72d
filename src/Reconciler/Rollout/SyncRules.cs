namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>What Argo CD did with the revision: the operation, and whether the cluster is as rendered.</summary>
internal static class SyncRules
{
    // Argo CD's own words; the operation's phase stays Running meanwhile.
    private const string WindowWords = "blocked by sync window";

    public static Verdict? ASyncThatRuns(RolloutCase c)
    {
        if (!c.InOperation) return null;
        if (AnOlderRevisionIsRetried(c) is { } older) return older;
        if (IsOfALaterChange(c)) return ASyncOfALaterChange(c);
        if (IsRetrying(c)) return Verdict.Of(VerdictKind.Waiting, ReasonCodes.SyncRetried, Witness.Phase(c), Witness.Finished(c), Witness.Message(c)) with { Detail = c.Operation?.Message };
        return c.Operation is { Phase: "Running", Message: { } words } && words.Contains(WindowWords, StringComparison.OrdinalIgnoreCase)
            ? Verdict.Of(VerdictKind.Blocked, ReasonCodes.SyncWindow, Witness.Phase(c), Witness.Message(c))
            : Verdict.Of(VerdictKind.Waiting, ReasonCodes.SyncRunning, Witness.Phase(c), Witness.OperationRevision(c));
    }

    /// <summary>A fix waits until the retries of an older revision are used up; a person can end them.</summary>
    public static Verdict? AnOlderRevisionIsRetried(RolloutCase c) =>
        c.Operation is { Phase: "Running", RetryCount: > 0 } && c.Promise.Revisions.Of(c.OperationRevision) is { Relation: RevisionRelation.Lacks }
            ? Verdict.Of(VerdictKind.Waiting, ReasonCodes.OlderRevisionRetried, Witness.OperationRevision(c), Witness.Revision(c), Witness.Message(c))
                with { Detail = Retries(c) }
            : null;

    public static Verdict? ASyncOfOursThatFailed(RolloutCase c) =>
        c.Operation is { Phase: "Failed" or "Error" } && IsOfOurs(c)
            ? Verdict.Of(VerdictKind.Failed, ReasonCodes.SyncFailed, Witness.Phase(c), Witness.OperationRevision(c), Witness.Message(c))
                with { Detail = c.Operation.Message }
            : ASyncError(c);

    // Whole seconds on both sides: the same second proves little, and is all there is.
    public static Verdict? AStatusOlderThanTheSync(RolloutCase c) =>
        c.Operation?.FinishedAt is { } finished && !(c.Status.ReconciledAt >= finished)
            ? Verdict.Of(VerdictKind.Waiting, ReasonCodes.StatusOlderThanSync, Witness.Sync(c), Witness.Reconciled(c), Witness.Finished(c))
            : null;

    public static Verdict? OutOfSync(RolloutCase c)
    {
        if (c.Status.Sync.Status != "OutOfSync" || DiffersElsewhere(c)) return null;
        if (!c.Application.Spec.Automated)
            return Verdict.Of(VerdictKind.Blocked, ReasonCodes.ManualSync, Witness.Sync(c), Witness.Revision(c), new Evidence("application.spec.syncPolicy.automated", "(none)"));
        return SyncWindows.For(c.Application, c.Seen.Project) is { } window && c.Now - Since(c) > c.Limits.SyncWindowGrace
            ? Verdict.Of(VerdictKind.Blocked, ReasonCodes.SyncWindowLikely, Witness.Sync(c), new Evidence("appProject.spec.syncWindows", $"{window.Kind} {window.Schedule} {window.Duration}"))
                with { Detail = $"{window.Kind} {window.Schedule} for {window.Duration}" }
            : Verdict.Of(VerdictKind.Waiting, ReasonCodes.OutOfSync, Witness.Sync(c), Witness.Revision(c));
    }

    public static Verdict? AnUnknownSyncStatus(RolloutCase c) =>
        c.Status.Sync.Status is "Synced" or "OutOfSync" ? null : Verdict.Of(VerdictKind.Unknown, ReasonCodes.SyncStatusUnknown, Witness.Sync(c));

    // Ours was deployed and its hash stands: what differs is something else, and no sync is awaited that could roll or mend the
    // pods, so they decide. "Succeeded" alone is no proof, since an operation was seen to succeed without applying anything.
    private static bool DiffersElsewhere(RolloutCase c) => c.CarriesHash && WasDeployed(c);

    private static bool WasDeployed(RolloutCase c) =>
        (c.Operation is { Phase: "Succeeded" } && IsOfOurs(c))
        || (c.Status.History is [.., var last] && c.IsOurs(c.Promise.Revisions.Of(c.At(last.Revisions))));

    // The status still speaks of ours while a later change is asked for: ours is live until the Deployment is told otherwise.
    private static Verdict? ASyncOfALaterChange(RolloutCase c) =>
        c.CarriesHash && Roll.IsComplete(c, c.Deployment!) ? null
        : Verdict.Of(VerdictKind.Superseded, ReasonCodes.LaterChange, Witness.OperationRevision(c), Witness.Revision(c), Witness.Phase(c))
            with { Revision = c.Promise.NextChange?.Commit ?? c.OperationRevision };

    // "Failed last sync attempt to [<commit>]: …" stays after the operation is gone.
    private static Verdict? ASyncError(RolloutCase c) =>
        c.Status.Conditions.FirstOrDefault(condition => condition.Type == "SyncError") is { } error
        && c.Revision is { } revision && error.Message.Contains(revision, StringComparison.Ordinal)
            ? Verdict.Of(VerdictKind.Failed, ReasonCodes.SyncFailed, Witness.Condition(error), Witness.Revision(c)) with { Detail = error.Message }
            : null;

    private static bool IsOfOurs(RolloutCase c) => c.IsOurs(c.Promise.Revisions.Of(c.OperationRevision));

    private static bool IsOfALaterChange(RolloutCase c) =>
        c.Promise.Revisions.Of(c.OperationRevision) is { Relation: RevisionRelation.Contains } fact && !c.IsOurs(fact);

    private static bool IsRetrying(RolloutCase c) => c.Operation is { Phase: "Running", FinishedAt: not null, RetryCount: > 0 };

    private static DateTimeOffset Since(RolloutCase c) =>
        c.Operation?.FinishedAt is { } finished && finished > c.Promise.LandedAt ? finished : c.Promise.LandedAt;

    private static string Retries(RolloutCase c) =>
        c.Operation?.Operation?.RetryLimit is { } limit ? $"retry {c.Operation.RetryCount} of {limit}" : $"retry {c.Operation?.RetryCount}";
}
