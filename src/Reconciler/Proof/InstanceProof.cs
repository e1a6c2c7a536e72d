using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>What is known of one change of one instance.</summary>
/// <param name="Promise">What was merged.</param>
/// <param name="Verdict">Whether it is live.</param>
/// <param name="Seen">What was seen of the instance.</param>
internal sealed record InstanceProof(Promise Promise, Verdict Verdict, RolloutObservation Seen)
{
    /// <summary>What the notes say of the change, in order of time.</summary>
    public ImmutableArray<RolloutNote> Notes { get; init; } = [];

    /// <summary>The instance.</summary>
    public InstanceCode Code => Promise.Change.Code;

    /// <summary>The only Application, or null.</summary>
    public ApplicationState? Application => Seen.Applications is [var only] ? only : null;

    /// <summary>Whether another proof says the same, for a person who watches.</summary>
    /// <param name="other">Another proof of the same instance.</param>
    /// <returns>True when change, verdict, reason, detail and progress are the same.</returns>
    public bool SaysTheSameAs(InstanceProof other) => Promise.Change.Commit == other.Promise.Change.Commit
        && (Verdict.Kind, Verdict.Reason, Verdict.Detail, Verdict.Progress) == (other.Verdict.Kind, other.Verdict.Reason, other.Verdict.Detail, other.Verdict.Progress);
}

/// <summary>Which end a verdict is.</summary>
internal enum ProofEnd
{
    /// <summary>All is as it was merged.</summary>
    Reached,

    /// <summary>It is under way, or waits for somebody.</summary>
    UnderWay,

    /// <summary>It failed, is missing, or can't be told.</summary>
    Missed,
}

/// <summary>Puts verdicts into those that are well, under way, and not well.</summary>
internal static class ProofEnds
{
    public static ProofEnd Of(Verdict verdict) => verdict.Kind switch
    {
        VerdictKind.Live or VerdictKind.ScaledToZero or VerdictKind.Superseded or VerdictKind.Retired => ProofEnd.Reached,
        VerdictKind.Waiting or VerdictKind.Rolling or VerdictKind.Blocked or VerdictKind.Stalled => ProofEnd.UnderWay,
        _ => ProofEnd.Missed,
    };

    /// <summary>Whether time may change it without anybody: what can't be told now may be told in a minute, unless a right is missing.</summary>
    public static bool MayPass(Verdict verdict) => Of(verdict) == ProofEnd.UnderWay
        || (verdict.Kind == VerdictKind.Unknown && !(verdict.Reason == ReasonCodes.NotReadable && verdict.Detail?.StartsWith("missing right", StringComparison.Ordinal) == true));
}
