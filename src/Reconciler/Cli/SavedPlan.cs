using System.Text.Json;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>What a saved plan promises: applying it does exactly this, or nothing.</summary>
/// <param name="Digest">The plan's digest.</param>
/// <param name="Desired">The revision of the wish that it was made with, or null for the base head.</param>
internal sealed record SavedPlan(string Digest, string? Desired)
{
    /// <summary>Reads a saved plan.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The plan, or null when the file is not one.</returns>
    public static SavedPlan? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "kind") != "Plan" || Text(root, "digest") is not { Length: 64 } digest) return null;
            if (root.TryGetProperty("desired", out var wish) && wish.TryGetProperty("usable", out var usable) && usable.ValueKind == JsonValueKind.False) return null;
            return new SavedPlan(digest, root.TryGetProperty("desired", out var desired) ? Text(desired, "revision") : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
