using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Kinds of values inside a sentence.</summary>
internal static class Kinds
{
    public static string Of(HelmValue value) => value is HelmText or HelmNull ? value.KindName : "a " + value.KindName;
}
