using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>How a file is indented, taken from the first map and the first list in it that show it.</summary>
internal static class FileHabits
{
    public static ValueWriter Of(YamlDocument tree, TextLines lines)
    {
        var writer = new ValueWriter();
        if (tree.Root is not { Kind: YamlKind.Mapping, Style: YamlStyle.Block } root) return writer;
        var pairs = InBlocks(root).Where(pair => pair.Value is { Style: YamlStyle.Block }).ToList();
        var map = pairs.Find(pair => pair.Value.Kind == YamlKind.Mapping);
        var list = pairs.Find(pair => pair.Value.Kind == YamlKind.Sequence);
        var step = map == default ? writer.Step : Indent(map, lines);
        return writer with { Step = step, DashIndent = list == default ? step : Indent(list, lines) };
    }

    private static IEnumerable<YamlPair> InBlocks(YamlNode map) => map.Pairs.Concat(
        map.Pairs.Where(pair => pair.Value is { Kind: YamlKind.Mapping, Style: YamlStyle.Block }).SelectMany(pair => InBlocks(pair.Value)));

    private static int Indent(YamlPair pair, TextLines lines) =>
        Math.Max(0, lines.ColumnOf(pair.Value.ContentStart) - lines.ColumnOf(pair.Key.Start));
}
