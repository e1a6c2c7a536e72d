using System.Text;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Looks for traps in a values file: types that change, keys that do, text that Helm never sees, versions that differ.</summary>
public static class ValuesLint
{
    /// <summary>Looks at one values file.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Findings in the order of the file, those on the whole file last; none when all is as it looks.</returns>
    public static IReadOnlyList<LintFinding> Look(ReadOnlyMemory<byte> text)
    {
        var findings = new List<LintFinding>();
        if (YamlDocument.Read(text, YamlLimits.Values).Value is { } document)
        {
            LookAtNodes(document, findings);
            LookBehind(document, findings);
        }

        LookAtWhole(text, findings);
        return findings;
    }

    private static void LookAtNodes(YamlDocument document, List<LintFinding> findings)
    {
        if (document.Root is not { } root) return;
        var open = new Stack<YamlNode>([root]);
        while (open.TryPop(out var node))
        {
            if (node.Kind is YamlKind.Scalar) LookAtValue(node, findings);
            foreach (var item in node.Items.Reverse()) open.Push(item);
            foreach (var pair in node.Pairs.Reverse()) open.Push(pair.Value);
            LookAtKeys(node, findings);
        }

        findings.Sort(static (left, right) => (left.Line, left.Column).CompareTo((right.Line, right.Column)));
    }

    private static void LookAtValue(YamlNode node, List<LintFinding> findings)
    {
        if (!IsUntagged(node)) return;
        var written = node.Text;
        var scalar = ScalarTyping.Resolve(Encoding.UTF8.GetBytes(written));
        if (scalar.Kind is ScalarKind.True or ScalarKind.False)
        {
            var reads = scalar.Kind is ScalarKind.True ? "true" : "false";
            if (!string.Equals(written, reads, StringComparison.OrdinalIgnoreCase)) Add(findings, "boolean-word", node, reads);
        }
        else if (scalar.Kind is ScalarKind.Integer or ScalarKind.Unsigned or ScalarKind.Float && double.IsFinite(scalar.Number))
        {
            var reads = Encoding.UTF8.GetString(GoJson.Write(new HelmNumber(scalar.Number)));
            if (!string.Equals(written, reads, StringComparison.Ordinal)) Add(findings, "number-changes", node, reads);
        }
    }

    private static void LookAtKeys(YamlNode node, List<LintFinding> findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in node.Pairs.Select(pair => pair.Key).Where(key => key.Kind is YamlKind.Scalar))
        {
            var written = key.Text;
            var isMerge = key.Style is YamlStyle.Plain && written is "<<";
            if (!isMerge && !seen.Add(written))
                findings.Add(new("repeated-key", key.Line, key.Column, written, "only the last value of this key", "remove all but one"));
            if (!IsUntagged(key)) continue;
            var reads = MapKey.Of(ScalarTyping.Resolve(Encoding.UTF8.GetBytes(written)), written, key.Start).Text;
            if (reads is not null && !string.Equals(reads, written, StringComparison.Ordinal)) Add(findings, "key-changes", key, reads);
        }
    }

    private static void LookBehind(YamlDocument document, List<LintFinding> findings)
    {
        if (document.HasSeveralDocuments || document.RestStart >= document.Text.Length) return;
        var (line, column) = document.PositionOf(document.RestStart);
        findings.Add(new("rest-ignored", line, column, "text behind the end of the values", "nothing: Helm stops here", "indent it like the rest, or remove it"));
    }

    private static void LookAtWhole(ReadOnlyMemory<byte> text, List<LintFinding> findings)
    {
        var reading = HelmValues.HashAddons(new HelmInput { Files = [text] });
        if (reading.Failure is { } failure)
        {
            var reads = failure.Kind is FailureKind.HelmFails ? "nothing: Helm fails" : "not certain";
            findings.Add(new(failure.Rule, failure.Line, failure.Column, "", reads, failure.Message));
        }
        else if (AddonsHash.LooksLikeNumber(reading.Value!))
        {
            findings.Add(new("number-hash", 0, 0, "", $"the addons hash {reading.Value}, which YAML takes for a number", "quote the annotation in the chart"));
        }
    }

    private static bool IsUntagged(YamlNode node) => node is { Style: YamlStyle.Plain, Tag: null };

    private static void Add(List<LintFinding> findings, string rule, YamlNode node, string reads)
    {
        var written = node.Text;
        findings.Add(new(rule, node.Line, node.Column, written, reads, $"\"{written}\" when it is text, {reads} when it is meant so"));
    }
}
