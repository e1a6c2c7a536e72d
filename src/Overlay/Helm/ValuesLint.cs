using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Looks for traps in a values file: types that change, keys that do, text that Helm never sees, versions that differ.</summary>
public static class ValuesLint
{
    /// <summary>Looks at one values file.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Findings in the order of the file, those on the whole file last; none when all is as it looks.</returns>
    public static IReadOnlyList<LintFinding> Look(ReadOnlyMemory<byte> text) => Look(text, null);

    /// <summary>Looks at one values file.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="version">The Helm that reads it; null: any supported one.</param>
    /// <returns>Findings in the order of the file, those on the whole file last; none when all is as it looks.</returns>
    public static IReadOnlyList<LintFinding> Look(ReadOnlyMemory<byte> text, HelmVersion? version)
    {
        var reading = HelmValues.Read(new HelmInput { Files = [text], Version = version });
        return [.. Traps(text, version), .. reading.Failure is { } failure ? [OfFailure(failure)] : OfHash(text, reading.Value!)];
    }

    /// <summary>The same without what reading the file says too: failures, refusals, and a hash that is a number.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="version">The Helm that reads it; null: any supported one.</param>
    /// <returns>Findings in the order of the file.</returns>
    public static IReadOnlyList<LintFinding> Traps(ReadOnlyMemory<byte> text, HelmVersion? version)
    {
        var findings = new List<LintFinding>();
        foreach (var part in PartsOf(text, version))
        {
            if (YamlDocument.Read(part.Text, YamlLimits.Values).Value is not { } document) continue;
            var found = LintValues.Look(document).Concat(LintText.Look(document, version));
            findings.AddRange(found.Select(finding => part.FirstLine == 0 ? finding : finding with { Line = finding.Line + part.FirstLine }));
        }

        findings.Sort(Compare);
        return findings;
    }

    /// <summary>By place; where two findings share one, a key that stands twice comes before what it reads as.</summary>
    private static int Compare(LintFinding left, LintFinding right)
    {
        var order = (left.Line, left.Column).CompareTo((right.Line, right.Column));
        return order != 0 ? order : string.CompareOrdinal(right.Rule, left.Rule);
    }

    /// <summary>Text that Helm never sees: people think that it counts, so that whoever prints a hash must say it.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="version">The Helm that reads it; null: any supported one.</param>
    /// <returns>At most one finding for each document.</returns>
    public static IEnumerable<LintFinding> Ignored(ReadOnlyMemory<byte> text, HelmVersion? version) =>
        Traps(text, version).Where(finding => finding.Rule is LintText.RestIgnored);

    /// <summary>Helm 4 reads every document of a file.</summary>
    private static IReadOnlyList<SplitDocument> PartsOf(ReadOnlyMemory<byte> text, HelmVersion? version) =>
        version is not { SplitsDocuments: true } || DocumentSplitter.IsWhole(text.Span) ? [new(text, 0)] : new DocumentSplitter(text).Split().Documents;

    private static LintFinding OfFailure(HelmFailure failure)
    {
        var fails = failure.Kind is FailureKind.HelmFails;
        return new(failure.Rule, failure.Line, failure.Column, "", fails ? "nothing: Helm fails" : "not certain", failure.Message.TrimEnd('.'))
        {
            Sentence = fails ? "Helm fails here" : "What Helm reads here is not certain",
        };
    }

    private static IEnumerable<LintFinding> OfHash(ReadOnlyMemory<byte> text, HelmMap values)
    {
        var hash = AddonsHash.Of(values.Find("addons"));
        if (!AddonsHash.LooksLikeNumber(hash)) yield break;
        var (line, column) = new ValuesFile(text, 0).KeyPlaceOf("addons") ?? (1, 1);
        yield return new("number-hash", line, column, "", $"the addons hash {hash}, which YAML takes for a number", "Quote the annotation in the chart")
        {
            Sentence = $"The addons hash {hash} is a number in YAML",
        };
    }
}
