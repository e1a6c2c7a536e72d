using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>A pair of a map or an item of a list, as text.</summary>
/// <param name="Start">Its key or, in a block list, its dash.</param>
/// <param name="End">One past its last byte, comments not counted.</param>
/// <param name="KeepsBlankLines">Whether it ends in a block scalar to which the blank lines below belong (<c>|+</c>).</param>
internal readonly record struct Entry(int Start, int End, bool KeepsBlankLines)
{
    public static Entry Of(YamlPair pair, TextLines lines)
    {
        var end = pair.Value.End > pair.Value.Start ? pair.Value.End : ColonEnd(pair.Key, lines);
        return new(pair.Key.Start, end, Keeps(pair.Value, lines));
    }

    public static Entry Of(YamlNode item, TextLines lines)
    {
        var start = item.IndicatorStart >= 0 ? item.IndicatorStart : item.Start;
        return new(start, item.End > item.Start ? item.End : start + 1, Keeps(item, lines));
    }

    private static int ColonEnd(YamlNode key, TextLines lines)
    {
        var at = lines.SkipBlanks(key.End);
        return at < lines.Length && lines[at] == ':' ? at + 1 : key.End;
    }

    private static bool Keeps(YamlNode node, TextLines lines)
    {
        while (node is { Kind: not YamlKind.Scalar, Style: YamlStyle.Block })
            node = node.Kind == YamlKind.Mapping ? node.Pairs.Last().Value : node.Items.Last();
        if (node.Style is not (YamlStyle.Literal or YamlStyle.Folded)) return false;
        var at = node.ContentStart;
        while (at < lines.Length && lines[at] is (byte)'|' or (byte)'>' or (byte)'-' or (>= (byte)'1' and <= (byte)'9')) at++;
        return at < lines.Length && lines[at] == '+';
    }
}
