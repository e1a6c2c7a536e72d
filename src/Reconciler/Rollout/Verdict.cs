using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>The answer to "is it live?".</summary>
internal enum VerdictKind
{
    /// <summary>It can't be told. Never green, and never a reason to change anything.</summary>
    Unknown,

    /// <summary>Something that happens by itself has not happened yet.</summary>
    Waiting,

    /// <summary>Somebody has to act, or a window has to end.</summary>
    Blocked,

    /// <summary>The Deployment is replacing its pods.</summary>
    Rolling,

    /// <summary>Proven: the revision is deployed and the pods that run carry the hash.</summary>
    Live,

    /// <summary>Deployed as it should be, with no pod wanted.</summary>
    ScaledToZero,

    /// <summary>A later change of the same overlay took its place.</summary>
    Superseded,

    /// <summary>It does not work. Not final: a Deployment past its deadline can still recover.</summary>
    Failed,

    /// <summary>Waiting or rolling for longer than it should.</summary>
    Stalled,

    /// <summary>The Application or the Deployment is not there.</summary>
    Missing,

    /// <summary>Removed as the merge said: its Application is gone.</summary>
    Retired,
}

/// <summary>What a verdict of Live rests on.</summary>
internal enum LiveProof
{
    /// <summary>The pods that run carry the hash that only this change gave.</summary>
    Hash,

    /// <summary>The change left the hash alone: the revision that is deployed contains it.</summary>
    Revision,
}

/// <summary>A field that was read, by its path in the object, and its value.</summary>
internal sealed record Evidence(string Field, string Value);

/// <summary>Something that does not change the verdict and that somebody should know: drift, an unexpected restart.</summary>
/// <param name="Code">One of <see cref="FindingCodes"/>.</param>
/// <param name="Text">What was found, for a person.</param>
internal sealed record Finding(string Code, string Text);

/// <summary>The judge's answer for one change of one instance.</summary>
internal sealed record Verdict
{
    public required VerdictKind Kind { get; init; }

    /// <summary>One of <see cref="ReasonCodes"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>What the code can't say: which container, which right, which key; null: nothing more.</summary>
    public string? Detail { get; init; }

    /// <summary>The deployed revision, for Live, ScaledToZero and Rolling; the later commit, for Superseded; else null.</summary>
    public string? Revision { get; init; }

    /// <summary>For Live alone.</summary>
    public LiveProof? Proof { get; init; }

    /// <summary>For Live: since when; for Stalled: since when it waits; else null.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>For Live, from the landing on base until <see cref="At"/>; null when the change did not have to be waited for.</summary>
    public TimeSpan? LeadTime { get; init; }

    /// <summary>For Rolling: pods ready with the right hash, of those wanted.</summary>
    public RollProgress? Progress { get; init; }

    /// <summary>What it rests on, in the order read.</summary>
    public ImmutableArray<Evidence> Evidence { get; init; } = [];

    /// <summary>What else was seen; empty: nothing.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}

/// <summary>How far a roll is.</summary>
internal sealed record RollProgress(int Ready, int Wanted);
