using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>Says what is wrong with a line of an export.</summary>
internal static class AuditLine
{
    private const int LongestValue = 120;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Where a line differs from the one that the repository gives.</summary>
    /// <param name="actual">The line.</param>
    /// <param name="expected">The repository's.</param>
    /// <returns>Completes a sentence, without a full stop.</returns>
    public static string Difference(string actual, string expected)
    {
        var right = Parse(expected)!;
        if (Parse(actual) is not { } line) return "this is no line of an export";
        if (Differs(line, right, "commit") || Differs(line, right, "code") || Differs(line, right, "kind"))
            return $"this tells of {What(line)}, and the repository has {What(right)} here: lines were taken out, put in or moved";
        foreach (var (key, value) in right)
            if (key != AuditChain.Previous && Differs(line, right, key)) return $"{key} is {Show(line[key])}, and the repository says {Show(value)}";
        if (line.Select(pair => pair.Key).FirstOrDefault(key => !right.ContainsKey(key)) is { } foreign) return $"the repository says nothing of a key {foreign}";
        return Differs(line, right, AuditChain.Previous) ? "the digest of the line before is not that line's" : "this says what the repository says in other bytes";
    }

    private static bool Differs(JsonObject line, JsonObject right, string key) => !JsonNode.DeepEquals(line[key], right[key]);

    private static string What(JsonObject line) => (Text(line, "code"), Text(line, "commit")) switch
    {
        ({ } code, { } commit) => $"the change of {code} by {commit[..Math.Min(12, commit.Length)]}",
        _ => Text(line, "kind") is { } kind ? $"its {kind}" : "something else",
    };

    private static string? Text(JsonObject line, string key) => line[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string Show(JsonNode? value) => value?.ToJsonString() is not { } text ? "null" : text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line, null, Strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
