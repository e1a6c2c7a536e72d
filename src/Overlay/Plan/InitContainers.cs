using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>The init containers that the chart makes of a list of addon rows.</summary>
public static class InitContainers
{
    /// <summary>Name and image of each init container, in the order in which they run.</summary>
    /// <param name="addons">The effective value of <c>addons</c>, or null when there is none.</param>
    /// <returns>One pair per row that has a code, an image and a version and does not ship with Odoo.</returns>
    public static ImmutableArray<(string Name, string Image)> Of(HelmValue? addons)
    {
        if (addons is not HelmList list) return [];
        var rows = list.Items.OfType<HelmMap>().Select(Row).Where(row => row.MakesInitContainer);
        return [.. rows.Select(row => (row.InitContainerName, $"{row.Image}:{row.Version}"))];
    }

    /// <summary>Which init containers come, go or change.</summary>
    /// <param name="before">Those before.</param>
    /// <param name="after">Those after.</param>
    /// <returns>By name, in ordinal order; empty when at most their order differs.</returns>
    public static ImmutableArray<InitContainerChange> Compare(
        ImmutableArray<(string Name, string Image)> before, ImmutableArray<(string Name, string Image)> after)
    {
        var old = ByName(before);
        var now = ByName(after);
        var names = old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return
        [
            .. names.Select(name => new InitContainerChange(name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)))
                .Where(change => !string.Equals(change.Before, change.After, StringComparison.Ordinal)),
        ];
    }

    private static Dictionary<string, string> ByName(ImmutableArray<(string Name, string Image)> containers)
    {
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, image) in containers) byName[name] = image;
        return byName;
    }

    private static AddonRow Row(HelmMap row) => new(Text(row, "code"), Text(row, "source"), Text(row, "image"), Text(row, "version"));

    // What a template prints; zero and false count as empty there.
    private static string Text(HelmMap row, string field) => row.Find(field) switch
    {
        null or HelmNull or HelmNumber { Value: 0 } or HelmBoolean { Value: false } => string.Empty,
        HelmText text => text.Value,
        HelmNumber number => GoFloat.TemplateText(number.Value),
        var other => Encoding.UTF8.GetString(GoJson.Write(other)),
    };
}
