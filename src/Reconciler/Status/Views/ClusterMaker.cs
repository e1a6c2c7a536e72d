using System.Globalization;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>Shows what was proven of an instance, and what was seen of it in its cluster.</summary>
internal static class ClusterMaker
{
    /// <summary>The proof.</summary>
    /// <param name="proof">What was proven.</param>
    /// <returns>The view.</returns>
    public static ProofView Proof(InstanceProof proof)
    {
        var (verdict, change) = (proof.Verdict, proof.Promise.Change);
        return new ProofView(
            StatusWords.Verdict(verdict.Kind),
            verdict.Reason,
            StatusWords.Given(verdict.Detail),
            NextStep.Of(verdict.Reason),
            StatusWords.Time(verdict.At),
            verdict.LeadTime is { } lead ? (long)lead.TotalSeconds : null,
            verdict.Proof?.ToString().ToLowerInvariant(),
            verdict.Progress is { } roll ? string.Create(CultureInfo.InvariantCulture, $"{roll.Ready}/{roll.Wanted}") : null,
            change.Commit.Text,
            StatusWords.Time(change.LandedAt),
            [.. verdict.Evidence.Select(each => new EvidenceView(each.Field, StatusWords.Cut(each.Value)))],
            [.. verdict.Findings.Select(each => new FindingView(each.Code, StatusWords.Cut(each.Text)))]);
    }

    /// <summary>The Application.</summary>
    /// <param name="seen">What was seen.</param>
    /// <returns>The view; null when there is none, or several.</returns>
    public static ApplicationView? Application(RolloutObservation seen)
    {
        if (seen.Applications is not [var application]) return null;
        var (status, sync) = (application.Status, application.Status.Sync);
        return new ApplicationView(
            $"{application.Namespace}/{application.Name}",
            sync.Status,
            status.Health,
            sync.Revisions.IsEmpty ? sync.Revision : string.Join(", ", sync.Revisions),
            status.OperationState?.Phase,
            StatusWords.Given(status.OperationState?.Message),
            [.. status.Conditions.Select(condition => StatusWords.Cut($"{condition.Type}: {condition.Message}"))]);
    }

    /// <summary>The Deployment.</summary>
    /// <param name="seen">What was seen.</param>
    /// <returns>The view; null when there is none, or several.</returns>
    public static DeploymentView? Deployment(RolloutObservation seen)
    {
        if (seen.Deployments is not [var deployment]) return null;
        var sets = seen.ReplicaSets.Where(set => set.OwnerUid == deployment.Uid).Select(set => set.Uid).ToHashSet(StringComparer.Ordinal);
        var status = deployment.Status;
        return new DeploymentView(
            $"{deployment.Namespace}/{deployment.Name}",
            deployment.Template.AddonsHash,
            deployment.Replicas,
            status.ReadyReplicas,
            status.UpdatedReplicas,
            deployment.Paused,
            [.. seen.Pods.Where(pod => pod.OwnerUid is { } owner && sets.Contains(owner)).Select(Pod)]);
    }

    private static PodView Pod(PodState pod) => new(
        pod.Name,
        pod.DeletionTimestamp is not null ? "Terminating" : pod.Phase ?? "Unknown",
        pod.AddonsHash,
        [.. pod.InitContainers.Concat(pod.Containers).Where(IsWorthWords).Select(Words)]);

    // A container that waits for those before it has nothing to say.
    private static bool IsWorthWords(ContainerState container) =>
        (container.Phase == ContainerPhase.Waiting && container.Reason is not ("PodInitializing" or "ContainerCreating")) || (container.Phase == ContainerPhase.Terminated && container.ExitCode is not (null or 0)) || container.RestartCount > 0;

    private static string Words(ContainerState container)
    {
        var state = container.Reason ?? container.Phase.ToString();
        var restarts = container.RestartCount > 0 ? string.Create(CultureInfo.InvariantCulture, $", restarted {container.RestartCount} times") : string.Empty;
        return StatusWords.Cut($"{container.Name}: {state}{(container.Message is { Length: > 0 } said ? $" ({said})" : string.Empty)}{restarts}");
    }
}
