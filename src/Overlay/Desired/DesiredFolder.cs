namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>What a file in the folder of desired files is.</summary>
public enum DesiredFileKind
{
    /// <summary>Something else, such as a README.</summary>
    Other,

    /// <summary>An instance's file.</summary>
    Instance,

    /// <summary>The catalogue.</summary>
    Catalog,

    /// <summary>A YAML file that nobody reads because of its name or folder: somebody expects it to count.</summary>
    Misplaced,
}

/// <summary>Where the files lie in the folder of desired files: <c>addons.yaml</c> and <c>instances/&lt;code&gt;.yaml</c>.</summary>
public static class DesiredFolder
{
    /// <summary>The catalogue's path in the folder.</summary>
    public const string CatalogPath = "addons.yaml";

    private const string InstanceFolder = "instances/";
    private const string Extension = ".yaml";

    /// <summary>The path of an instance's file in the folder.</summary>
    /// <param name="code">The instance's code.</param>
    /// <returns>Such as <c>instances/acme.yaml</c>.</returns>
    public static string PathOf(InstanceCode code) => $"{InstanceFolder}{code}{Extension}";

    /// <summary>Tells what a file is by its path.</summary>
    /// <param name="path">The path in the folder, with <c>/</c> between its parts.</param>
    /// <returns>What it is.</returns>
    public static DesiredFileKind KindOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path == CatalogPath) return DesiredFileKind.Catalog;
        var inFolder = path.StartsWith(InstanceFolder, StringComparison.Ordinal) && !path.AsSpan(InstanceFolder.Length).Contains('/');
        if (inFolder && path.EndsWith(Extension, StringComparison.Ordinal)) return DesiredFileKind.Instance;
        var yaml = path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
        return yaml ? DesiredFileKind.Misplaced : DesiredFileKind.Other;
    }

    /// <summary>The name of a file without folders and extension: an instance's code when the file is one's.</summary>
    /// <param name="path">A path with <c>/</c> between its parts.</param>
    /// <returns>The name.</returns>
    public static string NameOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return dot < 0 ? name : name[..dot];
    }
}
