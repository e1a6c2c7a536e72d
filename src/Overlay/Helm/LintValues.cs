using System.Text;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Traps in values and keys, node by node.</summary>
internal sealed class LintValues
{
    /// <summary>Merged keys that are compared in one document; a hostile one could have many times more.</summary>
    private const int MostMerged = 50_000;

    private readonly List<LintFinding> findings = [];
    private readonly YamlDocument document;
    private int merged;
    private (string Written, string Reads, string Write) last = ("", "", "");

    private LintValues(YamlDocument document) => this.document = document;

    /// <summary>Looks at one document.</summary>
    public static IReadOnlyList<LintFinding> Look(YamlDocument document)
    {
        var look = new LintValues(document);
        if (document.Root is { } root) look.LookAtAll(root);
        return look.findings;
    }

    private void LookAtAll(YamlNode root)
    {
        foreach (var pair in root.Pairs.Where(pair => pair.Key is { Kind: YamlKind.Scalar, Text: "addons" })) LookAtAddons(pair);
        var open = new Stack<YamlNode>([root]);
        while (open.TryPop(out var node))
        {
            if (node.Kind is YamlKind.Scalar) LookAtValue(node);
            foreach (var item in node.Items.Reverse()) open.Push(item);
            foreach (var pair in node.Pairs.Reverse()) open.Push(pair.Value);
            LookAtKeys(node);
        }
    }

    private void LookAtAddons(in YamlPair pair)
    {
        if (pair.Value.Kind is not YamlKind.Scalar || !IsUntagged(pair.Value) || Resolve(pair.Value.Text).Kind is not ScalarKind.Null) return;
        findings.Add(new("empty-addons", pair.Key.Line, pair.Key.Column, "addons:", "null", "Write addons: [] for no addons, or leave the key out for the chart's own")
        {
            Sentence = "Helm reads addons as null, which discards the chart's own list",
        });
    }

    private void LookAtValue(YamlNode node)
    {
        if (!IsUntagged(node)) return;
        var written = node.Text;
        var scalar = Resolve(written);
        if (scalar.Kind is ScalarKind.True or ScalarKind.False)
        {
            var reads = scalar.Kind is ScalarKind.True ? "true" : "false";
            if (!string.Equals(written, reads, StringComparison.OrdinalIgnoreCase)) Add("boolean-word", node, reads);
        }
        else if (scalar.Kind is ScalarKind.Integer or ScalarKind.Unsigned or ScalarKind.Float && double.IsFinite(scalar.Number))
        {
            var reads = Encoding.UTF8.GetString(GoJson.Write(new HelmNumber(scalar.Number)));
            if (!string.Equals(written, reads, StringComparison.Ordinal)) Add("number-changes", node, reads);
        }
    }

    private void LookAtKeys(YamlNode map)
    {
        var seen = new Dictionary<(ScalarKind Kind, string Exact), string>();
        foreach (var (key, value) in map.Pairs)
        {
            if (IsMerge(key)) LookAtMerge(key, value, seen);
            else if (key.Kind is YamlKind.Scalar) LookAtKey(map, key, value, seen);
        }
    }

    private void LookAtKey(YamlNode map, YamlNode key, YamlNode value, Dictionary<(ScalarKind Kind, string Exact), string> seen)
    {
        var written = key.Text;
        var meaning = MeaningOf(key, written);
        if (!seen.TryAdd((meaning.Kind, meaning.Exact), written))
        {
            var first = seen[(meaning.Kind, meaning.Exact)];
            var reads = string.Equals(first, written, StringComparison.Ordinal) ? "only the last value of this key" : $"the same key as {first}, of which only the last value counts";
            findings.Add(new("repeated-key", key.Line, key.Column, written, reads, "Remove all but one"));
        }

        if (map.Style is YamlStyle.Flow && value is { Kind: YamlKind.Scalar, Style: YamlStyle.Plain, Tag: null } && value.Start == value.End && IsUntagged(key) && written.Contains(':', StringComparison.Ordinal))
            findings.Add(new("flow-colon", key.Line, key.Column, written, "a key without a value", "Put a blank behind the colon"));
        else if (IsUntagged(key) && meaning.Text is { } text && !string.Equals(text, written, StringComparison.Ordinal))
            Add("key-changes", key, text);
    }

    /// <summary>goyaml sets keys in the order of the file, so that a merge replaces what stands above it.</summary>
    private void LookAtMerge(YamlNode key, YamlNode value, Dictionary<(ScalarKind Kind, string Exact), string> seen)
    {
        if (seen.Count == 0) return;
        foreach (var source in value.Kind is YamlKind.Sequence ? value.Items : [value])
        foreach (var pair in Target(source).Pairs)
        {
            if (++merged > MostMerged) return;
            if (pair.Key.Kind is not YamlKind.Scalar) continue;
            var meaning = MeaningOf(pair.Key, pair.Key.Text);
            if (!seen.TryGetValue((meaning.Kind, meaning.Exact), out var overwritten)) continue;
            findings.Add(new("merge-overwrites", key.Line, key.Column, "<<", $"values that replace {overwritten} above it", "Put << above the keys that shall win"));
            return;
        }
    }

    private YamlNode Target(YamlNode node) => node.Kind is YamlKind.Alias ? new YamlNode(document, document.Entry(node.Index).Detail) : node;

    private static bool IsMerge(YamlNode key) =>
        key.Kind is YamlKind.Scalar && (IsUntagged(key) || key.Tag is "!" or Tags.Merge) && key.Text is "<<";

    /// <summary>Equal for keys that goyaml holds for one; a key with a tag other than text's is only the same as one that is written alike.</summary>
    private static MapKey MeaningOf(YamlNode key, string written) =>
        key.Tag is "!" or Tags.Text ? new(ScalarKind.Text, written, written)
        : key.Tag is { } tag ? new(ScalarKind.Text, $"{tag} {written}", null)
        : key.Style is YamlStyle.Plain ? MapKey.Of(Resolve(written), written, key.Start)
        : new(ScalarKind.Text, written, written);

    private static Scalar Resolve(string text) => ScalarTyping.Resolve(Encoding.UTF8.GetBytes(text));

    private static bool IsUntagged(YamlNode node) => node is { Style: YamlStyle.Plain, Tag: null };

    private void Add(string rule, YamlNode node, string reads)
    {
        var written = node.Text;
        // A file with one trap has it mostly many times.
        if (!string.Equals(last.Written, written, StringComparison.Ordinal) || !string.Equals(last.Reads, reads, StringComparison.Ordinal))
            last = (written, reads, $"Write \"{written}\" when it is text, {reads} when it is meant so");
        var (line, column) = document.PositionOf(node.ContentStart);
        var finding = new LintFinding(rule, line, column, last.Written, last.Reads, last.Write);
        findings.Add(rule is "key-changes" ? finding with { Sentence = $"Helm reads the key {written} as {reads}" } : finding);
    }
}
