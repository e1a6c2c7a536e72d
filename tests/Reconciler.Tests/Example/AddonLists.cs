using System.Collections.Immutable;
using System.Globalization;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Addon rows, and the init containers that they make.</summary>
internal static class AddonLists
{
    public const string Web =
        """{code: web_responsive, source: oca, image: registry.example/addons/web_responsive, version: "17.0.1.2.0"}""";

    public const string Builtin = """{code: account, source: odoo-builtin, image: "", version: ""}""";

    public static RenderedContainer WebContainer { get; } =
        new("addon-web-responsive", "registry.example/addons/web_responsive:17.0.1.2.0");

    /// <summary>60 rows as YAML, below <c>addons:</c>.</summary>
    public static string SixtyRows { get; } = string.Concat(Numbers(60).Select(n =>
        $"  - {{code: mod_{n}, source: oca, image: registry.example/addons/mod_{n}, version: \"17.0.1.{n}.0\"}}\n"));

    public static ImmutableArray<RenderedContainer> SixtyContainers { get; } =
        [.. Numbers(60).Select(n => new RenderedContainer($"addon-mod-{n}", $"registry.example/addons/mod_{n}:17.0.1.{n}.0"))];

    private static IEnumerable<string> Numbers(int count) =>
        Enumerable.Range(1, count).Select(n => n.ToString(CultureInfo.InvariantCulture));
}
