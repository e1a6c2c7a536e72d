using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>What each supported version of Helm makes of one input, or why there is nothing that could be compared.</summary>
/// <param name="Each">
/// One for each of <see cref="HelmVersion.Supported"/>, in that order; a single one when a version is named or when none differs;
/// empty with a failure.
/// </param>
/// <param name="Failure">Why Helm fails, or why this is not decided.</param>
internal sealed record HelmReadings(ImmutableArray<HelmMap> Each, HelmFailure? Failure)
{
    public HelmReadings(HelmFailure failure)
        : this([], failure)
    {
    }

    /// <summary>What version number <paramref name="index"/> makes of it.</summary>
    public HelmMap Of(int index) => Each[Each.Length == 1 ? 0 : index];
}

/// <summary>Reads one input as every supported version of Helm does, or as the one that is named.</summary>
internal sealed class HelmReader(ImmutableArray<ValuesFile> files, ValuesFile? chart, ImmutableArray<string> arguments, HelmVersion? version)
{
    /// <summary>Reads; files are read at most once for each way of reading them.</summary>
    public HelmReadings ReadEach()
    {
        if (version is not null) return One(ReadAs(version));
        var each = ImmutableArray.CreateBuilder<HelmMap>();
        HelmReading<HelmMap>? first = null;
        foreach (var profile in HelmVersion.Supported)
        {
            var reading = ReadAs(profile);
            if (reading.Failure is { Kind: FailureKind.Refused }) return new(reading.Failure);
            first ??= reading;
            if (first.Value is null != reading.Value is null) return new(Disagreement.OnValidity((first.Failure ?? reading.Failure)!, profile));
            if (reading.Value is not null) each.Add(reading.Value);
            if (chart is null && IsAlikeEverywhere) break;
        }

        if (first!.Failure is not null) return new(first.Failure);
        return each.All(values => ReferenceEquals(values, each[0]) || values.Equals(each[0])) ? new([each[0]], null) : new(each.ToImmutable(), null);
    }

    /// <summary>The values, when all versions make the same.</summary>
    public HelmReading<HelmMap> Read()
    {
        var readings = ReadEach();
        if ((readings.Failure ?? DisagreementIn(readings, null)) is { } failure) return new(failure);
        return new(readings.Each[0]);
    }

    /// <summary>Where versions differ, or null.</summary>
    /// <param name="readings">Of this input.</param>
    /// <param name="key">The only top-level key that counts; null: all do.</param>
    public HelmFailure? DisagreementIn(HelmReadings readings, string? key)
    {
        for (var i = 1; i < readings.Each.Length; i++)
            if (Disagreement.FirstPath(readings.Each[0], readings.Each[i], key) is { } path)
                return new Disagreement(files, chart).On(path, HelmVersion.Supported[i]);
        return null;
    }

    /// <summary>Without a chart: no arguments, and files that need no cutting, are nothing that versions differ in.</summary>
    public bool IsAlikeEverywhere => arguments.IsDefaultOrEmpty && files.All(file => file.IsWhole);

    private static HelmReadings One(HelmReading<HelmMap> reading) => reading.Value is null ? new(reading.Failure!) : new([reading.Value], null);

    private HelmReading<HelmMap> ReadAs(HelmVersion profile)
    {
        if (profile.WhyUnknown is { } reason) return new(new HelmFailure(FailureKind.Refused, "helm-version", reason, 0, 0, 0));
        var user = HelmMap.Empty;
        foreach (var file in files)
        {
            var reading = file.Read(profile);
            if (reading.Failure is not null) return reading;
            user = MapJoin.Merge(user, reading.Value!);
        }

        if (!arguments.IsDefaultOrEmpty)
        {
            var set = SetArguments.Apply(arguments, user, profile);
            if (set.Failure is not null) return set;
            user = set.Value!;
        }

        return chart is null ? new(user) : Join(chart, user, profile);
    }

    private static HelmReading<HelmMap> Join(ValuesFile chart, HelmMap user, HelmVersion profile)
    {
        var defaults = chart.Read(profile);
        if (defaults.Failure is not null) return defaults;
        if (profile.KeepsChartDigits && HoldsLargeNumber(defaults.Value!))
            return new(new HelmFailure(FailureKind.Refused, "large-chart-number", $"Helm {profile} keeps all digits of the chart's large integers.", -1, 0, 0));
        return new(MapJoin.Coalesce(defaults.Value!, user, profile.NullRule));
    }

    private static bool HoldsLargeNumber(HelmValue value) => value switch
    {
        HelmNumber number => Math.Abs(number.Value) >= 1L << 53,
        HelmList list => list.Items.Any(HoldsLargeNumber),
        HelmMap map => map.Entries.Any(entry => HoldsLargeNumber(entry.Value)),
        _ => false,
    };
}
