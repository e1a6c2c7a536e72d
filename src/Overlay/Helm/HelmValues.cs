namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>The values of a release, as Helm makes them of files, chart defaults and arguments.</summary>
public static class HelmValues
{
    private const string Addons = "addons";

    /// <summary>Reads and merges.</summary>
    /// <param name="input">Files, chart defaults, arguments, version.</param>
    /// <returns>
    /// The merged values; or why Helm fails; or why there is no certain answer (rule <c>versions-disagree</c> when no version is
    /// given and the versions of Helm make different values of the input, whichever key it is in).
    /// </returns>
    public static HelmReading<HelmMap> Read(HelmInput input) => ReaderOf(input).Read();

    /// <summary>Reads and merges, and answers for the addons alone: what versions differ in elsewhere does not count.</summary>
    /// <param name="input">Files, chart defaults, arguments, version.</param>
    /// <returns>The merged value of <c>addons</c>, null where no file has the key; or why there is none.</returns>
    public static HelmReading<HelmValue> ReadAddons(HelmInput input)
    {
        var reader = ReaderOf(input);
        var readings = reader.ReadEach();
        if ((readings.Failure ?? reader.DisagreementIn(readings, Addons)) is { } failure) return new(failure);
        return new(readings.Each[0].Find(Addons) ?? HelmNull.Instance);
    }

    /// <summary>The addons hash of a release: the same as <see cref="ReadAddons"/> and <see cref="AddonsHash.Of"/>, but quick for one ordinary file.</summary>
    /// <param name="input">Files, chart defaults, arguments, version. Without chart defaults and arguments it takes the quick way.</param>
    /// <returns>16 hexadecimal digits, or why there are none.</returns>
    public static HelmReading<string> HashAddons(HelmInput input)
    {
        if (input is { Files: [var file], ChartValues: null } && input.Arguments.IsDefaultOrEmpty && DocumentSplitter.IsWhole(file.Span)
            && input.Version?.WhyUnknown is null && DirectJson.TryHash(file.Span, "addons"u8) is { } quick) return new(quick);
        var reading = ReadAddons(input);
        return reading.Value is { } addons ? new(AddonsHash.Of(addons)) : new(reading.Failure!);
    }

    private static HelmReader ReaderOf(HelmInput input) => new(
        [.. input.Files.Select((file, number) => new ValuesFile(file, number))],
        input.ChartValues is { } values ? ValuesFile.OfChart(values) : null,
        input.Arguments,
        input.Version);
}
