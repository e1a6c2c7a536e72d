using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>The values of a release, as Helm makes them of files, chart defaults and arguments.</summary>
public static class HelmValues
{
    /// <summary>Reads and merges.</summary>
    /// <param name="input">Files, chart defaults, arguments, version.</param>
    /// <returns>
    /// The merged values; or why Helm fails; or why there is no certain answer (rule <c>versions-disagree</c> when no version is
    /// given and the versions of Helm read the input differently).
    /// </returns>
    public static HelmReading<HelmMap> Read(HelmInput input) => Read(
        [.. input.Files.Select((file, number) => new ValuesFile(file, number))],
        input.ChartValues is { } values ? ValuesFile.OfChart(values) : null,
        input.Arguments,
        input.Version);

    /// <summary>The same of files that several questions share, so that each is read once.</summary>
    internal static HelmReading<HelmMap> Read(
        ImmutableArray<ValuesFile> files, ValuesFile? chart, ImmutableArray<string> arguments, HelmVersion? version)
    {
        if (version is not null) return ReadAs(version, files, chart, arguments);
        HelmReading<HelmMap>? first = null;
        foreach (var profile in HelmVersion.Supported)
        {
            var reading = ReadAs(profile, files, chart, arguments);
            if (reading.Failure is { Kind: FailureKind.Refused }) return reading;
            first ??= reading;
            if (!Agree(first, reading)) return new(Disagreement(first, reading, profile));
            if (chart is null && IsAlikeEverywhere(files, arguments)) break;
        }

        return first!;
    }

    /// <summary>The addons hash of a release: the same as <see cref="Read(HelmInput)"/> and <see cref="AddonsHash.Of"/>, but quick for one ordinary file.</summary>
    /// <param name="input">Files, chart defaults, arguments, version. Without chart defaults and arguments it takes the quick way.</param>
    /// <returns>16 hexadecimal digits, or why there are none.</returns>
    public static HelmReading<string> HashAddons(HelmInput input)
    {
        if (input is { Files: [var file], ChartValues: null } && IsAlikeEverywhere([new ValuesFile(file, 0)], input.Arguments)
            && input.Version?.WhyUnknown is null && DirectJson.TryHash(file.Span, "addons"u8) is { } quick) return new(quick);
        var reading = Read(input);
        return reading.Value is { } values ? new(AddonsHash.Of(values.Find("addons"))) : new(reading.Failure!);
    }

    private static HelmReading<HelmMap> ReadAs(HelmVersion version, ImmutableArray<ValuesFile> files, ValuesFile? chart, ImmutableArray<string> arguments)
    {
        if (version.WhyUnknown is { } reason) return new(new HelmFailure(FailureKind.Refused, "helm-version", reason, 0, 0, 0));
        var user = HelmMap.Empty;
        foreach (var file in files)
        {
            var reading = file.Read(version);
            if (reading.Failure is not null) return reading;
            user = MapJoin.Merge(user, reading.Value!);
        }

        if (!arguments.IsDefaultOrEmpty)
        {
            var set = SetArguments.Apply(arguments, user, version);
            if (set.Failure is not null) return set;
            user = set.Value!;
        }

        if (chart is null) return new(user);
        var defaults = chart.Read(version);
        if (defaults.Failure is not null) return defaults;
        if (version.KeepsChartDigits && HoldsLargeNumber(defaults.Value!))
            return new(new HelmFailure(FailureKind.Refused, "large-chart-number", $"Helm {version} keeps all digits of the chart's large integers.", -1, 0, 0));
        return new(MapJoin.Coalesce(defaults.Value!, user, version.NullRule));
    }

    private static bool HoldsLargeNumber(HelmValue value) => value switch
    {
        HelmNumber number => Math.Abs(number.Value) >= 1L << 53,
        HelmList list => list.Items.Any(HoldsLargeNumber),
        HelmMap map => map.Entries.Any(entry => HoldsLargeNumber(entry.Value)),
        _ => false,
    };

    /// <summary>Without a chart: no arguments, and files that need no cutting, are nothing that versions differ in.</summary>
    private static bool IsAlikeEverywhere(ImmutableArray<ValuesFile> files, ImmutableArray<string> arguments) =>
        arguments.IsDefaultOrEmpty && files.All(file => file.IsWhole);

    private static bool Agree(HelmReading<HelmMap> left, HelmReading<HelmMap> right) =>
        left.Value is null ? right.Value is null : ReferenceEquals(left.Value, right.Value) || left.Value.Equals(right.Value);

    private static HelmFailure Disagreement(HelmReading<HelmMap> first, HelmReading<HelmMap> other, HelmVersion version)
    {
        var failure = first.Failure ?? other.Failure;
        var what = failure is null ? "make different values of this input" : "do not agree that this input is valid";
        return new(
            FailureKind.Refused,
            "versions-disagree",
            $"Helm {HelmVersion.Supported[0]} and {version} {what}; say which version reads it.",
            failure?.File ?? 0,
            failure?.Line ?? 0,
            failure?.Column ?? 0);
    }
}
