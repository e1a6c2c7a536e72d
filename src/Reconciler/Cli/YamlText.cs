using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Writes JSON data as block-style YAML for people. Every text is double-quoted, so that no reader takes it for something else.</summary>
internal static class YamlText
{
    private static readonly JsonSerializerOptions Quoted = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The data as YAML.</summary>
    /// <param name="data">The data.</param>
    /// <returns>Lines, the last one ended.</returns>
    public static string Of(JsonNode? data)
    {
        var text = new StringBuilder();
        Write(text, data, 0, inline: false);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, int depth, bool inline)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                foreach (var (key, value) in map) inline = Entry(text, depth, inline, Key(key) + ":", value);
                break;
            case JsonArray { Count: > 0 } list:
                foreach (var item in list)
                {
                    if (!inline) text.Append(' ', depth * 2);
                    inline = false;
                    text.Append("- ");
                    Write(text, item, depth + 1, inline: true);
                }

                break;
            default:
                text.Append(node?.ToJsonString(Quoted) ?? "null").Append('\n');
                break;
        }
    }

    private static bool Entry(StringBuilder text, int depth, bool inline, string key, JsonNode? value)
    {
        if (!inline) text.Append(' ', depth * 2);
        text.Append(key);
        var nested = value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 };
        text.Append(nested ? '\n' : ' ');
        Write(text, value, depth + 1, inline: false);
        return false;
    }

    private static string Key(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && char.IsAsciiLetter(key[0]) && key.Length > 3
            ? key
            : JsonSerializer.Serialize(key, Quoted);
}
