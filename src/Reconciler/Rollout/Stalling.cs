namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// Tells a wait that lasts from one that passes. Each wait has its own beginning; retries of an older revision never stall,
/// since Argo CD itself ends them.
/// </summary>
internal static class Stalling
{
    public static Verdict Check(RolloutCase c, Verdict verdict) =>
        verdict.Kind is VerdictKind.Waiting or VerdictKind.Rolling && verdict.Reason != ReasonCodes.OlderRevisionRetried
        && Begin(c, verdict) is var begin && c.Now - begin > c.Limits.StalledAfter
            ? verdict with { Kind = VerdictKind.Stalled, At = begin, Evidence = verdict.Evidence.Add(new Evidence("since", Witness.Time(begin))) }
            : verdict;

    private static DateTimeOffset Begin(RolloutCase c, Verdict verdict) => Later(c.Promise.LandedAt, verdict.Reason switch
    {
        ReasonCodes.SyncRunning or ReasonCodes.SyncRetried => c.Operation?.StartedAt,
        ReasonCodes.StatusOlderThanSync or ReasonCodes.OutOfSync => c.Operation?.FinishedAt,
        ReasonCodes.RollingOut or ReasonCodes.PodTrouble or ReasonCodes.ScalingDown => RollBegin(c),
        _ => null,
    });

    private static DateTimeOffset? RollBegin(RolloutCase c) => c.NewPods.Select(pod => pod.CreationTimestamp)
        .Append(c.Newest?.CreationTimestamp).Append(c.Operation?.FinishedAt).Append(c.Deployment?.CreationTimestamp).Max();

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
