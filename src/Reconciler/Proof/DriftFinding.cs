namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>Between which two the drift is, in the order in which a change travels.</summary>
internal enum DriftClass
{
    /// <summary>The desired state and the base branch.</summary>
    DesiredBase,

    /// <summary>The base branch and an open proposal.</summary>
    BaseProposal,

    /// <summary>The base branch and what Argo CD renders.</summary>
    BaseArgocd,

    /// <summary>What Argo CD says and what runs.</summary>
    ArgocdLive,

    /// <summary>What runs and what was made to run.</summary>
    LiveLive,

    /// <summary>One side that the other does not know.</summary>
    Orphan,

    /// <summary>The chart and this program.</summary>
    Calibration,

    /// <summary>Nothing is known, so nothing is claimed.</summary>
    Unknown,
}

/// <summary>Something that is not as it should be, said once.</summary>
/// <param name="Class">Between which two.</param>
/// <param name="Kind">What, as a stable word.</param>
/// <param name="Subject">The instance's code, or the object's name; empty for the whole fleet.</param>
/// <param name="Text">What was found.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record DriftFinding(DriftClass Class, string Kind, string Subject, string Text, string Remedy);
