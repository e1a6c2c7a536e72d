namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>Whether there is anything to judge: what was read, when, and which Application speaks.</summary>
internal static class ReadingRules
{
    private const string Project = "AppProject";

    // A project is only read to explain a wait; without it there is less to say, and nothing wrong.
    public static Verdict? WhatCouldNotBeRead(RolloutCase c) =>
        c.Seen.Unread.FirstOrDefault(unread => unread.Kind != Project) is { } first
            ? Verdict.Of(VerdictKind.Unknown, ReasonCodes.NotReadable, [.. c.Seen.Unread.Select(unread => new Evidence(unread.Kind, unread.Reason))])
                with { Detail = first.Reason }
            : null;

    public static Verdict? AnOldPicture(RolloutCase c) =>
        c.Now - c.Seen.ObservedAt > c.Limits.ObservationAge
            ? Verdict.Of(VerdictKind.Unknown, ReasonCodes.StaleObservation, new Evidence("observedAt", Witness.Time(c.Seen.ObservedAt)))
            : null;

    public static Verdict? ARemoval(RolloutCase c) =>
        !c.Promise.IsRetired ? null
        : c.Seen.Applications.IsEmpty ? Verdict.Of(VerdictKind.Retired, ReasonCodes.Removed, Witness.Commit(c), Count(c))
        : Verdict.Of(VerdictKind.Waiting, ReasonCodes.BeingRemoved, Witness.Commit(c), Count(c));

    public static Verdict? NoneOrSeveralApplications(RolloutCase c) => c.Seen.Applications.Length switch
    {
        1 => null,
        0 when c.Now - c.Promise.LandedAt < c.Limits.MissingGrace => Verdict.Of(VerdictKind.Waiting, ReasonCodes.ApplicationPending, Count(c)),
        0 => Verdict.Of(VerdictKind.Missing, ReasonCodes.ApplicationMissing, Count(c)),
        _ => Verdict.Of(VerdictKind.Unknown, ReasonCodes.AmbiguousApplication, Count(c)) with
        {
            Detail = string.Join(", ", c.Seen.Applications.Select(application => $"{application.Namespace}/{application.Name}")),
        },
    };

    public static Verdict? AnApplicationThatGoes(RolloutCase c) =>
        c.Application.DeletionTimestamp is { } time
            ? Verdict.Of(VerdictKind.Missing, ReasonCodes.ApplicationBeingDeleted, new Evidence("application.metadata.deletionTimestamp", Witness.Time(time)))
            : null;

    public static Verdict? ASourceOfAnother(RolloutCase c) =>
        c.Source is null
            ? Verdict.Of(VerdictKind.Unknown, ReasonCodes.NoMatchingSource, [.. c.Application.Spec.Sources.Select((source, i) =>
                new Evidence($"application.spec.sources[{i}]", $"{source.RepoUrl} {source.Path ?? source.Chart}"))])
                with { Detail = $"no source reads {c.Promise.Overlay.Path} of {c.Promise.Overlay.Repository}" }
            : null;

    private static Evidence Count(RolloutCase c) =>
        new("applications", c.Seen.Applications.IsEmpty ? "none" : string.Join(", ", c.Seen.Applications.Select(application => application.Name)));
}
