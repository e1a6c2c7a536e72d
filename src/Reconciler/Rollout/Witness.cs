using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>Evidence in the words of the objects it was read from.</summary>
internal static class Witness
{
    private const string Absent = "(none)";

    public static Evidence Sync(RolloutCase c) => new("application.status.sync.status", c.Status.Sync.Status ?? Absent);

    public static Evidence Revision(RolloutCase c) => new(
        c.Application.Spec.IsMultiSource ? $"application.status.sync.revisions[{c.Source}]" : "application.status.sync.revision", c.Revision ?? Absent);

    public static Evidence OperationRevision(RolloutCase c) =>
        new("application.status.operationState.operation.sync.revision", c.OperationRevision ?? Absent);

    public static Evidence Blob(RolloutCase c) => new("git.overlayBlob", c.Fact.OverlayBlob ?? Absent);

    public static Evidence ExpectedBlob(RolloutCase c) => new("expected.overlayBlob", c.Promise.OverlayBlob ?? Absent);

    public static Evidence Commit(RolloutCase c) => new("expected.commit", c.Promise.Commit);

    public static Evidence Reconciled(RolloutCase c) => new("application.status.reconciledAt", Time(c.Status.ReconciledAt));

    public static Evidence Finished(RolloutCase c) => new("application.status.operationState.finishedAt", Time(c.Operation?.FinishedAt));

    public static Evidence Phase(RolloutCase c) => new("application.status.operationState.phase", c.Operation?.Phase ?? Absent);

    public static Evidence Message(RolloutCase c) => new("application.status.operationState.message", c.Operation?.Message ?? Absent);

    public static Evidence Condition(ApplicationCondition condition) => new($"application.status.conditions[{condition.Type}].message", condition.Message);

    public static Evidence Hash(RolloutCase c) =>
        new("deployment.spec.template.metadata.annotations[odoosky.io/addons-hash]", c.Deployment?.Template.AddonsHash ?? Absent);

    public static Evidence ExpectedHash(RolloutCase c) => new("expected.hash", c.Promise.Hash.Value ?? Absent);

    public static Evidence Generation(DeploymentState deployment) =>
        new("deployment.status.observedGeneration", $"{Number(deployment.Status.ObservedGeneration)} of {Number(deployment.Generation)}");

    /// <summary>All counts that say whether a Deployment rolled.</summary>
    public static Evidence Counts(DeploymentState deployment)
    {
        var status = deployment.Status;
        return new("deployment.status", string.Create(
            CultureInfo.InvariantCulture,
            $"{status.UpdatedReplicas} updated, {status.AvailableReplicas} available, {status.Replicas} there, of {deployment.Replicas} wanted"));
    }

    public static Evidence Newest(RolloutCase c) => new("replicaSet.metadata.name", c.Newest?.Name ?? Absent);

    public static Evidence Pod(PodState pod) => new($"pod[{pod.Name}]", pod.DeletionTimestamp is not null ? "terminating" : PodTrouble.IsReady(pod) ? "ready" : "not ready");

    public static string Time(DateTimeOffset? time) =>
        time is { } at ? UtcTime.Write(at) : Absent;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
