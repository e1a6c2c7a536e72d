using System.Text;
using System.Text.Json;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Writes JSON as YAML's flow style on one line, so that every text stays text and every number the same number.</summary>
internal static class JsonYaml
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Writes JSON.</summary>
    /// <param name="json">One JSON value.</param>
    /// <param name="yaml">The same value as YAML, on one line.</param>
    /// <returns>Null, or why there is none, as the end of a sentence.</returns>
    public static string? TryWrite(string json, out string yaml)
    {
        var text = new StringBuilder(json.Length + 16);
        yaml = string.Empty;
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (!Write(document.RootElement, text)) return "holds a number that no double can hold.";
        }
        catch (JsonException wrong)
        {
            return $"is no JSON that can be read: {wrong.Message.Split(" LineNumber", 2)[0].TrimEnd('.', ' ')}.";
        }
        catch (InvalidOperationException)
        {
            return "holds half a surrogate pair, which is no text.";
        }

        yaml = text.ToString();
        return null;
    }

    private static bool Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: return WriteAll(value.EnumerateObject(), "{", "}", text, WriteProperty);
            case JsonValueKind.Array: return WriteAll(value.EnumerateArray(), "[", "]", text, Write);
            case JsonValueKind.String: text.Append(YamlText.Of(value.GetString()!)); return true;
            case JsonValueKind.Number: text.Append(value.GetRawText()); return double.IsFinite(value.GetDouble());
            default: text.Append(value.GetRawText()); return true;
        }
    }

    private static bool WriteProperty(JsonProperty property, StringBuilder text)
    {
        text.Append(YamlText.Of(property.Name)).Append(": ");
        return Write(property.Value, text);
    }

    private static bool WriteAll<T>(IEnumerable<T> items, string open, string close, StringBuilder text, Func<T, StringBuilder, bool> write)
    {
        var (all, between) = (true, string.Empty);
        text.Append(open);
        foreach (var item in items)
        {
            text.Append(between);
            all &= write(item, text);
            between = ", ";
        }

        text.Append(close);
        return all;
    }
}
