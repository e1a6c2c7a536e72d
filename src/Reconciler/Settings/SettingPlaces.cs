using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Where each setting stands in a file, by its dotted key.</summary>
internal static class SettingPlaces
{
    public static Dictionary<string, Place> Of(StrictFile file)
    {
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        if (file.Root is { IsMap: true } root) Walk(root, places);
        return places;
    }

    private static void Walk(StrictNode map, Dictionary<string, Place> places)
    {
        foreach (var entry in map.Entries())
        {
            places[entry.Value.Name] = entry.Value.Place;
            if (entry.Value.IsMap) Walk(entry.Value, places);
        }
    }
}
