using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OdooSky.GitOps.Reconciler.Tests;

/// <summary>
/// Reads manifests with a foreign parser and types plain scalars as the API server's reader does, so that a text which
/// lost its quotes shows as the number or boolean that the server would see.
/// </summary>
internal static partial class KubernetesYaml
{
    private static readonly ImmutableHashSet<string> True = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];
    private static readonly ImmutableHashSet<string> False = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];
    private static readonly ImmutableHashSet<string> Null = [string.Empty, "~", "null", "Null", "NULL"];

    public static ImmutableArray<JsonNode?> Read(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return [.. stream.Documents.Select(document => Read(document.RootNode))];
    }

    private static JsonNode? Read(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Read(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Read)]),
        YamlScalarNode scalar when scalar.Style == ScalarStyle.Plain => ReadPlain(scalar.Value ?? string.Empty),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidOperationException($"Line {node.Start.Line} holds a {node.NodeType}."),
    };

    private static JsonValue? ReadPlain(string text)
    {
        if (Null.Contains(text)) return null;
        if (True.Contains(text) || False.Contains(text)) return JsonValue.Create(True.Contains(text));
        if (!Number().IsMatch(text)) return JsonValue.Create(text);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? JsonValue.Create(whole)
            : JsonValue.Create(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN);
    }

    [GeneratedRegex(@"^[-+]?(0[xob][0-9a-fA-F_]+|[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|\.[0-9]+([eE][-+]?[0-9]+)?|\.(inf|Inf|INF)|\.(nan|NaN|NAN))$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
