using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>What is allowed in an overlay but has hurt people.</summary>
public static class PlanWarnings
{
    /// <summary>Looks at the values of a release.</summary>
    /// <param name="path">The overlay's path.</param>
    /// <param name="code">The instance.</param>
    /// <param name="values">The merged values.</param>
    /// <param name="chart">What the chart says it can bear.</param>
    /// <returns>Warnings; none stops anything.</returns>
    public static IEnumerable<Problem> Of(string path, InstanceCode code, HelmMap values, RestartPaths chart)
    {
        var addons = values.Find("addons");
        var hash = AddonsHash.Of(addons);
        if (AddonsHash.LooksLikeNumber(hash))
            yield return Warning(
                PlanProblems.HashIsNumber,
                $"The addons hash {hash} is a number in YAML: a chart that does not quote the annotation fails to sync.",
                "Make sure that the chart quotes the annotation odoosky.io/addons-hash.");
        if (!chart.BearsBuiltinOnly && addons is HelmList { Items.Length: > 0 } && InitContainers.Of(addons).IsEmpty)
            yield return Warning(
                PlanProblems.BuiltinOnlyList,
                "No row of the list makes an init container: a chart that mounts the addons folder for every list keeps Odoo from starting.",
                "If the chart asks for rows with an image, say bearsBuiltinOnly: true in its restart-paths.yaml.");

        Problem Warning(string problem, string message, string remedy) =>
            new(problem, Severity.Warning, message, remedy, new Place(path), code.Text);
    }
}
