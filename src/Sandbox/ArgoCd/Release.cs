using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Sandbox.ArgoCd;

/// <summary>A container that a pod starts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Image">Image and tag.</param>
internal sealed record StartedContainer(string Name, string Image);

/// <summary>What the instance chart makes of an overlay, as far as a rollout shows it.</summary>
internal sealed record Release
{
    /// <summary>The overlay's blob id.</summary>
    public required string Blob { get; init; }

    /// <summary>The addons hash, 16 hex digits.</summary>
    public required string Hash { get; init; }

    /// <summary>Init containers in the order of their starts.</summary>
    public required ImmutableArray<StartedContainer> InitContainers { get; init; }

    /// <summary>The Odoo container.</summary>
    public required StartedContainer Odoo { get; init; }

    /// <summary>Names the pod template, as Kubernetes does with its own digest: 10 characters.</summary>
    public string TemplateHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join(' ', InitContainers.Append(Odoo).Select(container => container.Image).Prepend(Hash)))))[..10];

    /// <summary>Renders an overlay over the chart's defaults.</summary>
    /// <param name="blob">The overlay's blob id.</param>
    /// <param name="overlay">Its bytes.</param>
    /// <param name="chart">The chart's <c>values.yaml</c>.</param>
    /// <returns>The release, or why Helm makes none.</returns>
    public static (Release? Release, string Error) Of(string blob, ReadOnlyMemory<byte> overlay, ReadOnlyMemory<byte> chart)
    {
        var reading = HelmValues.Read(new HelmInput { Files = [overlay], ChartValues = chart });
        if (reading.Value is not { } values) return (null, reading.Failure!.Message);
        var odoo = $"{Text(values, "image", "repository")}:{Text(values, "image", "tag")}";
        var addons = (values.Find("addons") as HelmList)?.Items.OfType<HelmMap>() ?? [];
        return (new Release
        {
            Blob = blob,
            Hash = AddonsHash.Of(values.Find("addons")),
            InitContainers = [new("filestore-chown", odoo), new("db-init", odoo), .. addons.Where(IsCarried).Select(Container)],
            Odoo = new("odoo", odoo),
        }, string.Empty);
    }

    private static bool IsCarried(HelmMap row) => Text(row, "image").Length > 0 && Text(row, "version").Length > 0;

    private static StartedContainer Container(HelmMap row) =>
        new("addon-" + Text(row, "code").Replace('_', '-').ToLowerInvariant(), $"{Text(row, "image")}:{Text(row, "version")}");

    private static string Text(HelmMap map, params ReadOnlySpan<string> path)
    {
        HelmValue? value = map;
        foreach (var key in path) value = (value as HelmMap)?.Find(key);
        return value is HelmText text ? text.Value : string.Empty;
    }
}
