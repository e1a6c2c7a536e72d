namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// Whether pods were replaced without a merged change that asks for it. One change needs one ReplicaSet: a second one, made
/// after Argo CD began to deploy the last change that restarts, was somebody else's wish. Without that change, or without a
/// history entry for it, nothing is claimed. A revert takes an old ReplicaSet up again and is none.
/// <code>
/// seen                                                 cause named
/// the Deployment is younger than the deployment of it  the Deployment was deleted and made again
/// restartedAt differs from the ReplicaSet before       somebody asked for a restart (kubectl rollout restart)
/// another addons hash was there in between             the live pod template was changed by hand
/// otherwise                                            something else of the live pod template changed
/// </code>
/// </summary>
internal static class RestartAlarm
{
    public static Finding? Of(RolloutCase c)
    {
        if (c.Promise.LastRestart is not { } change || c.Deployment is not { } deployment || FirstDeployment(c, change) is not { } first) return null;
        if (deployment.CreationTimestamp > first.DeployedAt) return Say("the Deployment was deleted and made again", deployment.CreationTimestamp);
        var since = c.ReplicaSets.Where(set => set.CreationTimestamp >= first.DeployStartedAt).OrderBy(set => set.CreationTimestamp).ToList();
        return since.Count > 1 && c.Newest is { } newest && newest.Uid == since[^1].Uid && newest.Uid != since[0].Uid
            ? Say(Cause(since[^2].Template, newest.Template), newest.CreationTimestamp)
            : null;
    }

    // Where older entries were dropped it is a later one, and less is claimed.
    private static SyncHistory? FirstDeployment(RolloutCase c, RestartingChange change) =>
        c.Status.History.FirstOrDefault(entry => change.Revisions.Of(c.At(entry.Revisions)).Relation == RevisionRelation.Contains);

    private static string Cause(PodTemplate before, PodTemplate now) =>
        now.RestartedAt is { } at && at != before.RestartedAt ? $"somebody asked for a restart at {at} (kubectl rollout restart)"
        : now.AddonsHash != before.AddonsHash ? "the live pod template was changed by hand"
        : "something else of the live pod template changed";

    private static Finding Say(string cause, DateTimeOffset? at) =>
        new(FindingCodes.UnexpectedRestart, $"Pods were replaced at {Witness.Time(at)} though no merged change asked for it: {cause}.");
}
