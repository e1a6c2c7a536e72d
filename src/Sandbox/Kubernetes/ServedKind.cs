using System.Collections.Immutable;

namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>A kind that the stand-in serves.</summary>
/// <param name="Group">The API group; empty for the core one.</param>
/// <param name="Version">The group's version.</param>
/// <param name="Kind">As in objects.</param>
/// <param name="Plural">As in paths.</param>
/// <param name="Short">kubectl's short name.</param>
internal sealed record ServedKind(string Group, string Version, string Kind, string Plural, string Short)
{
    /// <summary>All kinds.</summary>
    public static ImmutableArray<ServedKind> All { get; } =
    [
        new("argoproj.io", "v1alpha1", "Application", "applications", "app"),
        new("argoproj.io", "v1alpha1", "AppProject", "appprojects", "appproj"),
        new("apps", "v1", "Deployment", "deployments", "deploy"),
        new("apps", "v1", "ReplicaSet", "replicasets", "rs"),
        new("", "v1", "Pod", "pods", "po"),
        new("", "v1", "Event", "events", "ev"),
    ];

    /// <summary>Custom resources answer with sorted keys and an empty <c>continue</c>; built-in kinds do not.</summary>
    public bool IsCustom => Group == "argoproj.io";

    /// <summary><c>apps/v1</c>, <c>v1</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>As messages name it: <c>deployments.apps</c>, <c>pods</c>.</summary>
    public string FullName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Finds a kind by its path.</summary>
    /// <param name="group">The group, or empty.</param>
    /// <param name="plural">The plural.</param>
    /// <returns>The kind, or null.</returns>
    public static ServedKind? Find(string group, string plural) => All.FirstOrDefault(kind => kind.Group == group && kind.Plural == plural);
}
