using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>Label selectors (<c>a=b,c!=d,e</c>) and the field selectors on name and namespace.</summary>
internal static class Selection
{
    public static bool Holds(ApiRequest request, JsonObject found) =>
        (request.Namespace is null || request.Namespace == (string?)found["metadata"]!["namespace"])
        && Terms(request.Query["labelSelector"]).All(term => Label(term, found["metadata"]!["labels"]))
        && Terms(request.Query["fieldSelector"]).All(term => Field(term, found["metadata"]!));

    private static string[] Terms(string? selector) =>
        (selector ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool Label(string term, JsonNode? labels)
    {
        if (term.Split("!=") is [var not, var bad]) return (string?)labels?[not] != bad;
        var parts = term.Split('=', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 1 ? labels?[parts[0]] is not null : (string?)labels?[parts[0]] == parts[^1];
    }

    private static bool Field(string term, JsonNode meta)
    {
        var parts = term.Split('=', StringSplitOptions.RemoveEmptyEntries);
        return parts is ["metadata.name" or "metadata.namespace", var wanted] && (string?)meta[parts[0]["metadata.".Length..]] == wanted;
    }
}
