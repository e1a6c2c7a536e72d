using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Tests.Document;

/// <summary>A wish in short: <c>cloneFrom</c>, <c>addons</c> as rows of four texts, <c>values</c>, <c>unset</c> as dotted paths.</summary>
internal static class WishFile
{
    public static InstanceCode Acme { get; } = InstanceCode.TryParse("acme")!;

    public static OverlayWish Parse(string text)
    {
        var reading = YamlDocument.Read(Encoding.UTF8.GetBytes(text), YamlLimits.Strict).Value!.Root!.Value.ToValue();
        var wish = (HelmMap)reading.Value!;
        return new(
            Acme,
            InstanceCode.TryParse((wish.Find("cloneFrom") as HelmText)?.Value),
            [.. List(wish, "addons").Select(Row)],
            wish.Find("values") as HelmMap ?? HelmMap.Empty,
            [.. List(wish, "unset").Select(path => new ValuePath([.. ((HelmText)path).Value.Split('.')]))]);
    }

    private static AddonRow Row(HelmValue row)
    {
        var fields = ((HelmList)row).Items.Select(field => ((HelmText)field).Value).ToArray();
        return new(fields[0], fields[1], fields[2], fields[3]);
    }

    private static ImmutableArray<HelmValue> List(HelmMap wish, string key) => (wish.Find(key) as HelmList)?.Items ?? [];
}
