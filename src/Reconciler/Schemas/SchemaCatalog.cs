using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Schemas;

/// <summary>The JSON Schema (draft 7) of one kind of file, for editors that complete and check.</summary>
/// <param name="Kind">The file's <c>kind</c>, such as <c>Instance</c>.</param>
/// <param name="Files">Which files it describes.</param>
/// <param name="Resource">The resource that holds it.</param>
internal sealed record FileSchema(string Kind, string Files, string Resource)
{
    /// <summary>The schema's text, UTF-8, as <c>odoosky schema</c> prints it.</summary>
    public string Read()
    {
        using var stream = typeof(FileSchema).Assembly.GetManifestResourceStream($"schemas/{Resource}.json")
            ?? throw new InvalidOperationException($"The program was built without its schema {Resource}.json.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>The schemas of all file kinds.</summary>
internal static class SchemaCatalog
{
    /// <summary>In the order in which they are listed.</summary>
    public static ImmutableArray<FileSchema> All { get; } =
    [
        new("Instance", "desired/instances/<code>.yaml", "instance"),
        new("AddonCatalog", "desired/addons.yaml", "addon-catalog"),
        new("GitOps", "gitops.yaml", "gitops"),
        new("Settings", "odoosky.yaml", "settings"),
        new("RestartPaths", "restart-paths.yaml beside the chart", "restart-paths"),
    ];

    /// <summary>The schema of a kind; letter case and dashes do not count; null when there is none.</summary>
    public static FileSchema? Find(string kind) =>
        All.FirstOrDefault(schema => string.Equals(schema.Kind, kind.Replace("-", string.Empty, StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
}
