using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Bench;

/// <summary>The files of a made-up fleet: each instance has 5 builtin rows and 20 of the catalogue's 32 addons.</summary>
internal static class FleetText
{
    public const string Settings =
        """
        apiVersion: odoosky.io/v1
        kind: GitOps
        chart: charts/instance
        overlays: instances/{code}/values.yaml
        grouping: all
        limits: {openPullRequests: 1000, newPerHour: 1000, groupSize: 10000}
        guards: {deletes: 100%, maxDeletes: 10000, changes: 100%, restarts: 100%, from: 10000}

        """;

    private const int CatalogAddons = 32;
    private const int OwnAddons = 20;

    /// <summary>The addon that every instance has in the catalogue's version.</summary>
    public static string SharedAddon => Addon(1);

    private static readonly string[] Builtin = ["base_setup", "stock", "purchase", "sale_management", "account"];

    public static string Code(int instance) => string.Create(CultureInfo.InvariantCulture, $"i{instance:00000}");

    public static string OverlayPath(int instance) => $"instances/{Code(instance)}/values.yaml";

    public static string WishPath(int instance) => $"desired/instances/{Code(instance)}.yaml";

    /// <summary>That addon's version.</summary>
    public static string SharedVersion(int revision) => Version(1, revision);

    /// <summary>The overlay that is true for the first catalogue.</summary>
    public static string Overlay(int instance)
    {
        var text = new StringBuilder($"# Instance {Code(instance)}\ninstance:\n  code: {Code(instance)}\n\nimage:\n  tag: \"17.0-20260914\"\n\naddons:\n");
        foreach (var code in Builtin)
            text.Append(CultureInfo.InvariantCulture, $"  - code: {code}\n    source: odoo-builtin\n    image: \"\"\n    version: \"\"\n");
        for (var i = 0; i < OwnAddons; i++)
        {
            var addon = AddonOf(instance, i);
            text.Append(CultureInfo.InvariantCulture, $"  - code: {Addon(addon)}\n    source: oca\n    image: registry.example/oca/{Addon(addon)}\n    version: \"{Version(addon, 0)}\"\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"\npersistence:\n  odoo:\n    size: {10 + (instance % 40)}Gi    # filestore\n").ToString();
    }

    /// <summary>The wish; from revision 1 on the first addon's version is the instance's own.</summary>
    public static string Wish(int instance, int revision)
    {
        var text = new StringBuilder($"apiVersion: odoosky.io/v1\nkind: Instance\ncode: {Code(instance)}\nlabels: {{ring: main}}\nodoo: \"17.0\"\naddons:\n");
        foreach (var code in Builtin) text.Append(CultureInfo.InvariantCulture, $"  - {{code: {code}, source: odoo-builtin}}\n");
        for (var i = 0; i < OwnAddons; i++)
        {
            var own = i == 0 && revision > 0 ? $", version: \"17.0.7.0.{revision}\"" : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"  - {{code: {Addon(AddonOf(instance, i))}{own}}}\n");
        }

        return text.Append("requestedBy: ops@nordlicht.example\nreason: Measured, not wished\n").ToString();
    }

    /// <summary>The catalogue; each revision has another version of the addon that all instances have.</summary>
    public static string Catalog(int revision)
    {
        var text = new StringBuilder("apiVersion: odoosky.io/v1\nkind: AddonCatalog\naddons:\n");
        for (var addon = 0; addon < CatalogAddons; addon++)
        {
            // The second addon of an instance is everybody's; the first may have a version of the instance's own.
            var version = Version(addon, addon == 1 ? revision : 0);
            text.Append(CultureInfo.InvariantCulture, $"  {Addon(addon)}:\n    source: oca\n    image: registry.example/oca/{Addon(addon)}\n    series: {{\"17.0\": \"{version}\"}}\n");
        }

        return text.ToString();
    }

    // Addons 0 and 1 are everybody's, the others turn with the instance.
    private static int AddonOf(int instance, int index) => index < 2 ? index : 2 + ((instance + index) % (CatalogAddons - 2));

    private static string Addon(int addon) => string.Create(CultureInfo.InvariantCulture, $"fleet_addon_{addon:00}");

    private static string Version(int addon, int revision) => string.Create(CultureInfo.InvariantCulture, $"17.0.1.{addon}.{revision}");
}
