namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>How much a text may hold before it is refused. Helm itself stops at 10,000 levels.</summary>
/// <param name="MaximumBytes">Of the text.</param>
/// <param name="MaximumDepth">Collections inside each other.</param>
/// <param name="MaximumNodes">Scalars, collections and aliases together.</param>
public sealed record YamlLimits(int MaximumBytes, int MaximumDepth, int MaximumNodes)
{
    /// <summary>
    /// For values files, which people and other programs write: 8 MiB, 1,000 levels, 50,000 nodes. A process that reads the
    /// worst of it stays below 64 MiB.
    /// </summary>
    public static YamlLimits Values { get; } = new(8 << 20, 1_000, 50_000);

    /// <summary>For files in this project's own formats: 1 MiB, 64 levels, 200,000 nodes.</summary>
    public static YamlLimits Strict { get; } = new(1 << 20, 64, 200_000);
}
