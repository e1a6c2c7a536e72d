namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>What keeps a pod from being ready, in the words that kubectl shows.</summary>
internal static class PodTrouble
{
    /// <summary>Reasons that every healthy start goes through.</summary>
    private static readonly string[] Usual = ["PodInitializing", "ContainerCreating", "Completed"];

    /// <summary>The first trouble: init containers in their order, then containers, then the pod; null: none is known.</summary>
    public static string? Of(PodState pod) =>
        pod.InitContainers.Concat(pod.Containers).Select(Of).FirstOrDefault(trouble => trouble is not null)
        ?? Unscheduled(pod) ?? (pod.Phase == "Failed" ? $"{pod.Name} {pod.Reason ?? "Failed"}" : null);

    public static bool IsReady(PodState pod) => pod.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" });

    public static DateTimeOffset? ReadySince(PodState pod) =>
        pod.Conditions.FirstOrDefault(condition => condition is { Type: "Ready", Status: "True" })?.LastTransitionTime;

    private static string? Of(ContainerState container) => container switch
    {
        { Phase: ContainerPhase.Waiting, Reason: { } reason } when !Usual.Contains(reason, StringComparer.Ordinal) => $"{container.Name} {reason}",
        { Phase: ContainerPhase.Terminated, ExitCode: not (null or 0) } => $"{container.Name} {container.Reason ?? "Error"}",
        _ => null,
    };

    private static string? Unscheduled(PodState pod) =>
        pod.Conditions.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "False" }) is { } condition
            ? $"{pod.Name} {condition.Reason ?? "Unschedulable"}"
            : null;
}
