using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>
/// <c>.argocd-source.yaml</c> and <c>.argocd-source-NAME.yaml</c>: Argo CD merges them, when they stand in the folder that an
/// Application names, over the Application's source. Their parameters win over every values file.
/// </summary>
public static class ArgoOverrides
{
    /// <summary>Whether a file's name is one that Argo CD looks for.</summary>
    /// <param name="name">Without folders.</param>
    /// <returns>True for <c>.argocd-source.yaml</c> and <c>.argocd-source-NAME.yaml</c>.</returns>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name is ".argocd-source.yaml"
            || (name.StartsWith(".argocd-source-", StringComparison.Ordinal) && name.EndsWith(".yaml", StringComparison.Ordinal));
    }

    /// <summary>Whether all that a file does is to set parameters elsewhere than under some keys.</summary>
    /// <param name="text">The file.</param>
    /// <param name="roots">The top-level keys whose values must be certain.</param>
    /// <returns>False also where that can't be told.</returns>
    public static bool LeavesAlone(ReadOnlyMemory<byte> text, IReadOnlyCollection<string> roots)
    {
        var reading = YamlDocument.Read(text, YamlLimits.Values).Value;
        if (reading is not { HasSeveralDocuments: false, Root: { } root } || root.ToValue().Value is not HelmMap file) return false;
        return file.Entries.All(entry => entry is { Key: "helm", Value: HelmMap helm } && SetsOther(helm, roots));
    }

    private static bool SetsOther(HelmMap helm, IReadOnlyCollection<string> roots) => helm.Entries.All(entry =>
        entry is { Key: "parameters", Value: HelmList list } && list.Items.All(item => item is HelmMap parameter
            && parameter.Find("name") is HelmText name && !Begins(name.Value, roots)));

    // In --set a backslash may stand anywhere; a comma starts another key.
    private static bool Begins(string name, IReadOnlyCollection<string> roots) =>
        name.AsSpan().ContainsAny("\\,") || roots.Contains(name.Split('.', '[')[0], StringComparer.Ordinal);
}
