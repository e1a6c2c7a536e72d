using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;

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
internal sealed record DriftFinding(DriftClass Class, string Kind, string Subject, string Text, string Remedy)
{
    /// <summary>All drift that can be told.</summary>
    /// <param name="planned">The plan, with what becomes of each branch.</param>
    /// <param name="proof">What was seen in the clusters; null where none is named.</param>
    /// <returns>Findings, by class. What can't be read is no orphan, and no drift either.</returns>
    public static ImmutableArray<DriftFinding> All(PlannedPass planned, FleetProof? proof)
    {
        var found = DriftInGit.Of(planned);
        if (proof is not null) found = found.Concat(DriftInClusters.Of(proof));
        if (proof?.Reading.ArgoCluster.Applications.Trouble is null && proof is not null) found = found.Concat(Orphans.Of(proof));
        var resting = Suspended(planned).ToDictionary(each => each.Code.Text, each => each.Sentence, StringComparer.Ordinal);
        return [.. found.Select(each => resting.TryGetValue(each.Subject, out var why) ? each with { Text = $"{each.Text} {why}" } : each).OrderBy(each => each.Class)];
    }

    /// <summary>The instances that are left alone: what is wished for them, and what they lack, is no drift. Each has a sentence that says by whom and why.</summary>
    /// <param name="planned">The plan.</param>
    /// <returns>Them, in order of code.</returns>
    public static IEnumerable<OverlayChange> Suspended(PlannedPass planned) => planned.Plan.Instances.Where(change => change.Action == ChangeAction.Suspended);
}
