using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads a target's <c>cluster</c>.</summary>
internal static class ClusterReader
{
    public static StrictShape Shape { get; } = StrictShape.Of(
        "kubeconfig", "context", "insecureSkipTlsVerify", "allowExec", "events", "argocdNamespaces", "destinations", "repository", "applicationName", "applicationLabel");

    public static ClusterSettings? Read(StrictMap target, ClusterSettings? below)
    {
        if (target.Map("cluster", Shape) is not { } map) return below;
        below ??= new ClusterSettings();
        return below with
        {
            Kubeconfig = map.Find("kubeconfig").FileName() ?? below.Kubeconfig,
            Context = map.Find("context").Checked(text => text.Length > 0, "a context's name") ?? below.Context,
            InsecureSkipTlsVerify = map.Find("insecureSkipTlsVerify")?.Boolean() ?? below.InsecureSkipTlsVerify,
            AllowExec = map.Find("allowExec")?.Boolean() ?? below.AllowExec,
            Events = map.Find("events")?.Boolean() ?? below.Events,
            ArgocdNamespaces = map.Find("argocdNamespaces") is null ? below.ArgocdNamespaces : [.. Namespaces(map).Distinct(StringComparer.Ordinal)],
            Destinations = map.Find("destinations") is null ? below.Destinations : Destinations(map),
            Repository = map.Find("repository").Checked(text => text.Length > 0, "an address") ?? below.Repository,
            ApplicationName = map.Find("applicationName").Checked(IsTemplate, "a name with {code} in it once, such as odoo-{code}") ?? below.ApplicationName,
            ApplicationLabel = map.Find("applicationLabel").Checked(text => text.Length is > 0 and <= 317 && !text.Contains(' ', StringComparison.Ordinal), "a label's key") ?? below.ApplicationLabel,
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

    private static bool IsTemplate(string text) =>
        text.Split("{code}") is [var before, var after] && (before + after).All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');

    private static bool IsNamespace(string text) =>
        text.Length is > 0 and <= 63 && text[0] != '-' && text[^1] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
