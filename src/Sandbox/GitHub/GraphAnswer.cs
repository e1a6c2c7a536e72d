using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>A refusal inside of a GraphQL answer, which has the status 200 all the same.</summary>
/// <param name="Type">GitHub's word for it: <c>NOT_FOUND</c>, <c>UNPROCESSABLE</c>, <c>FORBIDDEN</c>.</param>
/// <param name="Message">The sentence.</param>
internal sealed record GraphRefusal(string Type, string Message);

/// <summary>An object of the graph: each field by its name, worked out when asked for. A field gives a JSON value, another object, a list, or null.</summary>
internal sealed class GraphNode(string type) : Dictionary<string, Func<GraphField, object?>>(StringComparer.Ordinal)
{
    /// <summary>The schema's name of its type.</summary>
    public string Type => type;
}

/// <summary>Picks out of the graph what a document asks for.</summary>
internal static class GraphAnswer
{
    /// <summary>Fills an answer's object.</summary>
    /// <param name="node">The object of the graph.</param>
    /// <param name="fields">What is asked for.</param>
    /// <param name="errors">Gets what can't be answered.</param>
    public static JsonObject Pick(GraphNode node, IEnumerable<GraphField> fields, JsonArray errors)
    {
        var json = new JsonObject();
        foreach (var field in fields)
        {
            if (field.Name == "__typename") json[field.Alias] = node.Type;
            else if (node.TryGetValue(field.Name, out var resolve)) json[field.Alias] = Value(resolve(field), field, errors);
            else errors.Add(Undefined(field.Name, node.Type));
        }

        return json;
    }

    /// <summary>GitHub's shape of a refusal.</summary>
    public static JsonObject Error(GraphRefusal refusal, string path) => new()
    {
        ["type"] = refusal.Type, ["path"] = new JsonArray(path), ["locations"] = new JsonArray(new JsonObject { ["line"] = 1, ["column"] = 1 }), ["message"] = refusal.Message,
    };

    private static JsonNode? Value(object? value, GraphField field, JsonArray errors) => value switch
    {
        null => null,
        GraphNode inner => Pick(inner, field.Fields, errors),
        IEnumerable<GraphNode> list => new JsonArray([.. list.Select(one => Pick(one, field.Fields, errors))]),
        JsonNode json => json,
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        _ => throw new ArgumentException($"A field of the graph gives a {value.GetType().Name}.", nameof(value)),
    };

    private static JsonObject Undefined(string field, string type) => new()
    {
        ["path"] = new JsonArray(field), ["extensions"] = new JsonObject { ["code"] = "undefinedField", ["typeName"] = type, ["fieldName"] = field },
        ["message"] = $"Field '{field}' doesn't exist on type '{type}'",
    };
}
