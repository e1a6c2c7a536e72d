namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>Of what Argo CD's status speaks: which spec, which revision, and how that revision stands to ours.</summary>
internal static class ComparisonRules
{
    private static readonly string[] Errors = ["ComparisonError", "InvalidSpecError", "UnknownError"];

    public static Verdict? AStatusOfAnotherSpec(RolloutCase c) =>
        c.Status.Sync is { Status: null } or { ComparedTo: null } ? Verdict.Of(VerdictKind.Waiting, ReasonCodes.NotCompared, Witness.Sync(c))
        : SpecComparison.SpeaksOf(c.Status.Sync.ComparedTo, c.Application.Spec) ? null
        : Verdict.Of(VerdictKind.Waiting, ReasonCodes.OtherSpec, Witness.Sync(c), new Evidence("application.status.sync.comparedTo", "differs from the spec"));

    // The status does not name the commit that caused an error: its revision is a branch's name, or the commit's, and all else
    // stays green. It is ours when ours was the newest overlay at the time of the comparison and is not what runs.
    public static Verdict? AComparisonThatFailed(RolloutCase c)
    {
        if (c.Status.Conditions.FirstOrDefault(condition => Errors.Contains(condition.Type, StringComparer.Ordinal)) is not { } error) return null;
        if (c.CarriesHash || WasPast(c, c.Promise.NextChange?.LandedAt))
            return Verdict.Of(VerdictKind.Unknown, ReasonCodes.ComparisonErrorElsewhere, Witness.Condition(error), Witness.Revision(c), Witness.Hash(c))
                with { Detail = c.CarriesHash ? "the Deployment still runs this list" : "a later change was compared" };
        if (!WasPast(c, c.Promise.LandedAt))
            return Verdict.Of(VerdictKind.Waiting, ReasonCodes.NotCompared, Witness.Condition(error), Witness.Reconciled(c));
        var reason = error.Type == "InvalidSpecError" ? ReasonCodes.InvalidSpec : ReasonCodes.ComparisonError;
        return Verdict.Of(VerdictKind.Failed, reason, Witness.Condition(error), Witness.Revision(c), Witness.Reconciled(c)) with { Detail = error.Message };
    }

    public static Verdict? ARevisionThatIsNoCommit(RolloutCase c) =>
        IsCommit(c.Revision) ? null : Verdict.Of(VerdictKind.Unknown, ReasonCodes.RevisionIsNoCommit, Witness.Revision(c), Witness.Sync(c));

    public static Verdict? ARevisionWithoutOurs(RolloutCase c) => c.Fact.Relation switch
    {
        RevisionRelation.Contains => null,
        RevisionRelation.Unknown => Verdict.Of(VerdictKind.Unknown, ReasonCodes.HistoryTooShort, Witness.Revision(c), Witness.Commit(c)),
        _ => SyncRules.AnOlderRevisionIsRetried(c) ?? Verdict.Of(VerdictKind.Waiting, ReasonCodes.NotCompared, Witness.Revision(c), Witness.Commit(c), Witness.Reconciled(c)),
    };

    // The status names the revision that Argo CD tried to compare. Without a result, and with ours still running, it took no place.
    public static Verdict? ARevisionPastOurs(RolloutCase c) =>
        c.IsOurs(c.Fact) ? null
        : c.CarriesHash && SyncRules.AnUnknownSyncStatus(c) is { } unknown ? unknown
        : Verdict.Of(VerdictKind.Superseded, ReasonCodes.LaterChange, Witness.Revision(c), Witness.Blob(c), Witness.ExpectedBlob(c))
            with { Revision = c.Promise.NextChange?.Commit ?? c.Revision };

    private static bool WasPast(RolloutCase c, DateTimeOffset? landedAt) => landedAt is { } time && c.Status.ReconciledAt >= time;

    private static bool IsCommit(string? revision) => revision is { Length: 40 or 64 } && revision.All(char.IsAsciiHexDigitLower);
}
