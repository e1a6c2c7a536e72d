using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>Why nothing can be planned with a chart: said once for all its instances, at the chart.</summary>
public static class ChartProblems
{
    /// <summary>Looks at the chart's default values.</summary>
    /// <param name="rules">The chart and the Helm version.</param>
    /// <returns>
    /// An error that stops the whole plan, or null: Helm fails on the file, or its versions differ on the default addons. What
    /// versions differ in elsewhere counts only where a change meets it.
    /// </returns>
    public static Problem? Of(PlanRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var reading = HelmValues.ReadAddons(new HelmInput { Files = [], ChartValues = rules.ChartValues, Version = rules.Helm });
        return reading.Failure is { } failure ? Of(rules, failure) : null;
    }

    /// <summary>A failure in the chart's folder as a problem.</summary>
    /// <param name="rules">The chart's place.</param>
    /// <param name="failure">The failure; where it has no line, the folder is its place.</param>
    /// <returns>An error that stops the whole plan.</returns>
    public static Problem Of(PlanRules rules, HelmFailure failure)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(failure);
        return new(
            failure.Kind == FailureKind.HelmFails ? PlanProblems.HelmFails : PlanProblems.HelmRefused,
            Severity.Error,
            $"The chart's values can't be read with certainty ({failure.Rule}): {failure.Message}",
            failure.Rule is "versions-disagree" ? "Name your Helm version with helm: in the settings, or take the null or the cut out of the chart's values.yaml." : "Mend the chart.",
            new Place(rules.ChartPath, failure.Line, failure.Column),
            null);
    }
}
