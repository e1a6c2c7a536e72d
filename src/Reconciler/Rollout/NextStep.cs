namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>What to do about a verdict, in the words of docs/explanation/is-it-live.md.</summary>
internal static class NextStep
{
    private static readonly Dictionary<string, string> Steps = new(StringComparer.Ordinal)
    {
        [ReasonCodes.NoPodsWanted] = "nothing, or wake it up",
        [ReasonCodes.LaterChange] = "look at that one",
        [ReasonCodes.Removed] = "delete what data you don't keep",
        [ReasonCodes.PodTrouble] = "look at that container: image, version, its log",
        [ReasonCodes.NotCompared] = "wait, or refresh the Application",
        [ReasonCodes.OtherSpec] = "wait for the next comparison",
        [ReasonCodes.SyncRetried] = "read its message; a wrong manifest will fail again",
        [ReasonCodes.OlderRevisionRetried] = "wait until the retries are used up, or terminate that operation",
        [ReasonCodes.BeingRemoved] = "wait, or delete the Application",
        [ReasonCodes.ManualSync] = "sync it",
        [ReasonCodes.SyncWindow] = "wait for the window to end; its end alone starts nothing",
        [ReasonCodes.SyncWindowLikely] = "look at the project's windows",
        [ReasonCodes.DeploymentPaused] = "`kubectl rollout resume`",
        [ReasonCodes.ComparisonError] = "read the message; mend the overlay or the chart",
        [ReasonCodes.InvalidSpec] = "mend the Application",
        [ReasonCodes.SyncFailed] = "read the message; mend it, then sync",
        [ReasonCodes.ProgressDeadlineExceeded] = "look at the container that is named",
        [ReasonCodes.ApplicationMissing] = "look at the ApplicationSet, or at the mapping",
        [ReasonCodes.ApplicationBeingDeleted] = "find out who deletes it",
        [ReasonCodes.DeploymentMissing] = "sync with replace, or look who deleted it",
        [ReasonCodes.NotReadable] = "grant the right, or map the destination",
        [ReasonCodes.StaleObservation] = "look at the connection",
        [ReasonCodes.AmbiguousApplication] = "remove one; during a rename, wait",
        [ReasonCodes.AmbiguousDeployment] = "remove one",
        [ReasonCodes.NoMatchingSource] = "mend its source, or the mapping",
        [ReasonCodes.RevisionIsNoCommit] = "refresh the Application",
        [ReasonCodes.SyncStatusUnknown] = "look at the Application's conditions",
        [ReasonCodes.HistoryTooShort] = "fetch the whole history",
        [ReasonCodes.HashUncertain] = "see why a plan refuses it",
        [ReasonCodes.ComparisonErrorElsewhere] = "look at the newest change",
        [ReasonCodes.Overridden] = "remove them",
        [ReasonCodes.LiveHashDiffers] = "somebody edited the Deployment, or a file beside the chart overrides it",
    };

    /// <summary>What to do.</summary>
    /// <param name="reason">One of <see cref="ReasonCodes"/>.</param>
    /// <returns>A phrase; <c>wait</c> where nobody has to do anything, <c>nothing</c> where all is well.</returns>
    public static string Of(string reason) => reason == ReasonCodes.Proven ? "nothing" : Steps.GetValueOrDefault(reason, "wait");
}
