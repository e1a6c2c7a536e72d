namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>The keys of every map in the desired files and in <c>restart-paths.yaml</c>.</summary>
public static class DesiredShapes
{
    /// <summary>An instance's file.</summary>
    public static StrictShape Instance { get; } = StrictShape.Of(
        "apiVersion!", "kind!", "code!", "state", "target", "labels", "odoo", "cloneFromCode", "addons",
        "values", "unset", "requestedBy", "reason", "ticket");

    /// <summary>A row of an instance's addons.</summary>
    public static StrictShape AddonRow { get; } = StrictShape.Of("code!", "source", "image", "version");

    /// <summary>The catalogue.</summary>
    public static StrictShape Catalog { get; } = StrictShape.Of("apiVersion!", "kind!", "addons!");

    /// <summary>An addon in the catalogue.</summary>
    public static StrictShape CatalogEntry { get; } = StrictShape.Of("source", "image", "series", "requestedBy", "reason", "ticket");

    /// <summary>An addon's version for one series, where it is a map.</summary>
    public static StrictShape CatalogVersion { get; } = StrictShape.Of("version!", "image");

    /// <summary><c>restart-paths.yaml</c>.</summary>
    public static StrictShape RestartPaths { get; } = StrictShape.Of("apiVersion!", "kind!", "paths!");
}
