using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OdooSky.GitOps.Bench;

/// <summary>
/// Objects of a fleet, as a real API server served those of one instance: 5 to 22 KB, a third to a half of it managedFields. What
/// grows with an instance's addons grows here: init containers, their statuses and fields, and Argo CD's history.
/// </summary>
internal static partial class ClusterText
{
    /// <summary>The overlays' repository.</summary>
    public const string Repository = "https://git.example/acme/fleet.git";

    /// <summary>The deployed commit.</summary>
    public const string Commit = "a8769141b419fd17babc1bd6cb49c0168d04f66b";

    /// <summary>The hash of the addons, on pods and on the Deployment.</summary>
    public const string Hash = "7ca647d03fce340e";

    /// <summary>So many instances differ in their number of addons: 2 to 12.</summary>
    private const int Shapes = 11;

    private const string Addon = "addon-stock-barcode";
    private const string Number = "########";

    private static readonly Dictionary<string, string[]> Templates = Kinds.ToDictionary(
        kind => kind, kind => Enumerable.Range(0, Shapes).Select(more => Template(Recorded(kind), more)).ToArray(), StringComparer.Ordinal);

    public static string[] Kinds => ["applications", "deployments", "replicasets", "pods"];

    public static string Code(int i) => string.Create(CultureInfo.InvariantCulture, $"i{i:00000}");

    public static string Object(string kind, int i) => Templates[kind][i * 7919 % Shapes]
        .Replace(Number, i.ToString("x8", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("oak", Code(i), StringComparison.Ordinal);

    private static JsonObject Recorded(string kind)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "recorded", $"get-{kind[..^1]}-200.response.http");
        var body = File.ReadAllText(file, Encoding.UTF8).Split("\r\n\r\n", 2)[1];
        var (from, to) = (body.IndexOf('{', StringComparison.Ordinal), body.LastIndexOf('}') + 1);
        return JsonNode.Parse(ChunkEnd().Replace(body[from..to], string.Empty))!.AsObject();
    }

    private static string Template(JsonObject recorded, int more)
    {
        Grow(recorded, more);
        foreach (var list in (JsonArray?[])[recorded["status"]?["history"] as JsonArray, recorded["status"]?["summary"]?["images"] as JsonArray])
            for (var i = 0; list is not null && i < more; i++) list.Add(list[0]!.DeepClone());
        var text = recorded.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return RecordedRepository().Replace(Uid().Replace(text, Number + "$1"), Repository);
    }

    /// <summary>Adds addons beside the last one, wherever that stands.</summary>
    private static void Grow(JsonNode node, int more)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list.OfType<JsonNode>().ToList()) Grow(item, more);
            if (list.OfType<JsonObject>().FirstOrDefault(item => item["name"] is JsonValue name && name.ToString() == Addon) is not { } last) return;
            for (var i = 0; i < more; i++) list.Add(Named(last, i));
        }
        else if (node is JsonObject map)
        {
            foreach (var (_, value) in map.ToList())
                if (value is not null) Grow(value, more);
            if (map[$$"""k:{"name":"{{Addon}}"}"""] is not { } fields) return;
            for (var i = 0; i < more; i++) map[string.Create(CultureInfo.InvariantCulture, $$"""k:{"name":"{{Addon}}-{{i}}"}""")] = fields.DeepClone();
        }
    }

    private static JsonObject Named(JsonObject addon, int number)
    {
        var made = addon.DeepClone().AsObject();
        made["name"] = string.Create(CultureInfo.InvariantCulture, $"{Addon}-{number}");
        return made;
    }

    [GeneratedRegex("\r\n[0-9a-f]+\r\n")]
    private static partial Regex ChunkEnd();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")]
    private static partial Regex Uid();

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+/acme/fleet-oak\.git")]
    private static partial Regex RecordedRepository();
}
