using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>An overlay over the chart's defaults.</summary>
/// <param name="Merged">The merged values, as each supported version of Helm makes them.</param>
/// <param name="Own">The overlay's own, in which all versions agree.</param>
internal sealed record Release(HelmReadings Merged, HelmMap Own)
{
    /// <summary>The merged values as the oldest version makes them; in the addons all versions agree.</summary>
    public HelmMap First => Merged.Of(0);
}

/// <summary>The values of an instance's release: the overlay over the chart's defaults, as Helm merges them.</summary>
/// <param name="rules">The chart and the Helm version.</param>
internal sealed class ReleaseValues(PlanRules rules)
{
    private const string Addons = "addons";

    // Read once for all instances; threads that meet here read the same.
    private readonly ValuesFile? chart = rules.ChartValues is { } values ? ValuesFile.OfChart(values) : null;

    private readonly Problem? chartProblem = ChartProblems.Of(rules);

    /// <summary>Reads an overlay over the chart's defaults.</summary>
    /// <param name="facts">Whose overlay it is.</param>
    /// <param name="overlay">The overlay's bytes.</param>
    /// <returns>The values, or the problem.</returns>
    public (Release? Release, Problem? Problem) Read(InstanceFacts facts, ReadOnlyMemory<byte> overlay)
    {
        if (chartProblem is not null) return (null, chartProblem);
        var file = new ValuesFile(overlay, 0);
        var (merged, problem) = Merge(facts, file);
        if (merged is null) return (null, problem);
        var own = new HelmReader([file], null, [], rules.Helm).Read();
        if (own.Failure is { } failure) return (null, ProblemOf(facts, failure));
        return !rules.KnowsChart && own.Value!.Find(Addons) is (null or HelmNull) ? (null, UnknownDefaults(facts)) : (new Release(merged, own.Value!), null);
    }

    /// <summary>The hash that Helm renders for an overlay.</summary>
    /// <param name="facts">Whose overlay it is.</param>
    /// <param name="overlay">The overlay's bytes.</param>
    /// <returns>The hash, or the problem.</returns>
    public (string? Hash, Problem? Problem) Hash(InstanceFacts facts, ReadOnlyMemory<byte> overlay)
    {
        // A list replaces the chart's own whole; of the chart it only matters that Helm can read it.
        var addons = facts.Current?.Document?.Values.Find(Addons);
        if (!rules.KnowsChart && addons is (null or HelmNull)) return (null, UnknownDefaults(facts));
        if (chartProblem is not null) return (null, chartProblem);
        if (addons is HelmList)
        {
            var quick = HelmValues.HashAddons(new HelmInput { Files = [overlay], Version = rules.Helm });
            return quick.Value is null ? (null, ProblemOf(facts, quick.Failure!)) : (quick.Value, null);
        }

        var (merged, problem) = Merge(facts, new ValuesFile(overlay, 0));
        return merged is null ? (null, problem) : (HashOf(merged.Of(0)), null);
    }

    /// <summary>The hash of merged values.</summary>
    /// <param name="values">Values of a release.</param>
    /// <returns>16 hex digits.</returns>
    public static string HashOf(HelmMap values) => AddonsHash.Of(values.Find(Addons));

    /// <summary>What a change costs.</summary>
    /// <param name="facts">Whose overlay it is.</param>
    /// <param name="current">The overlay before.</param>
    /// <param name="after">The release after.</param>
    /// <returns>The forecast, or the problem where versions of Helm would roll different pods; a before that can't be read was refused earlier.</returns>
    public (Forecast Forecast, Problem? Problem) Forecast(InstanceFacts facts, OverlayDocument current, Release after)
    {
        var (before, _) = Merge(facts, new ValuesFile(current.Text, 0));
        if (before is null) return (Plan.Forecast.Nothing with { Restart = Restart.Unknown }, null);
        var first = Forecaster.Compare(before.Of(0), after.First, rules.RestartPaths);
        for (var i = 1; i < Math.Max(before.Each.Length, after.Merged.Each.Length); i++)
            if (DifferentPath(first, Forecaster.Compare(before.Of(i), after.Merged.Of(i), rules.RestartPaths)) is { } path)
                return (first, ProblemOf(facts, new Disagreement([new ValuesFile(current.Text, 0)], chart).On(path.Keys, HelmVersion.Supported[i])));
        return (first, null);
    }

    // The paths decide what rolls, and the addons were found alike.
    private static ValuePath? DifferentPath(Forecast one, Forecast other) =>
        one.Paths.SequenceEqual(other.Paths) ? null : one.Paths.Except(other.Paths).Concat(other.Paths.Except(one.Paths)).First();

    private (HelmReadings? Merged, Problem? Problem) Merge(InstanceFacts facts, ValuesFile overlay)
    {
        var reader = new HelmReader([overlay], chart, ImmutableArray<string>.Empty, rules.Helm);
        var readings = reader.ReadEach();
        var failure = readings.Failure ?? reader.DisagreementIn(readings, Addons);
        return failure is null ? (readings, null) : (null, ProblemOf(facts, failure));
    }

    private static Problem UnknownDefaults(InstanceFacts facts) => new(
        PlanProblems.HelmRefused,
        Severity.Error,
        "The overlay has no rows of its own, and the chart's defaults are not known, so neither is the hash.",
        "Name the chart's folder with chart: in gitops.yaml, or write addons: in the overlay.",
        new Place(facts.Path),
        facts.Code.Text);

    private Problem ProblemOf(InstanceFacts facts, HelmFailure failure)
    {
        var file = failure.File < 0 ? rules.ChartPath : facts.Path;
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
