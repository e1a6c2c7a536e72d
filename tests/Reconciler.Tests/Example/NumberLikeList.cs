namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Lists whose digest YAML would read as a number. Found by trying version after version.</summary>
internal static class NumberLikeList
{
    public const string DigitsHash = "2913148125297847";

    public const string ExponentHash = "37552847813208e9";

    public static OverlayCase Digits { get; } = Of("a digest of digits alone", "17.0.1.0.2438");

    public static OverlayCase Exponent { get; } = Of("a digest with an exponent", "17.0.1.0.10144");

    private static OverlayCase Of(string name, string version) =>
        new(name, $$"""
            instance: {code: acme}
            addons:
              - {code: web_responsive, source: oca, image: registry.example/addons/web_responsive, version: "{{version}}"}
            """)
        {
            Addons = [new("addon-web-responsive", $"registry.example/addons/web_responsive:{version}")],
        };
}
