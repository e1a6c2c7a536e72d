using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>Drift between base, Argo CD and what runs. Each instance has at most one finding by its verdict, and those beside it.</summary>
internal static class DriftInClusters
{
    private static readonly ImmutableArray<string> NotDeployed = [ReasonCodes.OutOfSync, ReasonCodes.ManualSync, ReasonCodes.SyncWindowLikely];

    /// <summary>Finds it.</summary>
    /// <param name="proof">The verdicts.</param>
    /// <returns>Findings.</returns>
    public static IEnumerable<DriftFinding> Of(FleetProof proof)
    {
        var uncalibrated = Uncalibrated(proof.All);
        if (uncalibrated is not null) yield return uncalibrated;
        foreach (var each in proof.All)
        {
            if (ByVerdict(each, proof) is { } found && !(uncalibrated is not null && found.Kind == ReasonCodes.LiveHashDiffers)) yield return found;
            foreach (var finding in each.Verdict.Findings) yield return Beside(each, finding);
        }
    }

    private static DriftFinding? Uncalibrated(IReadOnlyCollection<InstanceProof> all) => Calibration.Of(all) is not { IsOff: true } found ? null : new DriftFinding(
        DriftClass.Calibration, "hash-computed-otherwise", "",
        string.Create(CultureInfo.InvariantCulture, $"The chart no longer computes the hash this way: {found.Differ} of {found.Differ + found.Agree} instances that Argo CD calls deployed carry another hash than their overlay gives."),
        "compare odoosky hash with the annotation odoosky.io/addons-hash of helm template; until they agree no rollout can be proven by its hash");

    private static DriftFinding? ByVerdict(InstanceProof proof, FleetProof fleet)
    {
        var (verdict, code) = (proof.Verdict, proof.Code.Text);
        if (proof.Application is { } application && WrongBranch(proof, application, fleet) is { } branch)
            return Say(DriftClass.BaseArgocd, "wrong-branch", $"The Application {application.Name} deploys {branch}, not {fleet.Merged.Settings.Target.Base}.", "mend targetRevision of its source");
        if (IsEdited(proof)) return Say(DriftClass.LiveLive, "edited-deployment", $"The Deployment carries {proof.Seen.Deployments[0].Template.AddonsHash ?? "no hash"} though {proof.Promise.Hash.Value} was deployed: somebody edited it.", "sync the Application; its self-heal does so by itself");
        return verdict.Reason switch
        {
            ReasonCodes.Overridden or ReasonCodes.NoMatchingSource => Say(DriftClass.BaseArgocd, verdict.Reason, Words(verdict), NextStep.Of(verdict.Reason)),
            ReasonCodes.LiveHashDiffers => Say(DriftClass.ArgocdLive, verdict.Reason, $"Argo CD says {proof.Application?.Status.Sync.Status}, and the Deployment carries another hash than the overlay gives.", "refresh the Application hard; then look who edited the Deployment"),
            ReasonCodes.ApplicationMissing => Say(DriftClass.Orphan, "overlay-without-application", "No Application reads the overlay.", NextStep.Of(verdict.Reason)),
            _ => verdict.Kind switch
            {
                VerdictKind.Stalled or VerdictKind.Blocked or VerdictKind.Failed or VerdictKind.Missing => Say(DriftClass.ArgocdLive, verdict.Reason, Words(verdict), NextStep.Of(verdict.Reason)),
                VerdictKind.Unknown => Say(DriftClass.Unknown, verdict.Reason, Words(verdict), NextStep.Of(verdict.Reason)),
                _ => null,
            },
        };

        DriftFinding Say(DriftClass where, string kind, string text, string remedy) => new(where, kind, code, text, remedy);
    }

    private static DriftFinding Beside(InstanceProof proof, Finding finding) => new(
        finding.Code == FindingCodes.OtherInputs ? DriftClass.BaseArgocd : DriftClass.LiveLive, finding.Code, proof.Code.Text, finding.Text, finding.Code switch
        {
            FindingCodes.OtherInputs => "remove them: nothing but the overlay should decide",
            FindingCodes.LiveDrift => "sync the Application, or take the change over into Git",
            FindingCodes.UnexpectedRestart => "find out who did it; nothing is to be repaired",
            FindingCodes.Paused => "`kubectl rollout resume`",
            _ => "look at the Application's other resources",
        });

    // Our revision was synced, and the template says something else: an edit by hand that nobody set back yet.
    private static bool IsEdited(InstanceProof proof) =>
        NotDeployed.Contains(proof.Verdict.Reason, StringComparer.Ordinal)
        && proof.Application?.Status.OperationState is { Phase: "Succeeded", FinishedAt: { } at } && at >= proof.Promise.Change.LandedAt
        && proof.Promise.Hash.Value is { } hash && proof.Seen.Deployments is [var only] && only.Template.AddonsHash != hash;

    // The source of the overlay alone: a chart beside it may well be pinned.
    private static string? WrongBranch(InstanceProof proof, ApplicationState application, FleetProof fleet)
    {
        if (OverlaySource.IndexOf(application.Spec, fleet.PlaceOf(proof.Promise.Change)) is not { } index) return null;
        var (revision, wanted) = (application.Spec.Sources[index].TargetRevision ?? "HEAD", fleet.Merged.Settings.Target.Base);
        return revision == "HEAD" || revision == wanted || revision == $"refs/heads/{wanted}" ? null : revision;
    }

    private static string Words(Verdict verdict) => $"{verdict.Kind}: {verdict.Reason}{(verdict.Detail is { } detail ? $": {detail}" : string.Empty)}.";
}
