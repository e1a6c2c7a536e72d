using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>What runs, or is made to run, and has no overlay on base.</summary>
internal static class Orphans
{
    private const string InstanceKey = "app.kubernetes.io/instance";

    /// <summary>Finds them.</summary>
    /// <param name="proof">The verdicts on all instances.</param>
    /// <returns>Findings, in order of name.</returns>
    public static IEnumerable<DriftFinding> Of(FleetProof proof)
    {
        var overlays = proof.All.Where(each => each.Promise.Change.After is not null).ToDictionary(each => each.Promise.Change.Path, each => each.Code.Text, StringComparer.Ordinal);
        var codes = overlays.Values.ToHashSet(StringComparer.Ordinal);
        return Applications(proof, overlays).Concat(Deployments(proof, codes)).OrderBy(found => found.Kind, StringComparer.Ordinal).ThenBy(found => found.Subject, StringComparer.Ordinal);
    }

    private static IEnumerable<DriftFinding> Applications(FleetProof proof, Dictionary<string, string> overlays)
    {
        var template = proof.Merged.Settings.GitOps.Overlays;
        foreach (var application in proof.Reading.ArgoCluster.Applications.Objects.Values.Where(each => each.DeletionTimestamp is null))
        {
            var paths = OverlaySource.PathsOf(application.Spec, proof.IsOurs).Distinct(StringComparer.Ordinal).Where(path => template.TryMatch(path) is not null).ToList();
            if (paths.Count > 0 && paths.TrueForAll(path => !overlays.ContainsKey(path)))
                yield return new DriftFinding(
                    DriftClass.Orphan, "application-without-overlay", $"{application.Namespace}/{application.Name}", $"The Application reads {string.Join(", ", paths)}, which is not on base.",
                    "delete the Application, or bring the overlay back");
        }
    }

    private static IEnumerable<DriftFinding> Deployments(FleetProof proof, HashSet<string> codes) =>
        from cluster in proof.Reading.Clusters.Values
        where cluster.Deployments.Trouble is null
        from deployment in cluster.Deployments.Objects.Values
        let code = deployment.Selector.GetValueOrDefault(InstanceKey)
        where code is null || !codes.Contains(code)
        select new DriftFinding(
            DriftClass.Orphan, "deployment-without-overlay", $"{deployment.Namespace}/{deployment.Name}", $"An Odoo Deployment runs in cluster {cluster.Name} for {code ?? "nobody"}, who has no overlay on base.",
            "delete it, or bring the overlay back");
}
