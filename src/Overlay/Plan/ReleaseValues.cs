using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>The values of an instance's release: the overlay over the chart's defaults, as Helm merges them.</summary>
/// <param name="rules">The chart and the Helm version.</param>
internal sealed class ReleaseValues(PlanRules rules)
{
    // Read once for all instances; threads that meet here read the same.
    private readonly ValuesFile? chart = rules.ChartValues is { } values ? ValuesFile.OfChart(values) : null;

    private readonly HelmFailure? chartFailure = rules.ChartValues is { } text
        ? HelmValues.Read(new HelmInput { Files = [], ChartValues = text, Version = rules.Helm }).Failure
        : null;

    /// <summary>Reads an overlay over the chart's defaults.</summary>
    /// <param name="facts">Whose overlay it is.</param>
    /// <param name="overlay">The overlay's bytes.</param>
    /// <returns>The merged values and the overlay's own, or the problem.</returns>
    public (HelmMap? Values, HelmMap? Own, Problem? Problem) Read(InstanceFacts facts, ReadOnlyMemory<byte> overlay)
    {
        var file = new ValuesFile(overlay, 0);
        var (values, problem) = Read(facts, file, chart);
        if (values is null) return (null, null, problem);
        (var own, problem) = Read(facts, file, null);
        if (!rules.KnowsChart && own is not null && own.Find("addons") is (null or HelmNull)) return (null, null, UnknownDefaults(facts));
        return own is null ? (null, null, problem) : (values, own, null);
    }

    /// <summary>The hash that Helm renders for an overlay.</summary>
    /// <param name="facts">Whose overlay it is.</param>
    /// <param name="overlay">The overlay's bytes.</param>
    /// <returns>The hash, or the problem.</returns>
    public (string? Hash, Problem? Problem) Hash(InstanceFacts facts, ReadOnlyMemory<byte> overlay)
    {
        // A list replaces the chart's own whole; of the chart it only matters that Helm can read it.
        var addons = facts.Current?.Document?.Values.Find("addons");
        if (!rules.KnowsChart && addons is (null or HelmNull)) return (null, UnknownDefaults(facts));
        if (chartFailure is not null) return (null, ProblemOf(facts, chartFailure));
        if (addons is HelmList)
        {
            var quick = HelmValues.HashAddons(new HelmInput { Files = [overlay], Version = rules.Helm });
            return quick.Value is null ? (null, ProblemOf(facts, quick.Failure!)) : (quick.Value, null);
        }

        var (values, problem) = Read(facts, new ValuesFile(overlay, 0), chart);
        return values is null ? (null, problem) : (HashOf(values), null);
    }

    /// <summary>The hash of merged values.</summary>
    /// <param name="values">Values of a release.</param>
    /// <returns>16 hex digits.</returns>
    public static string HashOf(HelmMap values) => AddonsHash.Of(values.Find("addons"));

    /// <summary>What a change costs.</summary>
    /// <param name="facts">Whose overlay it is.</param>
    /// <param name="current">The overlay before.</param>
    /// <param name="after">The release's values after.</param>
    /// <returns>The forecast; a before that can't be read was refused earlier.</returns>
    public Forecast Forecast(InstanceFacts facts, OverlayDocument current, HelmMap after)
    {
        var (before, _) = Read(facts, new ValuesFile(current.Text, 0), chart);
        return before is null ? Plan.Forecast.Nothing with { Restart = Restart.Unknown } : Forecaster.Compare(before, after, rules.RestartPaths);
    }

    private (HelmMap? Values, Problem? Problem) Read(InstanceFacts facts, ValuesFile overlay, ValuesFile? defaults)
    {
        var reading = HelmValues.Read([overlay], defaults, [], rules.Helm);
        return (reading.Value, reading.Failure is { } failure ? ProblemOf(facts, failure) : null);
    }

    private static Problem UnknownDefaults(InstanceFacts facts) => new(
        PlanProblems.HelmRefused,
        Severity.Error,
        "The overlay has no rows of its own, and the chart's defaults are not known, so neither is the hash.",
        "Name the chart's folder with chart: in gitops.yaml, or write addons: in the overlay.",
        new Place(facts.Path),
        facts.Code.Text);

    private static Problem ProblemOf(InstanceFacts facts, HelmFailure failure)
    {
        var file = failure.File < 0 ? "the chart's values.yaml" : facts.Path;
        var word = failure.Kind == FailureKind.HelmFails ? "Helm fails on this file" : "Helm's reading of this file is not certain";
        return new Problem(
            failure.Kind == FailureKind.HelmFails ? PlanProblems.HelmFails : PlanProblems.HelmRefused,
            Severity.Error,
            $"{word} ({failure.Rule}): {failure.Message}",
            "Write it in a way that every Helm reads alike.",
            new Place(file, failure.Line, failure.Column),
            facts.Code.Text);
    }
}
