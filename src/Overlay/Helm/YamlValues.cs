using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Values of nodes.</summary>
public static class YamlValues
{
    /// <summary>The value of a node exactly as Helm types it: scalars, maps, merge keys, aliases, repeated keys.</summary>
    /// <param name="node">Any node.</param>
    /// <returns>The value, or why Helm has none for this node.</returns>
    public static HelmReading<HelmValue> ToValue(this YamlNode node) => new ValueReader(node.Document).Read(node.Index);
}
