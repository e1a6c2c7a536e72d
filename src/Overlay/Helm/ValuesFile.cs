using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>One values file, read at most once for each way of reading it.</summary>
/// <param name="text">The file.</param>
/// <param name="number">Its number in failures.</param>
internal sealed class ValuesFile(ReadOnlyMemory<byte> text, int number)
{
    private HelmReading<HelmMap>? whole;
    private HelmReading<HelmMap>? split;

    /// <summary>The chart loader cuts off one byte order mark; YAML's reader another.</summary>
    public static ValuesFile OfChart(ReadOnlyMemory<byte> text) =>
        new(text.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? text[3..] : text, -1);

    /// <summary>Whether it reads alike with and without cutting it into documents.</summary>
    public bool IsWhole => DocumentSplitter.IsWhole(text.Span);

    public HelmReading<HelmMap> Read(HelmVersion version)
    {
        if (!version.SplitsDocuments) return whole ??= ReadOne(text, 0);
        return split ??= IsWhole ? whole ??= ReadOne(text, 0) : ReadAll();
    }

    private HelmReading<HelmMap> ReadAll()
    {
        if (text.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.Span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return ReadOne(text, 0);
        var (documents, failure) = new DocumentSplitter(text).Split();
        var values = HelmMap.Empty;
        foreach (var document in documents)
        {
            var reading = ReadOne(document.Text, document.FirstLine);
            if (reading.Failure is not null) return reading;
            values = MapJoin.Merge(values, reading.Value!);
        }

        return failure is null ? new(values) : new(failure with { File = number });
    }

    private HelmReading<HelmMap> ReadOne(ReadOnlyMemory<byte> document, int firstLine)
    {
        var reading = YamlDocument.Read(document, YamlLimits.Values);
        if (reading.Value is not { } yaml) return Fail(reading.Failure!, firstLine);
        if (yaml.Root is not { } root) return new(HelmMap.Empty);
        var value = root.ToValue();
        if (value.Failure is not null) return Fail(value.Failure, firstLine);
        if (value.Value is HelmMap map) return new(map);
        if (value.Value is HelmNull) return new(HelmMap.Empty);
        return Fail(new(FailureKind.HelmFails, "root-kind", "A values file must be a map of keys.", 0, root.Line, root.Column), firstLine);
    }

    private HelmReading<HelmMap> Fail(HelmFailure failure, int firstLine) =>
        new(failure with { File = number, Line = failure.Line + firstLine });
}
