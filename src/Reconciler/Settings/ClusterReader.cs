using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads a target's <c>cluster</c>.</summary>
internal static class ClusterReader
{
    public static StrictShape Shape { get; } = StrictShape.Of("kubeconfig", "context", "insecureSkipTlsVerify", "argocdNamespaces", "destinations");

    public static ClusterSettings? Read(StrictMap target, ClusterSettings? below)
    {
        if (target.Map("cluster", Shape) is not { } map) return below;
        below ??= new ClusterSettings();
        return new ClusterSettings
        {
            Kubeconfig = map.Find("kubeconfig").FileName() ?? below.Kubeconfig,
            Context = map.Find("context").Checked(text => text.Length > 0, "a context's name") ?? below.Context,
            InsecureSkipTlsVerify = map.Find("insecureSkipTlsVerify")?.Boolean() ?? below.InsecureSkipTlsVerify,
            ArgocdNamespaces = map.Find("argocdNamespaces") is null ? below.ArgocdNamespaces : [.. Namespaces(map)],
            Destinations = map.Find("destinations") is null ? below.Destinations : Destinations(map),
        };
    }

    private static IEnumerable<string> Namespaces(StrictMap map) =>
        map.Items("argocdNamespaces").Select(item => item.Checked(IsNamespace, "a namespace: a-z, 0-9 and -")).OfType<string>();

    private static ImmutableSortedDictionary<string, string> Destinations(StrictMap map)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries("destinations"))
            if (entry.Value.Checked(text => text.Length > 0, "a context's name, or this") is { } context) found[entry.Key] = context;
        return found.ToImmutable();
    }

    private static bool IsNamespace(string text) =>
        text.Length is > 0 and <= 63 && text[0] != '-' && text[^1] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
