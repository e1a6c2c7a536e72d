using System.Globalization;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>A request that somebody is allowed to make, as the endpoints see it.</summary>
internal sealed record ApiRequest
{
    /// <summary>Values of the route's names in braces.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    public required IReadOnlyDictionary<string, string> Query { get; init; }

    /// <summary>The JSON sent, or null.</summary>
    public required JsonNode? Body { get; init; }

    /// <summary>Who asks; an app that shows its own key has no installation's rights.</summary>
    public required Caller Caller { get; init; }

    /// <summary>The path below the address, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>The repository of the path; endpoints outside of repositories don't ask for it.</summary>
    public RepositoryRecord Repository { get; init; } = null!;

    public string this[string name] => Values[name];

    public int Number(string name) => int.TryParse(Values[name], CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A text of the JSON sent; null when it is missing or no text.</summary>
    public string? Text(string field) => Body is JsonObject sent && sent[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public bool Has(string field) => Body is JsonObject sent && sent.ContainsKey(field);

    public bool Flag(string field) => Body is JsonObject sent && sent[field] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>Texts of a list in the JSON sent; labels may also be objects with a name, or the whole body.</summary>
    public IReadOnlyList<string> Texts(string field)
    {
        var list = Body as JsonArray ?? (Body as JsonObject)?[field] as JsonArray ?? [];
        return [.. list.Select(item => item is JsonObject named ? named["name"]?.GetValue<string>() : item?.GetValue<string>()).OfType<string>()];
    }
}
