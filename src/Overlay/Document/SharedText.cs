using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Finds what ties a part of a file to another part: anchors, aliases, merge keys.</summary>
internal static class SharedText
{
    /// <summary>The first of them in a node, itself included.</summary>
    public static YamlNode? In(YamlNode node)
    {
        if (node.Kind == YamlKind.Alias || node.Anchor is not null) return node;
        if (MergeIn(node) is { } merge) return merge;
        foreach (var child in node.Items.Concat(node.Pairs.SelectMany(pair => new[] { pair.Key, pair.Value })))
            if (In(child) is { } shared)
                return shared;
        return null;
    }

    /// <summary>What forbids to change keys of a map: its anchor, or a merge key in it.</summary>
    public static YamlNode? Around(YamlNode collection) =>
        collection.Kind == YamlKind.Alias || collection.Anchor is not null ? collection : MergeIn(collection);

    public static string Describe(YamlNode shared) => shared switch
    {
        { Kind: YamlKind.Alias } => $"The alias *{shared.Anchor}",
        { Anchor: { } anchor } => $"The anchor &{anchor}",
        _ => "A merge key <<",
    };

    private static YamlNode? MergeIn(YamlNode node)
    {
        foreach (var pair in node.Pairs)
            if (KeyName.IsMerge(pair.Key))
                return pair.Key;
        return null;
    }
}
