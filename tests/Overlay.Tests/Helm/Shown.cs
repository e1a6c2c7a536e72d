using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>Outcomes in one line, for tables of texts and what they read as. A table is one test, which keeps mutants cheap.</summary>
internal static class Shown
{
    /// <summary>Each row's second part is what asking for its first part gives.</summary>
    public static void Holds<T>((T Asked, string Expected)[] rows, Func<T, string> ask)
    {
        foreach (var (asked, expected) in rows)
        {
            var got = ask(asked);
            if (!string.Equals(got, expected, StringComparison.Ordinal)) Assert.Fail($"{asked}\nexpected {expected}\nbut was  {got}");
        }
    }

    /// <summary>All values of a text as JSON, or the rule that has none and its place; as Helm 3 reads it.</summary>
    public static string Json(string text) => Json(text, "3.17.3");

    /// <summary>The same as some version reads it.</summary>
    public static string Json(string text, string? version) =>
        Json(HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(text)], Version = HelmVersion.TryParse(version) }));

    public static string Json(HelmReading<HelmMap> reading) =>
        reading.Value is { } value ? Encoding.UTF8.GetString(GoJson.Write(value)) : Place(reading.Failure!);

    public static string Place(HelmFailure failure) => $"{failure.Rule} {failure.Line}:{failure.Column}";

    /// <summary>Each node as kind, place in bytes (start, content, end, dash) and text, children in brackets.</summary>
    public static string Nodes(string text) => Nodes(text, YamlLimits.Values);

    public static string Nodes(string text, YamlLimits limits)
    {
        var reading = YamlDocument.Read(Encoding.UTF8.GetBytes(text), limits);
        if (reading.Value is not { } document) return Place(reading.Failure!);
        var shown = new StringBuilder();
        if (document.Root is { } root) Append(root, shown);
        if (document.RestStart < document.Text.Length || document.HasSeveralDocuments)
            shown.Append(" rest ").Append(document.RestStart).Append(document.HasSeveralDocuments ? " several" : "");
        return shown.ToString();
    }

    private static void Append(YamlNode node, StringBuilder shown)
    {
        shown.Append(node.Style is YamlStyle.Plain ? node.Kind.ToString() : node.Style + node.Kind.ToString());
        if (node.Tag is not null) shown.Append(' ').Append(node.Tag);
        if (node.Anchor is not null) shown.Append(" &").Append(node.Anchor);
        shown.Append(' ').Append(node.Start);
        if (node.ContentStart != node.Start) shown.Append('+').Append(node.ContentStart - node.Start);
        shown.Append('-').Append(node.End);
        if (node.IndicatorStart >= 0) shown.Append(" dash ").Append(node.IndicatorStart);
        if (node.Kind is YamlKind.Scalar) shown.Append(" <").Append(node.Text.Replace("\n", "|", StringComparison.Ordinal)).Append('>');
        if (node.Kind is not (YamlKind.Sequence or YamlKind.Mapping)) return;
        shown.Append(" [");
        foreach (var item in node.Items) Append(item, shown.Append(shown[^1] is '[' ? "" : ", "));
        foreach (var (key, value) in node.Pairs)
        {
            Append(key, shown.Append(shown[^1] is '[' ? "" : ", "));
            shown.Append(": ");
            Append(value, shown);
        }

        shown.Append(']');
    }
}
