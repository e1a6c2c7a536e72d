using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>The keys of a values file that are always managed.</summary>
internal static class ManagedKeys
{
    public const string Addons = "addons";
    public const string Instance = "instance";
    public const string Code = "code";
    public const string CloneFrom = "cloneFromCode";

    /// <summary>A row's fields in the order in which they are written.</summary>
    public static ImmutableArray<string> Fields { get; } = [Code, "source", "image", "version"];

    public static string FieldOf(AddonRow row, string field) => field switch
    {
        "source" => row.Source,
        "image" => row.Image,
        "version" => row.Version,
        _ => row.Code,
    };
}
