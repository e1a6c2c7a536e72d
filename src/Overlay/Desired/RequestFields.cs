namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>The fields that say who asked and why, in an instance's file and in a row of the catalogue.</summary>
internal static class RequestFields
{
    public static Request Read(StrictMap map) =>
        new(Text(map, "requestedBy"), Text(map, "reason"), Text(map, "ticket"));

    private static string Text(StrictMap map, string key) => map.Find(key)?.Sentence() ?? string.Empty;
}
