namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>How far the Deployment is.</summary>
internal static class RollRules
{
    // 0 updated of 0 wanted holds at once, while the old pod still terminates.
    public static Verdict? NoPodsWanted(RolloutCase c)
    {
        if (c.Deployment is not { Replicas: 0 } deployment || !Roll.IsObserved(deployment)) return null;
        var left = c.Pods.ToList();
        return deployment.Status.Replicas > 0 || deployment.Status.TerminatingReplicas > 0 || left.Count > 0
            ? Verdict.Of(VerdictKind.Rolling, ReasonCodes.ScalingDown, [Witness.Counts(deployment), .. left.Select(Witness.Pod)]) with { Progress = new RollProgress(0, 0), Revision = c.Revision }
            : Verdict.Of(VerdictKind.ScaledToZero, ReasonCodes.NoPodsWanted, Witness.Revision(c), Witness.Hash(c), Witness.Counts(deployment)) with { Revision = c.Revision };
    }

    public static Verdict? ADeploymentThatRolls(RolloutCase c)
    {
        if (c.Deployment is not { } deployment || Roll.IsComplete(c, deployment)) return null;
        if (deployment.Paused && Roll.IsObserved(deployment))
            return Verdict.Of(VerdictKind.Blocked, ReasonCodes.DeploymentPaused, new Evidence("deployment.spec.paused", "true"), Witness.Counts(deployment));
        var trouble = Trouble(c, deployment);
        return Roll.IsObserved(deployment) && Roll.Deadline(c, deployment) is { } condition
            ? Verdict.Of(VerdictKind.Failed, ReasonCodes.ProgressDeadlineExceeded, [Deadline(condition), .. Parts(c, deployment)]) with { Detail = trouble ?? condition.Message, Revision = c.Revision }
            : Verdict.Of(VerdictKind.Rolling, trouble is null ? ReasonCodes.RollingOut : ReasonCodes.PodTrouble, [.. Parts(c, deployment)]) with
            {
                Detail = trouble,
                Progress = new RollProgress(Roll.ReadyPods(c), deployment.Replicas),
                Revision = c.Revision,
            };
    }

    private static string? Trouble(RolloutCase c, DeploymentState deployment) =>
        c.NewPods.Select(PodTrouble.Of).FirstOrDefault(trouble => trouble is not null)
        ?? deployment.Status.Conditions.FirstOrDefault(condition => condition is { Type: "ReplicaFailure", Status: "True" })?.Message;

    private static IEnumerable<Evidence> Parts(RolloutCase c, DeploymentState deployment) =>
        [Witness.Hash(c), Witness.Generation(deployment), Witness.Counts(deployment), Witness.Newest(c), .. c.Pods.Select(Witness.Pod)];

    private static Evidence Deadline(ObjectCondition condition) => new("deployment.status.conditions[Progressing]", condition.Message ?? condition.Reason ?? "");
}
