using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Finds keys under the names that Helm gives them: an unquoted <c>on</c> is the key <c>true</c>.</summary>
internal static class KeyName
{
    public static ImmutableArray<YamlPair> FindAll(YamlNode map, string key) =>
        [.. map.Pairs.Where(pair => string.Equals(Of(pair.Key), key, StringComparison.Ordinal))];

    /// <summary>The key's name, or null for one that is not told here; reading the edited text back finds what that hides.</summary>
    public static string? Of(YamlNode key)
    {
        if (key.Kind != YamlKind.Scalar) return null;
        var text = key.Text;
        if (key.Tag is null && (key.Style != YamlStyle.Plain || ScalarWriter.IsPlainWord(text))) return text;
        return IsMerge(key) ? null : OfTyped(key.ToValue().Value, text);
    }

    public static bool IsMerge(YamlNode key) =>
        key is { Kind: YamlKind.Scalar, Style: YamlStyle.Plain, Text: "<<" }
        || string.Equals(key.Tag, "tag:yaml.org,2002:merge", StringComparison.Ordinal);

    private static string? OfTyped(HelmValue? key, string written) => key switch
    {
        HelmText text => text.Value,
        HelmBoolean boolean => boolean.Value ? "true" : "false",
        HelmNumber { Value: var number } when IsInteger(number) && !written.Contains('.', StringComparison.Ordinal)
            => number.ToString("F0", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static bool IsInteger(double number) => Math.Abs(number) < 1e15 && Math.Floor(number) == number;
}
