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

    /// <summary>Its number in failures.</summary>
    public int Number => number;

    /// <summary>Whether it reads alike with and without cutting it into documents.</summary>
    public bool IsWhole => DocumentSplitter.IsWhole(text.Span);

    /// <summary>The line at which Helm 4 reads the file otherwise than Helm 3: the first cut between documents, else the last line.</summary>
    public int FirstCut => DocumentSplitter.FirstCut(text.Span);

    /// <summary>Whether cutting makes another value of a top-level key.</summary>
    public bool DiffersIn(string key) => !IsWhole
        && Read(HelmVersion.Supported[0]).Value is { } three && Read(HelmVersion.Supported[^1]).Value is { } four && !Equals(three.Find(key), four.Find(key));

    /// <summary>Where a top-level key of the first document stands; null when there is none.</summary>
    public (int Line, int Column)? KeyPlaceOf(string key)
    {
        var pairs = YamlDocument.Read(text, YamlLimits.Values).Value?.Root?.Pairs ?? [];
        foreach (var pair in pairs)
            if (pair.Key.Kind is YamlKind.Scalar && string.Equals(pair.Key.Text, key, StringComparison.Ordinal))
                return (pair.Key.Line, pair.Key.Column);
        return null;
    }

    /// <summary>Where a path stands in the first document; null when it does not.</summary>
    public (int Line, int Column)? PlaceOf(IEnumerable<string> path)
    {
        var node = YamlDocument.Read(text, YamlLimits.Values).Value?.Root;
        foreach (var key in path) node = node?.Find(key);
        return node is { } found ? (found.Line, found.Column) : null;
    }

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
