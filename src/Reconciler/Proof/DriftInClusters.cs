using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>Drift between base, Argo CD and what runs. Each instance has at most one finding by its verdict, and those beside it.</summary>
internal static class DriftInClusters
{
    // With fewer, one edited Deployment would look like a changed chart.
    private const int FewestForCalibration = 3;

    private static readonly ImmutableArray<string> NotDeployed = [ReasonCodes.OutOfSync, ReasonCodes.ManualSync, ReasonCodes.SyncWindowLikely];

    /// <summary>Finds it.</summary>
    /// <param name="proof">The verdicts.</param>
    /// <returns>Findings.</returns>
    public static IEnumerable<DriftFinding> Of(FleetProof proof)
    {
        var uncalibrated = Calibration(proof.All);
        if (uncalibrated is not null) yield return uncalibrated;
        foreach (var each in proof.All)
        {
            if (ByVerdict(each, proof) is { } found && !(uncalibrated is not null && found.Kind == ReasonCodes.LiveHashDiffers)) yield return found;
            foreach (var finding in each.Verdict.Findings) yield return Beside(each, finding);
        }
    }

    /// <summary>Whether most of the fleet runs with hashes that the overlays do not give: then it is not the fleet that drifted.</summary>
    private static DriftFinding? Calibration(IReadOnlyCollection<InstanceProof> all)
    {
        var differ = all.Count(proof => proof.Verdict.Reason == ReasonCodes.LiveHashDiffers);
        var agree = all.Count(CarriesHash);
        return differ < FewestForCalibration || differ <= agree ? null : new DriftFinding(
            DriftClass.Calibration, "hash-computed-otherwise", "",
            string.Create(CultureInfo.InvariantCulture, $"The chart no longer computes the hash this way: {differ} of {differ + agree} instances that Argo CD calls deployed carry another hash than their overlay gives."),
            "compare odoosky hash with the annotation odoosky.io/addons-hash of helm template; until they agree no rollout can be proven by its hash");
    }

    private static bool CarriesHash(InstanceProof proof) =>
        proof.Promise.Hash.Value is { } hash && proof.Seen.Deployments is [var only] && only.Template.AddonsHash == hash;

    private static DriftFinding? ByVerdict(InstanceProof proof, FleetProof fleet)
    {
        var (verdict, code) = (proof.Verdict, proof.Code.Text);
        if (proof.Application is { } application && WrongBranch(application, fleet) is { } branch)
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

    private static string? WrongBranch(ApplicationState application, FleetProof fleet) => application.Spec.Sources
        .Where(source => source.Chart is null && fleet.IsOurs(source.RepoUrl))
        .Select(source => source.TargetRevision ?? "HEAD")
        .FirstOrDefault(revision => revision != "HEAD" && revision != fleet.Merged.Settings.Target.Base && revision != $"refs/heads/{fleet.Merged.Settings.Target.Base}");

    private static string Words(Verdict verdict) => $"{verdict.Kind}: {verdict.Reason}{(verdict.Detail is { } detail ? $": {detail}" : string.Empty)}.";
}
